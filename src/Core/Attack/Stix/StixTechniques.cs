using System.Collections.Immutable;

namespace Merlon.Core.Attack.Stix;

/// <summary>The matrix of a release from STIX objects.</summary>
internal static class StixTechniques
{
    public static TechniquePart Of(StixGraph graph, StixPicks picks)
    {
        ImmutableArray<StixObject> columns = [.. picks.Of(StixType.Tactic).Where(one => one.Status == ObjectStatus.Live)];
        var (tactics, techniques) = (Tactics(graph, columns), picks.Of(StixType.Technique));
        return new(tactics, [.. techniques.Select(one => Of(one, graph, tactics))], StixTable.DatesOf(columns.Concat(techniques)));
    }

    /// <summary>In the order of the live matrix; of several, the newest one's first.</summary>
    private static ImmutableArray<Tactic> Tactics(StixGraph graph, ImmutableArray<StixObject> columns)
    {
        var order = graph.Of(StixType.Matrix).OrderBy(matrix => matrix.Status).ThenByDescending(matrix => matrix.Modified)
            .SelectMany(matrix => matrix.References).Distinct().ToList();
        return
        [
            .. columns.OrderBy(one => order.IndexOf(one.Id) is >= 0 and var index ? index : int.MaxValue)
                .Select(one => new Tactic(one.AttackId, one.ShortName, one.Name, one.Id)),
        ];
    }

    private static Technique Of(StixObject one, StixGraph graph, ImmutableArray<Tactic> tactics) => new()
    {
        Id = IdOf(one),
        Name = one.Name,
        Tactics =
        [
            .. tactics.Select(tactic => tactic.ShortName).Where(one.Tactics.Contains),
            .. one.Tactics.Distinct().Where(name => tactics.All(tactic => tactic.ShortName != name)).Order(StringComparer.Ordinal),
        ],
        Platforms = [.. one.Platforms.Distinct().Order(StringComparer.Ordinal)],
        Status = one.Status,
        RevokedBy = graph.Replacement(one) is { Type: StixType.Technique } next ? IdOf(next) : null,
        Parent = ParentOf(one, graph),
        StixId = one.Id,
    };

    // Only where the id does not say it: tables would hold the same twice.
    private static TechniqueId? ParentOf(StixObject one, StixGraph graph) =>
        IdOf(one) is { IsSubTechnique: true, Prefix: not null } id && graph.Targets(one, StixRelation.SubTechniqueOf, StixType.Technique).Select(IdOf).Where(parent => !parent.IsSubTechnique).Distinct().Order().ToArray() is [var first, ..] parents
            && !parents.Contains(id.Parent) ? first : null;

    /// <summary>A bundle's techniques all have one: <see cref="StixReader"/> leaves out those that don't.</summary>
    public static TechniqueId IdOf(StixObject technique) => TechniqueId.TryParse(technique.AttackId, out var id) ? id : default;
}
