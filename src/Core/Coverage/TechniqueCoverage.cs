using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;

namespace Merlon.Core.Coverage;

/// <summary>A part of a technique: so many of its sub-techniques, of those that are live and on a platform in scope.</summary>
internal readonly record struct Partial(int Covered, int Of);

/// <summary>One technique of a scope, measured.</summary>
/// <param name="Proofs">The levels whose proofs hold.</param>
/// <param name="IsCovered">Whether the definition's level is reached.</param>
/// <param name="Platforms">The platforms in scope on which it is covered.</param>
/// <param name="Partial">There when the technique itself is not covered and some of its sub-techniques are.</param>
/// <param name="Claims">Of rules tagged with exactly this technique.</param>
internal sealed record TechniqueCoverage(
    ScopedTechnique Scoped, ProofSet Proofs, bool IsCovered, ImmutableArray<string> Platforms, Partial? Partial, ImmutableArray<Claim> Claims)
{
    public TechniqueId Id => Scoped.Id;

    public Technique Technique => Scoped.Technique;

    /// <summary>The level that is shown.</summary>
    public Level Level => Proofs.Highest;

    /// <summary>Measures a technique: by rules with exactly its id, or, for a technique with sub-techniques, by theirs.</summary>
    public static TechniqueCoverage Of(ScopedTechnique scoped, AttackRelease release, Claims claims, Definition definition, ScopeOptions options)
    {
        var subs = SubsInScope(scoped, release, options);
        bool Holds(Level level) => claims.Reaches(scoped.Id, level) || RollsUp(level);
        bool RollsUp(Level level) => subs.Count(sub => claims.Reaches(sub.Id, level)) is > 0 and var reached && (IsEnough(definition, level) || reached == subs.Length);
        var proofs = ProofSet.Of(Levels.Proofs.Where(Holds));
        var isCovered = proofs.Has(definition.Level);
        var covered = subs.Count(sub => claims.Reaches(sub.Id, definition.Level));
        var platforms = claims.PlatformsAt(scoped.Id, definition.Level).AsEnumerable();
        if (RollsUp(definition.Level))
            platforms = platforms.Union(scoped.Platforms.Where(platform => RollsUpOn(platform, subs, claims, definition)));
        return new(scoped, proofs, isCovered, [.. platforms.Where(scoped.Platforms.Contains).Order(StringComparer.Ordinal)],
            !isCovered && covered > 0 ? new(covered, subs.Length) : null, [.. claims.On(scoped.Id)]);
    }

    /// <summary>The live sub-techniques whose rules count for a technique that has none of its own.</summary>
    public static Technique[] SubsInScope(ScopedTechnique scoped, AttackRelease release, ScopeOptions options) => scoped.Id.IsSubTechnique ? [] :
    [
        .. release.SubTechniques(scoped.Id)
            .Where(sub => sub.Platforms is [] or ["None"] || !Scope.PlatformsInScope(sub, options).IsEmpty || scoped.Technique.Platforms is [Scope.PrePlatform]),
    ];

    /// <summary>Whether one sub-technique is enough for a level: a part of them makes a technique deployable and no more.</summary>
    public static bool IsEnough(Definition definition, Level level) => definition.IsLenient && level is (Level.Claimed or Level.Deployable);

    // On one platform a technique is as covered as its sub-techniques there.
    private static bool RollsUpOn(string platform, Technique[] subs, Claims claims, Definition definition)
    {
        var there = subs.Where(sub => sub.Platforms.Contains(platform)).ToArray();
        bool Covers(Technique sub) => claims.PlatformsAt(sub.Id, definition.Level).Contains(platform);
        return there.Length > 0 && (IsEnough(definition, definition.Level) ? there.Any(Covers) : there.All(Covers));
    }
}
