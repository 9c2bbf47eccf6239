using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Evidence;

namespace Merlon.Core.Coverage;

internal enum GapPriority
{
    Low,
    Medium,
    High,
}

/// <summary>A technique that some actor uses and that is not covered.</summary>
/// <param name="Actors">The names of the actors that have it as a gap.</param>
/// <param name="Near">Rules with its id, its parent's or its sub-techniques', each with what it lacks; the nearest first.</param>
/// <param name="LogSources">What the release's analytics read to detect it, on the platforms in scope: what is collected first, then what most of them read.</param>
/// <param name="IsCollected">Whether something is collected that shows it: what an analytic reads, or a rule that is tagged with it; null without an inventory.</param>
internal sealed record Gap(
    TechniqueCoverage Technique, ImmutableArray<string> Actors, GapPriority Priority, ImmutableArray<Claim> Near, ImmutableArray<string> LogSources, bool? IsCollected)
{
    /// <summary>The summed weight of the actors that use it.</summary>
    public required int Weight { get; init; }

    /// <summary>The highest of the assets on its platforms.</summary>
    public required Criticality Criticality { get; init; }

    public bool IsAccepted => Technique.Scoped.Accepted is not null;

    /// <summary>
    /// The gaps of a program in the order of closing them: required ones, then by the summed weight of the actors, then by the gravest asset, then
    /// those whose log source is collected, then in kill-chain order, then by id. Accepted gaps are silent and come last, with low priority.
    /// </summary>
    /// <param name="library">Claims of community rules, whose log sources count too; null without a library.</param>
    public static ImmutableArray<Gap> Of(ProgramCoverage coverage, LogSourceInventory? inventory, ImmutableArray<AssetGroup> assets, Claims? library = null)
    {
        if (coverage.Union is not { } union)
            return [];
        var tactics = union.Release.Tactics.Select(tactic => tactic.ShortName).ToList();
        return
        [
            .. union.Gaps
                .Select(gap => Of(gap, [.. coverage.Actors.Where(actor => actor.Techniques.Any(own => own.Id == gap.Id))], coverage, inventory, assets, library))
                .OrderBy(gap => gap.IsAccepted)
                .ThenByDescending(gap => gap.Technique.Scoped.IsRequired)
                .ThenByDescending(gap => gap.Weight)
                .ThenByDescending(gap => gap.Criticality)
                .ThenByDescending(gap => gap.IsCollected == true)
                .ThenBy(gap => gap.Technique.Technique.Tactics is [var first, ..] ? tactics.IndexOf(first) : int.MaxValue)
                .ThenBy(gap => gap.Technique.Id),
        ];
    }

    private static Gap Of(TechniqueCoverage gap, ActorCoverage[] users, ProgramCoverage coverage, LogSourceInventory? inventory, ImmutableArray<AssetGroup> assets, Claims? library)
    {
        bool? isCollected = inventory is null ? null : IsShown(gap, coverage.Release, inventory)
            || gap.Claims.Concat(library?.On(gap.Id) ?? []).Any(claim => claim.Rule.LogSource is not null && claim.Level != Level.None && inventory.WhyMissing(claim.Rule) is null);
        var usedByMany = users.Length >= Math.Min(2, coverage.Actors.Length) && users.Length * 2 >= coverage.Actors.Length;
        // What is not known is not held against a gap that many use.
        var priority = gap.Scoped.Accepted is not null ? GapPriority.Low
            : gap.Scoped.IsRequired || (usedByMany && isCollected != false) ? GapPriority.High
            : usedByMany || isCollected == true ? GapPriority.Medium : GapPriority.Low;
        return new(gap, [.. users.Select(user => user.Name)], priority, [.. Neighbours(gap.Id, coverage.Release).SelectMany(coverage.Claims.On)], LogSourcesOf(gap.Id, gap.Scoped.Platforms, coverage.Release, inventory), isCollected)
        {
            Weight = users.Sum(user => user.Techniques.First(own => own.Id == gap.Id).Scoped.Weight),
            Criticality = Gravest(gap, assets),
        };
    }

    private static bool IsShown(TechniqueCoverage gap, AttackRelease release, LogSourceInventory inventory) =>
        References(gap.Id, gap.Scoped.Platforms, release).Any(pair => inventory.IsCollected(pair.Reference, pair.Platform) == true);

    /// <summary>The technique itself, then its parent, then its live sub-techniques.</summary>
    public static IEnumerable<TechniqueId> Neighbours(TechniqueId id, AttackRelease release) =>
        id.IsSubTechnique ? [id, release.ParentOf(id)] : [id, .. release.SubTechniques(id).Select(sub => sub.Id)];

    /// <summary>What the release's analytics read for a technique on some platforms, each with the platform that it is read on.</summary>
    public static IEnumerable<(LogSourceReference Reference, string Platform)> References(TechniqueId id, ImmutableArray<string> platforms, AttackRelease release) =>
        (release.FindStrategy(id)?.Analytics ?? []).SelectMany(analytic => analytic.Platforms.Where(platform => platforms.Contains(platform) || platform == "None")
            .SelectMany(platform => analytic.LogSources.Select(reference => (reference, platform))));

    /// <summary>Names and channels of the log sources that a release's analytics read for a technique on some platforms: what is collected first, then what most analytics read.</summary>
    public static ImmutableArray<string> LogSourcesOf(TechniqueId id, ImmutableArray<string> platforms, AttackRelease release, LogSourceInventory? inventory) =>
    [
        .. References(id, platforms, release)
            .GroupBy(pair => pair.Reference.LogSource.Channel is "None" or "" ? pair.Reference.LogSource.Name : $"{pair.Reference.LogSource.Name} ({pair.Reference.LogSource.Channel})", StringComparer.Ordinal)
            .OrderByDescending(group => group.Any(pair => inventory?.IsCollected(pair.Reference, pair.Platform) == true))
            .ThenByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key),
    ];

    private static Criticality Gravest(TechniqueCoverage gap, ImmutableArray<AssetGroup> assets) =>
        assets.Where(asset => asset.Platforms.Any(gap.Scoped.Platforms.Contains)).Select(asset => asset.Criticality).DefaultIfEmpty().Max();
}
