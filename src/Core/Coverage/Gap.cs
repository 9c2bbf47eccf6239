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
/// <param name="LogSources">What the release's analytics read to detect it, on the platforms in scope.</param>
/// <param name="IsCollected">Whether a rule near it reads a log source that is collected; null when nothing is known.</param>
internal sealed record Gap(
    TechniqueCoverage Technique, ImmutableArray<string> Actors, GapPriority Priority, ImmutableArray<Claim> Near, ImmutableArray<string> LogSources, bool? IsCollected)
{
    /// <summary>
    /// The gaps of a program in the order of closing them: required ones, then by the summed weight of the actors, then by the gravest asset,
    /// then in kill-chain order, then by id. Accepted gaps are silent and come last, with low priority.
    /// </summary>
    public static ImmutableArray<Gap> Of(ProgramCoverage coverage, LogSourceInventory? inventory, ImmutableArray<AssetGroup> assets, DateOnly date)
    {
        if (coverage.Union is not { } union)
            return [];
        inventory = inventory?.On(date);
        return
        [
            .. union.Gaps
                .Select(gap => (Gap: gap, Users: coverage.Actors.Where(actor => actor.Techniques.Any(own => own.Id == gap.Id)).ToArray()))
                .Select(row => (row.Gap, row.Users, Weight: row.Users.Sum(user => user.Techniques.First(own => own.Id == row.Gap.Id).Scoped.Weight)))
                .OrderBy(row => row.Gap.Scoped.Accepted is not null)
                .ThenByDescending(row => row.Gap.Scoped.IsRequired)
                .ThenByDescending(row => row.Weight)
                .ThenByDescending(row => Gravest(row.Gap, assets))
                .ThenBy(row => row.Gap.Technique.Tactics is [var first, ..] ? union.Release.Tactics.Select(tactic => tactic.ShortName).ToList().IndexOf(first) : int.MaxValue)
                .ThenBy(row => row.Gap.Id)
                .Select(row => Of(row.Gap, row.Users, coverage, inventory)),
        ];
    }

    private static Gap Of(TechniqueCoverage gap, ActorCoverage[] users, ProgramCoverage coverage, LogSourceInventory? inventory)
    {
        ImmutableArray<Claim> near = [.. Neighbours(gap.Id, coverage.Release).SelectMany(coverage.Claims.On)];
        bool? isCollected = inventory is null ? null : near.Any(claim => inventory.WhyMissing(claim.Rule) is null);
        var usedByMany = users.Length >= Math.Min(2, coverage.Actors.Length) && users.Length * 2 >= coverage.Actors.Length;
        var priority = gap.Scoped.Accepted is not null ? GapPriority.Low
            : gap.Scoped.IsRequired || (usedByMany && isCollected != false) ? GapPriority.High
            : usedByMany || isCollected == true ? GapPriority.Medium : GapPriority.Low;
        return new(gap, [.. users.Select(user => user.Name)], priority, near, LogSourcesOf(gap, coverage.Release), isCollected);
    }

    /// <summary>The technique itself, then its parent, then its live sub-techniques.</summary>
    public static IEnumerable<TechniqueId> Neighbours(TechniqueId id, AttackRelease release) =>
        id.IsSubTechnique ? [id, release.ParentOf(id)] : [id, .. release.SubTechniques(id).Select(sub => sub.Id)];

    private static ImmutableArray<string> LogSourcesOf(TechniqueCoverage gap, AttackRelease release) => LogSourcesOf(gap.Id, gap.Scoped.Platforms, release);

    /// <summary>Names and channels of the log sources that a release's analytics read for a technique on some platforms: those that most analytics read first.</summary>
    public static ImmutableArray<string> LogSourcesOf(TechniqueId id, ImmutableArray<string> platforms, AttackRelease release) =>
    [
        .. (release.FindStrategy(id)?.Analytics ?? [])
            .Where(analytic => analytic.Platforms.Any(platforms.Contains) || analytic.Platforms is ["None"])
            .SelectMany(analytic => analytic.LogSources)
            .GroupBy(reference => reference.LogSource.Channel is "None" or "" ? reference.LogSource.Name : $"{reference.LogSource.Name} ({reference.LogSource.Channel})", StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key),
    ];

    private static Criticality Gravest(TechniqueCoverage gap, ImmutableArray<AssetGroup> assets) =>
        assets.Where(asset => asset.Platforms.Any(gap.Scoped.Platforms.Contains)).Select(asset => asset.Criticality).DefaultIfEmpty().Max();
}
