using System.Collections.Immutable;
using Merlon.Core.Sigma;

namespace Merlon.Core.Matching;

/// <summary>A rule, with the filters that narrow it, made to be compared with events. It may be used by several threads at once.</summary>
internal sealed class RuleMatcher
{
    private readonly MatchNode? _root;

    private RuleMatcher(SigmaRule rule, MatchNode? root, string? notEvaluated) => (Rule, _root, NotEvaluated) = (rule, root, notEvaluated);

    public SigmaRule Rule { get; }

    /// <summary>Why it can be compared with no event at all; null otherwise.</summary>
    public string? NotEvaluated { get; }

    /// <summary>Texts one of which is in every event that matches; null where there may be none of them.</summary>
    public ImmutableArray<string>? RequiredTexts => _root?.RequiredTexts;

    /// <param name="filters">Those that name the rule by its id or name, or no rule, and whose log source covers the rule's, are applied.</param>
    public static RuleMatcher Create(SigmaRule rule, IEnumerable<SigmaRule> filters, FieldMappings mappings)
    {
        if (rule.Kind != SigmaKind.Rule)
            return new(rule, null, rule.Kind == SigmaKind.Filter ? "it is a filter, which narrows rules and matches nothing by itself" : "it is a correlation, which reads what rules match");
        if (!rule.IsValid || !rule.HasDetection)
            return new(rule, null, "the rule is not valid");
        RegexTime time = new();
        var parts = ImmutableArray.CreateBuilder<MatchNode>();
        foreach (var one in filters.Where(filter => AppliesTo(filter, rule)).Prepend(rule))
        {
            var of = one == rule ? "" : $"the filter '{one.Title?.Value ?? one.Id?.Value}' ";
            if (!one.IsValid || one.Detection is null)
                return new(rule, null, $"{of}is not valid");
            MatchCompiler compiler = new(one.Detection, rule.LogSource, mappings, time);
            if (compiler.Read() is not { } node)
                return new(rule, null, of.Length == 0 ? compiler.Defect : $"{of}is not evaluated: {compiler.Defect}");
            parts.Add(one == rule ? node : new NamedNode($"filter '{one.Title?.Value ?? one.Id?.Value}'", one.Span, node));
        }
        return new(rule, parts.Count == 1 ? parts[0] : new JoinNode(parts.DrainToImmutable(), isAll: true), null);
    }

    private static bool AppliesTo(SigmaRule filter, SigmaRule rule) => filter.Kind == SigmaKind.Filter
        && (filter.FilteredRules.IsEmpty || filter.FilteredRules.Any(named => Is(named.Value, rule.Id?.Value) || Is(named.Value, rule.Name?.Value)))
        && rule.LogSource is { } source && filter.LogSource?.Covers(source) == true;

    private static bool Is(string named, string? value) => string.Equals(named, value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the rule's log source can contain the event; true where the event does not say what it is.</summary>
    public bool Sees(LogEvent e) => LogSourceOrigins.CanContain(Rule.LogSource, e);

    /// <summary>Whether the event is what the rule asks for, whatever its log source.</summary>
    public bool Matches(LogEvent e) => Evaluate(e) == MatchOutcome.Matched;

    /// <summary>As <see cref="Matches"/>, and whether that could be told.</summary>
    public MatchOutcome Evaluate(LogEvent e) => _root?.Evaluate(e) ?? MatchOutcome.NotEvaluated;

    /// <summary>Why the event matches or does not.</summary>
    public MatchExplanation Explain(LogEvent e)
    {
        if (_root is null)
            return new(MatchPart.All, "condition", MatchOutcome.NotEvaluated, Rule.Span) { NotEvaluated = NotEvaluated };
        var explanation = _root.Explain(e);
        return explanation.Outcome == MatchOutcome.NotEvaluated ? explanation with { NotEvaluated = "a regular expression or a pattern ran out of time on this event" } : explanation;
    }
}
