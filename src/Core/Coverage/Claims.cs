using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Coverage;

/// <summary>All claims of a set of rules against one release.</summary>
internal sealed class Claims
{
    private readonly ILookup<TechniqueId, Claim> _byTechnique;
    private readonly AttackRelease _release;
    private readonly Definition _definition;
    private readonly LogSourceInventory? _inventory;
    private readonly RuleProofs _proofs;
    private readonly ScopeOptions _scope;

    /// <param name="inventory">Null when what is collected is not known.</param>
    /// <param name="proofs">What tests and records show of the rules.</param>
    public Claims(IEnumerable<DetectionRule> rules, AttackRelease release, Definition definition, LogSourceInventory? inventory, RuleProofs proofs, DateOnly date)
    {
        (_release, _definition, _inventory, _proofs, _scope) = (release, definition, inventory?.On(date), proofs, definition.ScopeOn(date));
        _byTechnique = rules.SelectMany(Of).ToLookup(claim => claim.Technique.Id);
    }

    /// <summary>The claims of rules tagged with exactly this technique, the best first, then by path and line.</summary>
    public IEnumerable<Claim> On(TechniqueId id) => _byTechnique[id]
        .OrderByDescending(claim => claim.Level)
        .ThenBy(claim => claim.Rule.Span.Path, StringComparer.Ordinal)
        .ThenBy(claim => claim.Tag.Span.Line);

