using System.Collections.Immutable;
using Merlon.Core.Sigma;

namespace Merlon.Core.Matching;

/// <summary>The events that together are what a correlation asks for, in the order of time.</summary>
/// <param name="Key">The values of the fields that it groups by, in their order.</param>
internal sealed record MatchedGroup(ImmutableArray<string> Key, ImmutableArray<LogEvent> Events, DateTimeOffset Start, DateTimeOffset End);

/// <param name="NotEvaluated">Why the groups may not be all of them: an event without a time, or one that a rule could not be compared with. Null otherwise.</param>
internal sealed record CorrelationResult(ImmutableArray<MatchedGroup> Groups, string? NotEvaluated);

/// <summary>A correlation, made to be evaluated over events. Sigma 2.1, section "Correlation Types".</summary>
internal sealed class CorrelationMatcher
{
    // Correlations that read each other in a circle never begin.
    private const int MaxDepth = 16;

    private readonly Correlation? _correlation;
    private readonly ImmutableArray<Source> _sources = [];

    private CorrelationMatcher(SigmaRule rule, string notEvaluated) => (Rule, NotEvaluated) = (rule, notEvaluated);

    private CorrelationMatcher(SigmaRule rule, Correlation correlation, ImmutableArray<Source> sources) => (Rule, _correlation, _sources) = (rule, correlation, sources);

    public SigmaRule Rule { get; }

    /// <summary>Why it can be evaluated over no events at all; null otherwise.</summary>
    public string? NotEvaluated { get; }

    /// <param name="rules">The rules that it may read, by id and by name.</param>
    /// <param name="correlations">The correlations that it may read, by id and by name.</param>
    public static CorrelationMatcher Create(SigmaRule rule, IReadOnlyDictionary<string, RuleMatcher> rules, IReadOnlyDictionary<string, SigmaRule> correlations) =>
        Create(rule, rules, correlations, 0);

    private static CorrelationMatcher Create(SigmaRule rule, IReadOnlyDictionary<string, RuleMatcher> rules, IReadOnlyDictionary<string, SigmaRule> correlations, int depth)
    {
        if (rule.Correlation is not { Timespan: not null } correlation || !rule.IsValid)
            return new(rule, "the correlation is not valid");
        if (depth == MaxDepth)
            return new(rule, $"it reads correlations more than {MaxDepth} levels deep");
        if (correlation.Type?.Value is not ("event_count" or "value_count" or "temporal" or "temporal_ordered"))
            return new(rule, $"correlations of the type '{correlation.Type}' are not evaluated");
        if (correlation.Condition is { Fields.Length: > 1 })
            return new(rule, "it counts several fields at once, of which Sigma does not say how");
        if (HasNot(correlation.Condition?.Expression))
            return new(rule, "its condition has 'not', of which Sigma does not say over which time it is asked");
        if (correlation.HasType("temporal_ordered") && correlation.Rules.Length > WindowContent.MaxOrderedRules)
            return new(rule, $"it orders more than {WindowContent.MaxOrderedRules} rules");
        if (correlation.HasType("temporal_ordered") && correlation.Condition?.Expression is not null)
            return new(rule, "its condition is in words, which do not say an order");
        var sources = ImmutableArray.CreateBuilder<Source>();
        foreach (var name in correlation.Rules.Select(reference => reference.Value).Distinct(StringComparer.Ordinal))
        {
            var matcher = rules.GetValueOrDefault(name);
            var inner = matcher is null && correlations.TryGetValue(name, out var read) ? Create(read, rules, correlations, depth + 1) : null;
            if (matcher is null && inner is null)
                return new(rule, $"it reads '{name}', which does not exist");
            if ((matcher?.NotEvaluated ?? inner?.NotEvaluated) is { } defect)
                return new(rule, $"it reads '{name}', which is not evaluated: {defect}");
            sources.Add(new(name, matcher?.Rule ?? inner!.Rule, matcher, inner)); // one of them is there
        }
        return new(rule, correlation, sources.DrainToImmutable());
    }

    private static bool HasNot(ConditionNode? expression) => expression?.All().Any(node => node is ConditionNot) == true;

