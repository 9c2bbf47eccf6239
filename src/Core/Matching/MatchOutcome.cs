namespace Merlon.Core.Matching;

/// <summary>Whether an event is what was asked for. In this order the lesser of two is what both together are, and the greater what one of them is.</summary>
internal enum MatchOutcome
{
    NotMatched,
    /// <summary>It could not be told, since a regular expression ran out of time: neither a match nor the lack of one.</summary>
    NotEvaluated,
    Matched,
}

internal static class MatchOutcomes
{
    public static MatchOutcome Of(bool isMatch) => isMatch ? MatchOutcome.Matched : MatchOutcome.NotMatched;

    extension(MatchOutcome outcome)
    {
        public MatchOutcome Negated => MatchOutcome.Matched - outcome + MatchOutcome.NotMatched;
    }
}
