using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;

namespace Merlon.Core.Coverage;

/// <summary>What an actor uses, and of what is not in its denominator the reason.</summary>
/// <param name="Sources">The groups, software and campaigns that list its techniques, by id.</param>
/// <param name="LeftOut">In groups of the same title, each by id.</param>
internal sealed record ActorView(ActorCoverage Coverage, Actor Actor, ImmutableArray<AttackObject> Sources, ImmutableArray<LeftOutTechnique> LeftOut)
{
    public static ActorView Of(ActorCoverage coverage, Actor actor)
    {
        ImmutableArray<AttackObject> sources =
        [
            .. actor.Techniques.Concat(actor.SoftwareTechniques).SelectMany(technique => technique.Sources).Distinct().Order(StringComparer.Ordinal)
                .Select(id => actor.Release.FindByName(id).FirstOrDefault()).OfType<AttackObject>(),
        ];
        return new(coverage, actor, sources,
        [
            .. coverage.Pre.Select(one => Of(one, "PRE, measured apart", "its only platform is PRE: it happens outside of what is watched")),
            .. coverage.Software.Select(one => Of(one, "software, measured apart", "only the actor's software uses it")),
            .. coverage.Excluded.Select(one => Of(one, "excluded", Reason(one.Scoped.LeftOutBy))),
            .. coverage.OutOfScope.Select(one => new LeftOutTechnique("out of scope", one.Technique, one.Sources, WhyOut(one.Technique, coverage.Definition))),
            .. Parents(actor, sources),
        ]);
    }

    private static LeftOutTechnique Of(TechniqueCoverage one, string title, string reason) => new(title, one.Technique, one.Scoped.Listed.Sources, reason);

    private static string WhyOut(Technique technique, Definition definition) => $"it is on {string.Join(", ", technique.Platforms)}, and "
        + (technique.Platforms.All(definition.Unowned.Contains) ? "no asset group is" : $"{string.Join(", ", definition.Platforms)} {(definition.Platforms.Length == 1 ? "is" : "are")} in scope");

    private static string Reason(Exclusion? exclusion) => exclusion is null ? "excluded"
        : $"{exclusion.Kind switch { ExclusionKind.NotApplicable => "not applicable", ExclusionKind.NotDetectable => "not detectable", _ => "accepted" }}: {exclusion.Reason}{(exclusion.Until is { } until ? $"; until {until:yyyy-MM-dd}" : "")}";

    // What the resolver drops: a source that lists a technique and a sub-technique of it means the sub-technique.
    private static IEnumerable<LeftOutTechnique> Parents(Actor actor, ImmutableArray<AttackObject> sources)
    {
        var listed = actor.Techniques.Concat(actor.SoftwareTechniques).Select(technique => technique.Id).ToHashSet();
        return sources.SelectMany(source => source.Techniques.Select(id => (source, id)))
            .Where(pair => !listed.Contains(pair.id) && pair.source.Techniques.Any(other => other.IsSubTechnique && actor.Release.ParentOf(other) == pair.id))
            .GroupBy(pair => pair.id, pair => pair.source.Id).OrderBy(group => group.Key)
            .Select(group => new LeftOutTechnique("meant by its sub-techniques", actor.Release.Find(group.Key)!, [.. group], "the same source lists a sub-technique of it")); // relations hold live techniques only
    }
}

/// <param name="Title">What all that are left out for the same cause have over them.</param>
/// <param name="Reason">Why this one is.</param>
internal sealed record LeftOutTechnique(string Title, Technique Technique, ImmutableArray<string> Sources, string Reason);
