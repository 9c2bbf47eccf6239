using System.Collections.Immutable;

namespace Merlon.Core.Matching;

/// <summary>Many rules, arranged so that an event is compared only with those that its log source and its texts leave possible.</summary>
internal sealed class RuleIndex
{
    private readonly ImmutableArray<RuleMatcher> _rules;
    private readonly TextIndex _texts;

    // Of each rule, which log source it has, and of each log source one rule that has it.
    private readonly int[] _sourceOf;
    private readonly ImmutableArray<RuleMatcher> _bySource;

    private RuleIndex(ImmutableArray<RuleMatcher> rules)
    {
        _rules = rules;
        _texts = new([.. rules.Select(rule => rule.RequiredTexts)]);
        Dictionary<(string?, string?, string?), int> sources = [];
        var bySource = ImmutableArray.CreateBuilder<RuleMatcher>();
        _sourceOf = new int[rules.Length];
        foreach (var (index, rule) in rules.Index())
        {
            var source = rule.Rule.LogSource;
            var key = (source?.Product?.Value, source?.Category?.Value, source?.Service?.Value);
            if (!sources.TryGetValue(key, out var number))
            {
                number = sources[key] = bySource.Count;
                bySource.Add(rule);
            }
            _sourceOf[index] = number;
        }
        _bySource = bySource.DrainToImmutable();
    }

    /// <param name="rules">Those that cannot be evaluated are never candidates.</param>
    public static RuleIndex Create(IEnumerable<RuleMatcher> rules) => new([.. rules.Where(rule => rule.NotEvaluated is null)]);

    /// <summary>The rules that see the event and may match it, in their order: every rule that does match is among them, and every one that cannot be told of.</summary>
    public IEnumerable<RuleMatcher> Candidates(LogEvent e) => Candidates(e, [.. _bySource.Select(rule => rule.Sees(e))]);

    /// <summary>As <see cref="Candidates(LogEvent)"/>, whatever the log source.</summary>
    public IEnumerable<RuleMatcher> CandidatesOfAnySource(LogEvent e) => Candidates(e, null);

    private IEnumerable<RuleMatcher> Candidates(LogEvent e, bool[]? sees)
    {
        var possible = _texts.Find(e.Anything.Values);
        for (var i = 0; i < _rules.Length; i++)
            if (possible[i] && (sees is null || sees[_sourceOf[i]]))
                yield return _rules[i];
    }
}
