using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Plan;

/// <summary>The ways to close gaps, as rules that exist and the release's analytics give them.</summary>
/// <param name="library">Claims of community rules, as if all log sources were collected; null without a library.</param>
/// <param name="inventory">Null when what is collected is not known: it is then taken as collected.</param>
internal sealed class GapWays(ProgramCoverage coverage, Claims? library, LogSourceInventory? inventory, DateOnly date)
{
    private readonly ScopeOptions _scope = coverage.Definition.ScopeOn(date);
    private readonly Dictionary<TechniqueId, ImmutableArray<GapWay>> _ways = [];
    private readonly Dictionary<DetectionRule, ImmutableArray<TechniqueId>> _claimed = [];

    /// <summary>The ways to close a gap, or to cover another technique that is not covered; empty where it is blocked. The cheapest first but for the days of the configuration.</summary>
    public ImmutableArray<GapWay> Of(TechniqueId id) => _ways.TryGetValue(id, out var ways) ? ways : _ways[id] = Find(id);

    private ImmutableArray<GapWay> Find(TechniqueId id)
    {
        if (coverage.Release.Find(id) is not { } technique || technique.Platforms is [Scope.PrePlatform])
            return [];
        return
        [
            .. coverage.Claims.On(id).Select(OfOwn).OfType<GapWay>()
                .Concat((library?.On(id) ?? []).Where(claim => claim.Proves(Level.Deployable)).Select(claim => OfRule(claim.Rule)))
                .Concat(OfAnalytics(technique))
                .OrderBy(way => way.Effort).ThenBy(way => way.Rule?.Kind ?? TaskKind.Collect),
        ];
    }

    // What a rule of the program lacks may be its log source, or a proof that comes with work on the rule itself. What the definition does not admit stays so.
    private GapWay? OfOwn(Claim claim) => claim switch
    {
        { Lacks: null } => null,
        { Obstacle.Kind: LackKind.Telemetry } when inventory is not null && coverage.Definition.Level == Level.Deployable => new(null, Missing(claim.Rule), ClaimedBy(claim.Rule, coverage.Claims)),
        { Obstacle.Kind: LackKind.Telemetry } or { Obstacle: null } => new(GapTask.Adopt(claim.Rule), Missing(claim.Rule), ClaimedBy(claim.Rule, coverage.Claims)),
        _ => null,
    };

    private GapWay OfRule(DetectionRule rule) => new(GapTask.Adopt(rule), Missing(rule), ClaimedBy(rule, library!)); // a claim of it was there

    // A rule closes what it claims where it watches a platform in scope, parents of its tags not among them.
    private ImmutableArray<TechniqueId> ClaimedBy(DetectionRule rule, Claims claims) => _claimed.TryGetValue(rule, out var known) ? known : _claimed[rule] =
    [
        .. rule.Techniques.Select(tag => coverage.Release.Find(tag.Technique) is { IsRevoked: true } ? coverage.Release.FinalReplacement(tag.Technique)?.Id : tag.Technique).OfType<TechniqueId>()
            .Distinct().Where(id => claims.On(id).Any(claim => claim.Rule == rule && (claim.Proves(Level.Deployable) || claim.Obstacle?.Kind == LackKind.Telemetry))).Order(),
    ];

    private ImmutableArray<string> Missing(DetectionRule rule)
    {
        SortedSet<string> missing = new(StringComparer.Ordinal);
        HashSet<DetectionRule> seen = [];
        Queue<DetectionRule> rest = new([rule]);
        while (rest.TryDequeue(out var one))
        {
            if (!seen.Add(one))
                continue;
            foreach (var read in one.Reads)
                rest.Enqueue(read);
            if (inventory?.WhyMissing(one) is not null)
                missing.Add(one.LogSource?.ToString() ?? string.Join(", ", one.DataSources));
        }
        return [.. missing];
    }

    private IEnumerable<GapWay> OfAnalytics(Technique technique)
    {
        var platforms = Scope.PlatformsInScope(technique, _scope);
        var read = Gap.References(technique.Id, platforms, coverage.Release).ToArray();
        // A release before 18 says of no technique what to read.
        IEnumerable<(string? Name, bool IsCollected)> sources = read.Length == 0 && coverage.Release.DetectionStrategies.IsEmpty ? [(null, true)]
            : read.SelectMany(pair => Telemetry(pair.Reference, pair.Platform)).GroupBy(source => source.Name, StringComparer.Ordinal).Select(group => (group.Key, group.Any(source => source.IsCollected)));
        return sources.OrderByDescending(source => source.IsCollected).ThenBy(source => source.Name, StringComparer.Ordinal)
            .Select(source => new GapWay(GapTask.Write(technique.Id, source.Name), source.IsCollected ? [] : [source.Name!], [technique.Id])); // what is not collected has a name
    }

    /// <summary>What a reference of an analytic is collected as: any one of them is enough.</summary>
    private (string? Name, bool IsCollected)[] Telemetry(LogSourceReference reference, string platform)
    {
        var known = LogSourceMap.Find(reference, platform);
        if (known.IsEmpty)
            return [(reference.LogSource.Name.Trim(), inventory is null || inventory.IsCollected(reference, platform) == true)];
        var collected = known.Select(source => (Name: (string?)source.ToString(), IsCollected: inventory is null || inventory.Collected.Any(entry => entry.Matches(source)))).ToArray();
        // Collected under ATT&CK's own name alone.
        return collected.Any(source => source.IsCollected) || inventory!.IsCollected(reference, platform) != true ? collected : [(reference.LogSource.Name.Trim(), true)]; // without an inventory all are
    }
}
