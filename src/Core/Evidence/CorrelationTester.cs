using System.Collections.Immutable;
using Merlon.Core.Matching;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>Whether events together make a correlation alert.</summary>
internal sealed class CorrelationTester
{
    private readonly CorrelationMatcher _matcher;
    private readonly ImmutableArray<(DetectionRule Rule, RuleMatcher Matcher)> _read;

    public CorrelationTester(DetectionRule correlation, FieldMappings mappings)
    {
        Dictionary<string, RuleMatcher> rules = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, Sigma.SigmaRule> correlations = new(StringComparer.OrdinalIgnoreCase);
        var read = ImmutableArray.CreateBuilder<(DetectionRule, RuleMatcher)>();
        // Correlations can read each other in a circle.
        HashSet<DetectionRule> seen = [correlation];
        Queue<DetectionRule> rest = new(correlation.Reads);
        while (rest.TryDequeue(out var rule))
            if (rule.Sigma is { } sigma && seen.Add(rule))
            {
                foreach (var inner in rule.Reads)
                    rest.Enqueue(inner);
                var matcher = sigma.Correlation is null ? Create(rule, mappings) : null;
                if (matcher is not null)
                    read.Add((rule, matcher));
                foreach (var name in new[] { rule.Id, sigma.Name?.Value }.OfType<string>())
                    _ = matcher is not null ? rules.TryAdd(name, matcher) : correlations.TryAdd(name, sigma);
            }
        _read = read.DrainToImmutable();
        _matcher = CorrelationMatcher.Create(correlation.Sigma!, rules, correlations); // a correlation is Sigma's
    }

    public string? NotEvaluated => _matcher.NotEvaluated;

    /// <summary>The rule with the filters that apply to it; with one that is broken nothing is evaluated.</summary>
    public static RuleMatcher Create(DetectionRule rule, FieldMappings mappings) => RuleMatcher.Create(
        rule.Sigma!, (rule.BrokenFilter is { } broken ? rule.Filters.Add(broken) : rule.Filters).Select(filter => filter.Sigma!), mappings); // both are Sigma's

    /// <param name="events">At least one.</param>
    /// <param name="least">How many groups of events are wanted.</param>
    /// <returns>The event that completes the group which decides, or the first one; and what is to be said. Whether it matches is null where it can't be told.</returns>
    public (bool? IsMatch, LogEvent At, string Detail) Evaluate(ImmutableArray<LogEvent> events, int least)
    {
        var (groups, defect) = _matcher.Evaluate(events);
        if (groups.Length >= least)
            return (true, groups[least - 1].Events[^1], $"matched: {groups[least - 1].Events.Length} events from line {groups[least - 1].Events[0].Span.Line} on{Key(groups[least - 1])}");
        if (defect is not null)
            return (null, events[0], $"not evaluated: {defect}");
        var counts = _read.Select(one => $"'{one.Rule.Title}' matches {events.Count(e => one.Matcher.Sees(e) && one.Matcher.Matches(e))}");
        // Where a rule matches nothing, its own test says why.
        return (false, events[0], $"of {events.Length} {(events.Length == 1 ? "event" : "events")} {string.Join(", ", counts)}, and no {(groups.IsEmpty ? "" : "further ")}group of them is what the correlation asks for");
    }

    /// <summary>How many groups there are, for events that no test is about.</summary>
    public ImmutableArray<MatchedGroup> Find(ImmutableArray<LogEvent> events) => _matcher.Evaluate(events).Groups;

    private static string Key(MatchedGroup group) => group.Key.IsEmpty ? "" : $", of {string.Join(", ", group.Key.Select(value => $"'{value}'"))}";
}
