using System.Collections.Immutable;

namespace Merlon.Core.Attack.Stix;

/// <summary>The groups, software and campaigns of a release from STIX objects.</summary>
internal static class StixGroups
{
    public static GroupPart Of(StixGraph graph, StixPicks picks)
    {
        var objects = picks.Of(StixType.Group, StixType.Malware, StixType.Tool, StixType.Campaign);
        return new(
            objects.Where(one => one.Type == StixType.Group).Select(one => Group(one, graph)),
            objects.Where(one => one.Type is StixType.Malware or StixType.Tool).Select(one => Software(one, graph)),
            objects.Where(one => one.Type == StixType.Campaign).Select(one => Campaign(one, graph)),
            StixTable.DatesOf(objects));
    }

    private static Group Group(StixObject one, StixGraph graph) => new()
    {
        Id = one.AttackId,
        Name = one.Name,
        Aliases = Aliases(one),
        Techniques = Techniques(one, graph),
        Software = Ids(graph.Targets(one, StixRelation.Uses, StixType.Malware, StixType.Tool)),
        Status = one.Status,
        RevokedBy = graph.Replacement(one) is { Type: StixType.Group } next ? next.AttackId : null,
        StixId = one.Id,
    };

    private static Software Software(StixObject one, StixGraph graph) => new()
    {
        Kind = one.Type == StixType.Tool ? SoftwareKind.Tool : SoftwareKind.Malware,
        Id = one.AttackId,
        Name = one.Name,
        Aliases = Aliases(one),
        Platforms = [.. one.Platforms.Distinct().Order(StringComparer.Ordinal)],
        Techniques = Techniques(one, graph),
        Status = one.Status,
        RevokedBy = graph.Replacement(one) is { Type: StixType.Malware or StixType.Tool } next ? next.AttackId : null,
        StixId = one.Id,
    };

    private static Campaign Campaign(StixObject one, StixGraph graph) => new()
    {
        Id = one.AttackId,
        Name = one.Name,
        Aliases = Aliases(one),
        Groups = Ids(graph.Targets(one, StixRelation.AttributedTo, StixType.Group)),
        Techniques = Techniques(one, graph),
        Software = Ids(graph.Targets(one, StixRelation.Uses, StixType.Malware, StixType.Tool)),
        Status = one.Status,
        RevokedBy = graph.Replacement(one) is { Type: StixType.Campaign } next ? next.AttackId : null,
        StixId = one.Id,
    };

    private static ImmutableArray<string> Aliases(StixObject one) =>
        [.. one.Aliases.Where(alias => alias != one.Name).Distinct().Order(StringComparer.Ordinal)];

    private static ImmutableArray<TechniqueId> Techniques(StixObject one, StixGraph graph) =>
        [.. graph.Targets(one, StixRelation.Uses, StixType.Technique).Select(StixTechniques.IdOf).Distinct().Order()];

    private static ImmutableArray<string> Ids(IEnumerable<StixObject> objects) =>
        [.. objects.Select(one => one.AttackId).Distinct().Order(StringComparer.Ordinal)];
}
