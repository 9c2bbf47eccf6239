using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>What exercises have shown of the rules of one tree, on one day, in one release.</summary>
internal sealed class Validation
{
    private readonly AttackRelease _release;
    private readonly ILookup<DetectionRule, RecordStanding> _byRule;
    private readonly Dictionary<DetectionRule, ValidationRecord?> _missed = [];

    private Validation(ImmutableArray<RecordStanding> standings, AttackRelease release)
    {
        (Standings, _release) = (standings, release);
        _byRule = standings.Where(standing => standing.Rule is not null).ToLookup(standing => standing.Rule!); // filtered
    }

    /// <summary>Every record, in the order in which they were given.</summary>
    public ImmutableArray<RecordStanding> Standings { get; }

    public ImmutableArray<Diagnostic> Diagnostics { get; private init; } = [];

    /// <param name="date">The UTC day on which records hold or have expired.</param>
    public static Validation Of(IEnumerable<ValidationRecord> records, RuleSet rules, AttackRelease release, ValidationOptions options, DateOnly date)
    {
        StandingReader reader = new(rules, release, options, date);
        Validation validation = new([.. records.Select(reader.Read)], release);
        return new(validation.Standings, release) { Diagnostics = [.. RecordFindings.Of(validation, options, date)] };
    }

    /// <summary>The newest record by which a rule is validated for a technique; null for none.</summary>
    public ValidationRecord? Find(DetectionRule rule, TechniqueId technique) =>
        About(rule, technique).Where(standing => standing is { Standing: Standing.Current, Record.Outcome: ValidationOutcome.Alerted }).MaxBy(standing => standing.Record.Date)?.Record;

    /// <summary>Why the records that there are do not validate: the end of a sentence about the rule.</summary>
    /// <returns>Null where one validates, and where there is none.</returns>
    public string? WhyNot(DetectionRule rule, TechniqueId technique)
    {
        var newest = About(rule, technique).OrderByDescending(standing => standing.Record.Outcome == ValidationOutcome.Alerted).ThenByDescending(standing => standing.Record.Date).FirstOrDefault();
        return newest is null || Find(rule, technique) is not null ? null : newest.Why ?? $"record of {newest.Record.Date:yyyy-MM-dd} says {newest.Record.Outcome.Name}";
    }

    /// <summary>
    /// The miss that demotes a rule: of a test that the rule names, the newest record that tells whether the rule alerted. It stands until a newer
    /// one, whatever became of the rule since: that a rule is mended is what a record shows.
    /// </summary>
    public ValidationRecord? Missed(DetectionRule rule) => _missed.TryGetValue(rule, out var known) ? known : _missed[rule] = FindMissed(rule);

    private ValidationRecord? FindMissed(DetectionRule rule)
    {
        if (!_byRule.Contains(rule))
            return null;
        var telling = _byRule[rule].Where(standing => standing.Standing is not (Standing.ByHand or Standing.Future)
            && standing.Record.Outcome is ValidationOutcome.Alerted or ValidationOutcome.Late or ValidationOutcome.Missed).ToLookup(standing => standing.Record.Test, StringComparer.Ordinal);
        return rule.OwnTests.Select(simulation => telling[TestId.Of(simulation.Guid)]
                // Of one day: what was seen of the rule as it is now, and then the worse.
                .OrderByDescending(standing => standing.Record.Date).ThenByDescending(standing => standing.IsOfThisContent).ThenByDescending(standing => standing.Record.Outcome)
                .FirstOrDefault()?.Record)
            .Where(record => record?.Outcome == ValidationOutcome.Missed).MaxBy(record => record!.Date); // missed: there
    }

    private IEnumerable<RecordStanding> About(DetectionRule rule, TechniqueId technique)
    {
        var id = _release.FinalReplacement(technique)?.Id ?? technique;
        return _byRule[rule].Where(standing => standing.Technique == id);
    }
}