    /// <summary>The groups of events that are what it asks for, in the order of their ends. No event is in two groups of the same key.</summary>
    public CorrelationResult Evaluate(IReadOnlyList<LogEvent> events)
    {
        if (_correlation is null)
            return new([], NotEvaluated);
        string? defect = null;
        List<Occurrence> occurrences = [];
        foreach (var (number, source) in _sources.Index())
            occurrences.AddRange(source.Inner is { } inner ? OfGroups(inner.Evaluate(events), number, ref defect) : OfEvents(source.Matcher!, events, number, ref defect)); // one of them is there
        var field = _correlation.Condition is { Fields: [var first] } ? first.Value : "";
        CorrelationWindow window = new(_correlation, [.. _sources.Select(source => source.Name)], one => FieldOf(one, field));
        var groups = occurrences.Select(one => (Key: KeyOf(one), One: one)).Where(pair => pair.Key is not null)
            .GroupBy(pair => pair.Key!, pair => pair.One, StringComparer.OrdinalIgnoreCase) // filtered
            .SelectMany(group => window.Find([.. group.OrderBy(one => one.Time).ThenBy(one => one.Events[0].Span.Path, StringComparer.Ordinal).ThenBy(one => one.Events[0].Index)])
                .Select(found => new MatchedGroup([.. group.Key.Split('\0').Skip(1)], [.. found.SelectMany(one => one.Events).Distinct().OrderBy(e => e.Time)], found[0].Time, found[^1].Time)));
        return new([.. groups.OrderBy(group => group.End).ThenBy(group => string.Join('\0', group.Key), StringComparer.Ordinal)], defect);
    }

    private static List<Occurrence> OfEvents(RuleMatcher matcher, IReadOnlyList<LogEvent> events, int source, ref string? defect)
    {
        List<Occurrence> occurrences = [];
        foreach (var e in events)
        {
            var outcome = matcher.Sees(e) ? matcher.Evaluate(e) : MatchOutcome.NotMatched;
            if (outcome == MatchOutcome.NotEvaluated)
                defect ??= $"'{matcher.Rule.Title}' could not be compared with the event in line {e.Span.Line} of {e.Span.Path}";
            else if (outcome == MatchOutcome.Matched && e.Time is { } time)
                occurrences.Add(new(source, time, [e]));
            else if (outcome == MatchOutcome.Matched)
                defect ??= $"the event in line {e.Span.Line} of {e.Span.Path} has no time";
        }
        return occurrences;
    }

    private static List<Occurrence> OfGroups(CorrelationResult result, int source, ref string? defect)
    {
        defect ??= result.NotEvaluated;
        return [.. result.Groups.Select(group => new Occurrence(source, group.End, group.Events))];
    }

    // An event without one of the fields belongs to no group.
    private string? KeyOf(Occurrence one)
    {
        var key = "";
        foreach (var field in _correlation!.GroupBy) // evaluated only where it is there
        {
            if (FieldOf(one, field.Value) is not { } value)
                return null;
            key += $"\0{value.Replace('\0', ' ')}";
        }
        return key;
    }

    // The first value of a field or of what an alias stands for in the events of the rule.
    private string? FieldOf(Occurrence one, string name)
    {
        if (_correlation!.Aliases.FirstOrDefault(alias => alias.Name.Value == name) is { } alias) // evaluated only where it is there
        {
            var source = _sources[one.Source];
            if (alias.Fields.FirstOrDefault(field => field.Rule.Value == source.Name || field.Rule.Value == source.Rule.Name?.Value || field.Rule.Value == source.Rule.Id?.Value) is not { } field)
                return null;
            name = field.Field.Value;
        }
        return one.Events.Select(e => e.FindText(name)).FirstOrDefault(text => text is not null);
    }

    private sealed record Source(string Name, SigmaRule Rule, RuleMatcher? Matcher, CorrelationMatcher? Inner);
}

/// <summary>An event that a rule matched, or events that a correlation did: then its time is that of the last.</summary>
/// <param name="Source">The number of the rule among those that the correlation reads.</param>
internal sealed record Occurrence(int Source, DateTimeOffset Time, ImmutableArray<LogEvent> Events);
