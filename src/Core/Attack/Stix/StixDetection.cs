using System.Collections.Immutable;

namespace Merlon.Core.Attack.Stix;

/// <summary>The detection strategies and data components of a release from STIX objects.</summary>
internal static class StixDetection
{
    public static DetectionPart Of(StixGraph graph, StixPicks picks)
    {
        ImmutableArray<StixObject> components = [.. picks.Of(StixType.DataComponent).Where(IsLive)];
        var names = components.ToDictionary(one => one.Id, one => one.AttackId);
        var analytics = picks.Of(StixType.Analytic).Where(IsLive).ToDictionary(one => one.Id);
        ImmutableArray<StixObject> strategies = [.. picks.Of(StixType.DetectionStrategy).Where(IsLive)];
        var read = strategies.SelectMany(strategy => strategy.References).Distinct().Where(analytics.ContainsKey)
            .SelectMany(id => analytics[id].LogSources).ToLookup(source => source.DataComponent, source => source.LogSource);
        return new(
            strategies.Select(one => new DetectionStrategy
            {
                Id = one.AttackId,
                Name = one.Name,
                Techniques = [.. graph.Targets(one, StixRelation.Detects, StixType.Technique).Select(StixTechniques.IdOf).Distinct().Order()],
                Analytics = [.. one.References.Distinct().Where(analytics.ContainsKey).Select(id => Analytic(analytics[id], names)).OrderBy(analytic => analytic.Id, StringComparer.Ordinal)],
                StixId = one.Id,
            }),
            components.Select(one => new DataComponent
            {
                Id = one.AttackId,
                Name = one.Name,
                LogSources = [.. one.LogSources.Select(source => source.LogSource).Concat(read[one.Id]).Distinct().Order()],
                StixId = one.Id,
            }),
            StixTable.DatesOf([.. components, .. strategies, .. strategies.SelectMany(strategy => strategy.References).Distinct().Where(analytics.ContainsKey).Select(id => analytics[id])]));
    }

    private static Analytic Analytic(StixObject one, Dictionary<Guid, string> components) => new()
    {
        Id = one.AttackId,
        Platforms = [.. one.Platforms.Distinct().Order(StringComparer.Ordinal)],
        LogSources = [.. one.LogSources.Select(source => new LogSourceReference(components.GetValueOrDefault(source.DataComponent, ""), source.LogSource)).Distinct().Order()],
        StixId = one.Id,
    };

    private static bool IsLive(StixObject one) => one.Status == ObjectStatus.Live;
}
