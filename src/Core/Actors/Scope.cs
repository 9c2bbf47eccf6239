using System.Collections.Immutable;
using Merlon.Core.Attack;

namespace Merlon.Core.Actors;

/// <summary>What decides which of an actor's techniques are measured.</summary>
/// <param name="Platforms">ATT&amp;CK platforms; empty for all.</param>
/// <param name="PreApart">Whether techniques whose only platform is PRE are measured apart.</param>
/// <param name="Exclusions">Those that hold for every actor.</param>
internal sealed record ScopeOptions(ImmutableArray<string> Platforms, bool PreApart, ImmutableArray<Exclusion> Exclusions, DateOnly Date);

/// <summary>A technique within a scope.</summary>
/// <param name="Platforms">Those of its platforms that are in scope.</param>
/// <param name="Accepted">The exclusion that accepts it as a gap.</param>
internal sealed record ScopedTechnique(ListedTechnique Listed, ImmutableArray<string> Platforms, Exclusion? Accepted)
{
    /// <summary>The exclusion that leaves it out.</summary>
    public Exclusion? LeftOutBy { get; init; }

    public Technique Technique => Listed.Technique;

    public TechniqueId Id => Listed.Id;

    public bool IsRequired => Listed.Own?.Required == true;

    public int Weight => Listed.Own?.Weight ?? 1;
}

/// <summary>What is measured of an actor, and what is left out and why: each of its techniques is in one of the lists.</summary>
internal sealed record Scope
{
    public const string PrePlatform = "PRE";

    public required ImmutableArray<ScopedTechnique> Techniques { get; init; }

    /// <summary>Techniques whose only platform is PRE, where they are measured apart.</summary>
    public required ImmutableArray<ScopedTechnique> Pre { get; init; }

    /// <summary>Left out as not applicable or not detectable.</summary>
    public required ImmutableArray<ScopedTechnique> Excluded { get; init; }

    /// <summary>On none of the platforms in scope.</summary>
    public required ImmutableArray<ListedTechnique> OutOfScope { get; init; }

    /// <summary>What only software brings, within scope.</summary>
    public required ImmutableArray<ScopedTechnique> Software { get; init; }

    public static Scope Of(Actor actor, ScopeOptions options)
    {
        var exclusions = actor.Profile.Exclusions.Concat(options.Exclusions)
            .Where(exclusion => exclusion.HoldsOn(options.Date))
            .ToLookup(exclusion => actor.Release.FinalReplacement(exclusion.Id)?.Id ?? exclusion.Id);
        var listed = actor.Techniques.Select(technique => Place(technique, options, exclusions[technique.Id])).ToArray();
        return new()
        {
            Techniques = [.. listed.Where(one => one.Place == Places.In).Select(one => one.Technique)],
            Pre = [.. listed.Where(one => one.Place == Places.Pre).Select(one => one.Technique)],
            Excluded = [.. listed.Where(one => one.Place == Places.Excluded).Select(one => one.Technique)],
            OutOfScope = [.. listed.Where(one => one.Place == Places.Out).Select(one => one.Technique.Listed)],
            Software = [.. actor.SoftwareTechniques.Select(technique => Place(technique, options, exclusions[technique.Id])).Where(one => one.Place == Places.In).Select(one => one.Technique)],
        };
    }

    /// <summary>The techniques that any of some scopes has. One that an actor excludes and another does not is in; one is accepted when all accept it.</summary>
    public static Scope Union(IReadOnlyCollection<Scope> scopes)
    {
        ImmutableArray<ScopedTechnique> Merge(Func<Scope, ImmutableArray<ScopedTechnique>> part, params ImmutableArray<ScopedTechnique>[] but) =>
        [
            .. scopes.SelectMany(scope => part(scope)).GroupBy(one => one.Id).Where(group => !but.Any(others => others.Any(other => other.Id == group.Key))).OrderBy(group => group.Key)
                .Select(group => new ScopedTechnique(Together(group), group.First().Platforms, group.All(one => one.Accepted is not null) ? group.First().Accepted : null)),
        ];
        var techniques = Merge(scope => scope.Techniques);
        return new()
        {
            Techniques = techniques,
            Pre = Merge(scope => scope.Pre),
            Excluded = Merge(scope => scope.Excluded, techniques),
            OutOfScope = [.. scopes.SelectMany(scope => scope.OutOfScope).DistinctBy(one => one.Id).OrderBy(one => one.Id)],
            Software = Merge(scope => scope.Software, techniques),
        };
    }

    private static ListedTechnique Together(IEnumerable<ScopedTechnique> group) => new(
        group.First().Technique,
        [.. group.SelectMany(one => one.Listed.Sources).Distinct().Order(StringComparer.Ordinal)],
        group.Select(one => one.Listed.Own).OfType<ProfileTechnique>().OrderByDescending(own => own.Required).ThenByDescending(own => own.Weight).FirstOrDefault());

    private enum Places
    {
        In,
        Pre,
        Excluded,
        Out,
    }

    private static (Places Place, ScopedTechnique Technique) Place(ListedTechnique listed, ScopeOptions options, IEnumerable<Exclusion> exclusions)
    {
        var technique = listed.Technique;
        var platforms = PlatformsInScope(technique, options);
        var accepted = exclusions.FirstOrDefault(exclusion => exclusion.Kind == ExclusionKind.Accepted);
        var leftOutBy = exclusions.FirstOrDefault(exclusion => exclusion.Kind != ExclusionKind.Accepted);
        ScopedTechnique scoped = new(listed, platforms, accepted) { LeftOutBy = leftOutBy };
        return technique.Platforms is [PrePlatform] && options.PreApart ? (Places.Pre, scoped with { Platforms = technique.Platforms })
            : platforms.IsEmpty && !HasNoPlatform(technique) ? (Places.Out, scoped)
            : (leftOutBy is not null ? Places.Excluded : Places.In, scoped);
    }

    /// <summary>The platforms of a technique that are in scope. PRE is no platform that one could choose: it is in whenever it is not apart.</summary>
    public static ImmutableArray<string> PlatformsInScope(Technique technique, ScopeOptions options) =>
        options.Platforms.IsEmpty ? technique.Platforms
        : [.. technique.Platforms.Where(platform => options.Platforms.Contains(platform) || platform is "None" || (platform == PrePlatform && !options.PreApart))];

    // ICS techniques have no platform, or one called None.
    private static bool HasNoPlatform(Technique technique) => technique.Platforms is [] or ["None"];
}
