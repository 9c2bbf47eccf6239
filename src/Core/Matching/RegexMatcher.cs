using System.Text.RegularExpressions;

namespace Merlon.Core.Matching;

/// <summary>
/// A regular expression, searched for in the text. The engine takes time that grows with the text alone where the expression lets it; what needs
/// the one that goes back is stopped after a while, and then nothing is known.
/// </summary>
internal sealed class RegexMatcher(RegexExpression expression, RegexTime time) : SingleValueMatcher
{
    public override string Wanted => $"matches the regular expression '{expression.Written}'";

    public override string? RequiredText => expression.RequiredText;

    public override MatchOutcome Match(EventValue value)
    {
        if (time.IsSpent)
            return MatchOutcome.NotEvaluated;
        try
        {
            return MatchOutcomes.Of(expression.Regex.IsMatch(value.Text));
        }
        catch (RegexMatchTimeoutException)
        {
            time.Spend();
            return MatchOutcome.NotEvaluated;
        }
    }
}

/// <summary>How often the expressions of a rule may be stopped: after that none of them is tried, so that no rule can take hours.</summary>
internal sealed class RegexTime
{
    private const int MaxStops = 3;

    private int _stops;

    public bool IsSpent => Volatile.Read(ref _stops) >= MaxStops;

    public void Spend() => Interlocked.Increment(ref _stops);
}
