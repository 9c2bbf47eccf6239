using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Matching;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>Counts which rules match events, file by file: those of a file are one stream for a correlation.</summary>
internal sealed class BenignCount
{
    private readonly ImmutableArray<DetectionRule> _rules;
    private readonly Dictionary<RuleMatcher, int> _places = [];
    private readonly ImmutableArray<(int Place, CorrelationTester Tester)> _correlations;
    private readonly RuleIndex _index;
    private readonly Found?[] _found;

    /// <param name="rules">Those that alert.</param>
    public BenignCount(ImmutableArray<DetectionRule> rules, FieldMappings mappings)
    {
        _rules = rules;
        _found = new Found?[rules.Length];
        var correlations = ImmutableArray.CreateBuilder<(int, CorrelationTester)>();
        var skipped = ImmutableArray.CreateBuilder<(DetectionRule, string)>();
        foreach (var (place, rule) in rules.Index())
        {
            CorrelationTester? tester = rule.Sigma!.Correlation is null ? null : new(rule, mappings); // only Sigma's are compared
            var matcher = tester is null ? CorrelationTester.Create(rule, mappings) : null;
            if ((matcher?.NotEvaluated ?? tester?.NotEvaluated) is { } reason)
                skipped.Add((rule, reason));
            else if (matcher is not null)
                _places.Add(matcher, place);
            else
                correlations.Add((place, tester!)); // one of the two
        }
        (_correlations, Skipped, _index) = (correlations.DrainToImmutable(), skipped.DrainToImmutable(), RuleIndex.Create(_places.Keys));
    }

    public int Rules => _rules.Length;

    /// <summary>Rules that cannot be compared, with the reason.</summary>
    public ImmutableArray<(DetectionRule Rule, string Reason)> Skipped { get; }

    public int Files { get; private set; }

    public int Events { get; private set; }

    public void Add(string path, byte[] bytes, List<Diagnostic> diagnostics)
    {
        var events = EventReader.Read(path, bytes, diagnostics);
        Files++;
        Events += events.Length;
        var matching = new RuleMatcher[events.Length][];
        Parallel.For(0, events.Length, index => matching[index] = [.. _index.Candidates(events[index]).Where(matcher => matcher.Matches(events[index]))]);
        foreach (var (e, matchers) in events.Zip(matching))
            foreach (var matcher in matchers)
                Count(_places[matcher], e, () => matcher.Explain(e).Summary);
        foreach (var (place, tester) in _correlations)
            foreach (var group in tester.Find(events))
                Count(place, group.Events[^1], () => $"matched: {group.Events.Length} events together");
    }

    /// <summary>In the order of the rules.</summary>
    public ImmutableArray<BenignAlert> Alerts(ImmutableArray<AllowedAlert> allowed) =>
    [
        .. _rules.Zip(_found).Where(pair => pair.Second is not null).Select(pair => new BenignAlert(
            pair.First, pair.Second!.Times, pair.Second.First, pair.Second.Detail, // filtered
            allowed.FirstOrDefault(entry => string.Equals(entry.RuleId, pair.First.Id, StringComparison.OrdinalIgnoreCase)))),
    ];

    private void Count(int place, LogEvent e, Func<string> detail) =>
        _found[place] = _found[place] is { } known ? known with { Times = known.Times + 1 } : new(1, e.Span, detail());

    private sealed record Found(int Times, SourceSpan First, string Detail);
}
