using System.Collections.Immutable;
using Merlon.Core.Actors.Import;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Emulation.Results;

/// <summary>A rule as far as an exercise is concerned.</summary>
/// <param name="Id">As records have it.</param>
/// <param name="Content">The hash of <c>RuleContent</c>.</param>
/// <param name="Tests">The ids of the tests that it names.</param>
/// <param name="Techniques">Its tags, after replacement by the release.</param>
internal sealed record ExercisedRule(DetectionRule Rule, string Id, string Content, ImmutableHashSet<string> Tests, ImmutableHashSet<TechniqueId> Techniques);

/// <summary>The rules of a program by what alerts call them.</summary>
internal sealed class ExercisedRules
{
    // An export may hold the alerts of everything else, too.
    private const int MaxFindings = 50;

    private readonly IReadOnlyList<AttackRelease> _releases;
    private readonly ILookup<string, DetectionRule> _byId;
    private readonly ILookup<string, DetectionRule> _byTitle;
    private readonly Dictionary<DetectionRule, ExercisedRule> _rules = [];

    public ExercisedRules(RuleSet rules, IReadOnlyList<AttackRelease> releases)
    {
        _releases = releases;
        _byId = rules.Rules.Where(rule => rule.Id is not null).ToLookup(rule => rule.Id!, StringComparer.OrdinalIgnoreCase); // filtered
        _byTitle = rules.Rules.ToLookup(rule => rule.Title, StringComparer.Ordinal);
        RuleContent content = new();
        foreach (var rule in rules.Rules)
            if (rule.Id is { } id && content.Find(rule) is { } hash)
                _rules[rule] = new(rule, id, hash, [.. rule.OwnTests.Select(simulation => TestId.Of(simulation.Guid))], [.. rule.Techniques.Select(tag => Current(tag.Technique))]);
    }

    /// <summary>Those that can be recorded, in the order of the set.</summary>
    public IEnumerable<ExercisedRule> All => _rules.Values;

    /// <summary>A technique of any release as the pinned one calls it.</summary>
    public TechniqueId Current(TechniqueId id) => _releases.Select(release => release.FinalReplacement(id)?.Id).FirstOrDefault(found => found is not null) ?? id;

    public bool IsKnown(TechniqueId id) => _releases.Any(release => release.Find(id) is { IsLive: true });

    /// <summary>The rule that an alert names. What it does not name is told once, at the first alert.</summary>
    public Dictionary<string, ExercisedRule> Resolve(IEnumerable<Alert> alerts, List<Diagnostic> diagnostics)
    {
        Dictionary<string, ExercisedRule> resolved = new(StringComparer.Ordinal);
        List<Diagnostic> unfit = [];
        foreach (var named in alerts.Where(alert => alert.Rule is not null).GroupBy(alert => alert.Rule!, StringComparer.Ordinal)) // filtered
        {
            DetectionRule[] found = [.. _byId[named.Key]];
            if (found.Length == 0)
                found = [.. _byTitle[named.Key]];
            var first = named.First().Span;
            if (found is [var rule] && _rules.TryGetValue(rule, out var exercised))
                resolved[named.Key] = exercised;
            else if (found is [{ Title: var title, Span.Path: var path } one])
                unfit.Add(ExerciseDiagnostics.RuleWithoutId.At(first, one.Id is null ? $"rule '{StrangersText.Short(title)}' in {path} has no id, and a record needs one; give it one"
                    : $"rule '{StrangersText.Short(title)}' in {path} is not valid, or its source does not tell what it searches for, so there is no content to record"));
            else
                unfit.Add(ExerciseDiagnostics.UnknownRule.At(first, found.Length == 0 ? FormattableString.Invariant($"'{StrangersText.Short(named.Key)}' is neither the id nor the exact title of a rule here; {Count(named.Count())} nothing")
                    : FormattableString.Invariant($"{found.Length} rules are called '{StrangersText.Short(named.Key)}'; export the id of the rule instead")));
        }
        diagnostics.AddRange(unfit.Take(MaxFindings));
        if (unfit.Count > MaxFindings)
            diagnostics.Add(ExerciseDiagnostics.UnknownRule.At(unfit[MaxFindings].Span, FormattableString.Invariant($"{unfit.Count - MaxFindings} more names of rules are unknown, or mean rules that cannot be recorded")));
        return resolved;
    }

    private static string Count(int alerts) => alerts == 1 ? "its alert validates" : FormattableString.Invariant($"its {alerts} alerts validate");
}
