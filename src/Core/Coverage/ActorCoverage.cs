using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;

namespace Merlon.Core.Coverage;

/// <summary>What is covered of one actor, or of all together, in one ATT&amp;CK domain.</summary>
internal sealed record ActorCoverage
{
    /// <summary>Null for the union of all actors.</summary>
    public required Actor? Actor { get; init; }

    public required string Name { get; init; }

    public required AttackRelease Release { get; init; }

    public required Definition Definition { get; init; }

    /// <summary>The denominator, by id.</summary>
    public required ImmutableArray<TechniqueCoverage> Techniques { get; init; }

    public required ImmutableArray<TechniqueCoverage> Pre { get; init; }

    public required ImmutableArray<TechniqueCoverage> Excluded { get; init; }

    public required ImmutableArray<TechniqueCoverage> Software { get; init; }

    public required ImmutableArray<ListedTechnique> OutOfScope { get; init; }

    public Ratio Covered => RatioOf(Techniques);

    /// <summary>As if nothing were excluded.</summary>
    public Ratio CoveredWithExclusions => RatioOf([.. Techniques, .. Excluded]);

    public IEnumerable<TechniqueCoverage> Gaps => Techniques.Where(technique => !technique.IsCovered);

    public int Partial => Techniques.Count(technique => technique.Partial is not null);

    /// <summary>Gaps that an exclusion accepts.</summary>
    public int Accepted => Gaps.Count(gap => gap.Scoped.Accepted is not null);

    /// <summary>In matrix order; a technique of two tactics counts in both. Tactics of which the actor uses nothing are left out.</summary>
    public IEnumerable<(Tactic Tactic, Ratio Covered)> Tactics => Release.Tactics
        .Select(tactic => (tactic, RatioOf([.. Techniques.Where(technique => technique.Technique.Tactics.Contains(tactic.ShortName))])))
        .Where(row => row.Item2.Total > 0);

    /// <summary>By name: pairs of a technique and a platform in scope.</summary>
    public IEnumerable<(string Platform, Ratio Covered)> Platforms => Techniques
        .SelectMany(technique => technique.Scoped.Platforms.Select(platform => (platform, technique)))
        .GroupBy(pair => pair.platform, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => (group.Key, new Ratio(group.Count(pair => pair.technique.IsCovered && pair.technique.Platforms.Contains(group.Key)), group.Count())));

    /// <summary>Platforms of its techniques that are out of scope because no asset group has them, sorted.</summary>
    public ImmutableArray<string> Unowned => Definition.Unowned.IsEmpty ? [] :
    [
        .. Definition.Unowned.Intersect(Techniques.Concat(Excluded).Select(one => one.Technique).Concat(OutOfScope.Select(one => one.Technique)).SelectMany(technique => technique.Platforms)),
    ];

    public int CountAt(Level level) => Techniques.Count(technique => technique.Proofs.Has(level));

    public static ActorCoverage Of(Actor? actor, string name, Scope scope, AttackRelease release, Claims claims, Definition definition, ScopeOptions options)
    {
        ImmutableArray<TechniqueCoverage> Measure(ImmutableArray<ScopedTechnique> techniques) =>
            [.. techniques.Select(technique => TechniqueCoverage.Of(technique, release, claims, definition, options))];
        return new()
        {
            Actor = actor,
            Name = name,
            Release = release,
            Definition = definition,
            Techniques = Measure(scope.Techniques),
            Pre = Measure(scope.Pre),
            Excluded = Measure(scope.Excluded),
            Software = Measure(scope.Software),
            OutOfScope = scope.OutOfScope,
        };
    }

    public static Ratio RatioOf(IReadOnlyCollection<TechniqueCoverage> techniques) => new(techniques.Count(technique => technique.IsCovered), techniques.Count);
}