    /// <summary>The platforms on which a rule tagged with exactly this technique reaches a level.</summary>
    public ImmutableArray<string> PlatformsAt(TechniqueId id, Level level) =>
        [.. _byTechnique[id].Where(claim => claim.Proves(level)).SelectMany(claim => claim.Platforms).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whether a rule tagged with exactly this technique reaches a level. Not the same as having platforms: ICS techniques have none.</summary>
    public bool Reaches(TechniqueId id, Level level) => _byTechnique[id].Any(claim => claim.Proves(level));

    private IEnumerable<Claim> Of(DetectionRule rule)
    {
        HashSet<TechniqueId> seen = [];
        var own = rule is { Release: null, Source.HasOwnRelease: false } ? null : SourceReleases.Of(rule, [_release])[0];
        foreach (var tag in rule.Techniques)
            if (SourceReleases.Find(tag.Technique, own, _release) is { } technique && seen.Add(technique.Id))
                yield return Of(rule, tag, technique);
    }

    private Claim Of(DetectionRule rule, AttackTag tag, Technique technique)
    {
        var watched = Platforms.Watched(rule);
        var shared = Platforms.Shared(watched, technique.Platforms);
        var inScope = shared.Intersect(Scope.PlatformsInScope(technique, _scope)).ToImmutableArray();
        var hasPlatforms = technique.Platforms is not ([] or ["None"]);
        Claim claim = new(rule, tag, technique, _definition.Level);
        Claim Nothing(Lack lack) => claim with { Obstacle = lack };
        if (WhyNothing(rule) is { } nothing)
            return Nothing(nothing);
        if (hasPlatforms && shared.IsEmpty)
            return Nothing(new(LackKind.Platform, $"watches {string.Join(", ", watched ?? [])}, and {technique.Id} exists on {string.Join(", ", technique.Platforms)}"));
        if (hasPlatforms && inScope.IsEmpty && !(technique.Platforms is [Scope.PrePlatform] && _definition.PreApart))
            return Nothing(new(LackKind.OutOfScope, $"watches {string.Join(", ", shared)}, which is not in scope"));
        var collected = inScope.Where(platform => platform == Scope.PrePlatform || _inventory?.Reaches(rule, platform) != false).ToImmutableArray();
        var obstacle = WhyNotDeployable(rule, []) ?? (collected.IsEmpty && !inScope.IsEmpty ? NotCollectedOn(rule, inScope) : null);
        var (untested, unvalidated, undeployed) = (obstacle ?? WhyUntested(rule, []), obstacle ?? WhyUnvalidated(rule, technique), obstacle ?? WhyUndeployed(rule));
        return claim with
        {
            // PRE techniques measured apart are in nobody's platform scope. A rule claims where it watches, and is deployable where its log source comes from.
            Platforms = inScope.IsEmpty ? shared : obstacle is null && _definition.Level != Level.Claimed ? collected : inScope,
            Proofs = ProofSet.Of([Level.Claimed, obstacle is null ? Level.Deployable : Level.None, untested is null ? Level.Tested : Level.None, unvalidated is null ? Level.Validated : Level.None, undeployed is null ? Level.Deployed : Level.None]),
            Obstacle = obstacle,
            Untested = untested,
            Unvalidated = unvalidated,
            Undeployed = undeployed,
        };
    }

    private static Lack? WhyNothing(DetectionRule rule) => WhyWorthless(rule)
        ?? (rule.SilencedBy is { } correlation ? new(LackKind.Silenced, $"only correlation '{correlation.Title}' reads it, and it raises no alert of its own (generate: true would)") : null);

    private static Lack? WhyWorthless(DetectionRule rule) => rule.Defect is { } defect ? new(LackKind.Invalid, defect)
        : rule.Status is "deprecated" or "unsupported" ? new(LackKind.Retired, $"status is {rule.Status}") : null;

    private static Lack NotCollectedOn(DetectionRule rule, ImmutableArray<string> platforms) =>
        new(LackKind.Telemetry, $"{(rule.LogSource is { } source ? $"log source {source}" : "what it reads")} is not collected on {string.Join(", ", platforms)}");

    // A correlation is as good as the worst of what it reads. They can read each other in a circle, so each is asked once.
    private Lack? WhyNotDeployable(DetectionRule rule, HashSet<DetectionRule> asked)
    {
        if (!asked.Add(rule))
            return null;
        if (WhyNotAllowed(rule) is { } reason)
            return reason;
        foreach (var read in rule.Reads)
            if ((WhyWorthless(read) ?? WhyNotDeployable(read, asked)) is { } lack)
                return lack with { Text = $"reads '{read.Title}': {lack.Text}" };
        return null;
    }

    // Only Sigma has a status and a level for every rule: what another source does not say is not asked.
    private Lack? WhyNotAllowed(DetectionRule rule)
    {
        if (rule.IsUnnamed)
            return new(LackKind.Unnamed, $"{rule.Source.Name} counts it and does not name it");
        if (rule.State == RuleState.Disabled)
            return new(LackKind.Disabled, $"{rule.Source.Name} says that it is turned off");
        if ((rule.Status is not null || rule.Sigma is not null) && !_definition.Status.Contains(rule.Status ?? Definition.Absent))
            return new(LackKind.Status, rule.Status is null ? "has no status, and coverage.status has no 'none'" : $"status {rule.Status} is not in coverage.status ({string.Join(", ", _definition.Status)})");
        var levels = Definition.SigmaLevels;
        if ((rule.SigmaLevel is not null || rule.Sigma is not null) && levels.IndexOf(rule.SigmaLevel ?? Definition.Absent) is var level && level < levels.IndexOf(_definition.SigmaLevel))
            return new(LackKind.SigmaLevel, level < 0 ? $"level '{rule.SigmaLevel}' is no Sigma level" : rule.SigmaLevel is null ? $"has no level, and coverage.sigmaLevel is {_definition.SigmaLevel}" : $"level {rule.SigmaLevel} is below coverage.sigmaLevel ({_definition.SigmaLevel})");
        if (rule.Tags.FirstOrDefault(_definition.NotTags.Contains) is { } tag)
            return new(LackKind.Tag, $"tag {tag} is in coverage.notTags");
        if (rule.BrokenFilter is { } filter)
            return new(LackKind.Filter, $"filter '{filter.Title}' applies to it and is not valid");
        if (rule.SilencedByFilter is { } silencing)
            return new(LackKind.Filter, $"filter '{silencing.Title}' leaves nothing of it");
        if (_proofs.FindFailed(rule) is { } failed)
            return new(LackKind.FailedTest, $"a test of it fails ({failed.Span.Path}:{failed.Span.Line}){(failed.Detail is null ? "" : $": {failed.Detail}")}");
        if (_proofs.FindMissed(rule) is { } missed)
            return new(LackKind.MissedTest, $"it missed its own emulation test on {missed.Date:yyyy-MM-dd} ({missed.Span.Path}:{missed.Span.Line})");
        return _inventory?.WhyMissing(rule) is { } missing ? new(LackKind.Telemetry, missing) : null;
    }

    // A correlation runs as one search with all that it reads.
    private static Lack? WhyUndeployed(DetectionRule rule)
    {
        if (rule.State == RuleState.Deployed || rule.Places.Any(place => place.State == RuleState.Deployed))
            return null;
        return new(LackKind.Undeployed, rule.Places is [var place, ..] ? $"{place.Source.Name} has it {(place.State == RuleState.Disabled ? "turned off" : "without a schedule")} ({place.Span.Path}:{place.Span.Line})"
            : rule.Sigma is null ? $"{rule.Source.Name} does not say that it runs" : "no inventory has it");
    }

    // A correlation is tested when it is, and every rule that it reads.
    private Lack? WhyUntested(DetectionRule rule, HashSet<DetectionRule> asked)
    {
        if (!asked.Add(rule))
            return null;
        if (!_proofs.IsTested(rule))
            return new(LackKind.Untested, _proofs.WhyUntested(rule));
        foreach (var read in rule.Reads)
            if (WhyUntested(read, asked) is { } lack)
                return lack with { Text = $"reads '{read.Title}': {lack.Text}" };
        return null;
    }

    // An alert of a correlation shows that what it reads alerts: a rule that only correlations read never does so by itself.
    private Lack? WhyUnvalidated(DetectionRule rule, Technique technique) => _proofs.IsValidated(rule, technique.Id) ? null
        : new(LackKind.Unvalidated, _proofs.WhyNotValidated(rule, technique.Id) ?? "no record says that it alerted in an exercise");
}
