using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>Everything a release says of one object, as labels and values, for showing.</summary>
internal sealed record AttackEntry(AttackRelease Release, string Id, string Name, string Kind, ImmutableArray<(string Label, ImmutableArray<string> Values)> Facts)
{
    /// <summary>There for a group.</summary>
    public Group? Group { get; init; }

    /// <summary>The other domains that know this id or name, where several were asked.</summary>
    public ImmutableArray<AttackDomain> AlsoIn { get; init; } = [];

    /// <summary>For a group: what its software uses, whether or not it uses the same directly.</summary>
    public ImmutableArray<TechniqueId> SoftwareTechniques => Distinct((Group?.Software ?? []).Select(Release.FindSoftware).OfType<Software>());

    /// <summary>For a group: what the campaigns attributed to it use.</summary>
    public ImmutableArray<TechniqueId> CampaignTechniques => Group is null ? [] : Distinct(CampaignsOf(Release, Group.Id));

    /// <summary>What the first of some releases that knows a text has under it; each object says which of the others know its id, too.</summary>
    public static ImmutableArray<AttackEntry> Find(IReadOnlyCollection<AttackRelease> releases, string text)
    {
        var found = releases.Select(release => Find(release, text).ToArray()).FirstOrDefault(entries => entries.Length > 0) ?? [];
        return [.. found.Select(entry => entry with { AlsoIn = [.. releases.Where(other => other != entry.Release && Find(other, entry.Id.Length > 0 ? entry.Id : entry.Name).Any()).Select(other => other.Domain)] })];
    }

    /// <summary>
    /// The objects of a release that a text names: a technique, strategy or analytic by id, a tactic or data component by id or name, else groups,
    /// software and campaigns by id, name or alias.
    /// </summary>
    public static IEnumerable<AttackEntry> Find(AttackRelease release, string text)
    {
        if (TechniqueId.TryParse(text, out var id))
            return release.Find(id) is { } technique ? [Of(release, technique)] : [];
        if ((release.FindTactic(text) ?? release.Tactics.FirstOrDefault(tactic => IsSame(tactic.Name, text))) is { } tactic)
            return [Of(release, tactic)];
        if ((release.FindDataComponent(text) ?? release.DataComponents.FirstOrDefault(component => IsSame(component.Name, text))) is { } component)
            return [Of(release, component)];
        if (release.DetectionStrategies.FirstOrDefault(strategy => IsSame(strategy.Id, text)) is { } strategy)
            return [Of(release, strategy)];
        if (release.DetectionStrategies.SelectMany(one => one.Analytics.Select(analytic => (Strategy: one, Analytic: analytic))).FirstOrDefault(pair => IsSame(pair.Analytic.Id, text)) is { Analytic: { } analytic } pair)
            return [Of(release, pair.Strategy, analytic)];
        return release.FindByName(text).Select(found => Of(release, found));
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static AttackEntry Of(AttackRelease release, Technique technique) => new(release, technique.Id.ToString(), technique.Name, technique.Id.IsSubTechnique ? "sub-technique" : "technique",
    [
        ("status", [StatusOf(technique.Status, release.FinalReplacement(technique.Id)?.Id.ToString())]),
        ("tactics", technique.Tactics),
        ("platforms", technique.Platforms),
        ("parent", technique.Id.IsSubTechnique ? [$"{release.ParentOf(technique.Id)} {release.Find(release.ParentOf(technique.Id))?.Name}"] : []),
        ("sub-techniques", technique.Id.IsSubTechnique ? [] : [.. release.SubTechniques(technique.Id).Select(sub => $"{sub.Id} {sub.Name}")]),
        ("groups", UsersOf(release.Groups, technique.Id)),
        ("software", UsersOf(release.Software, technique.Id)),
        ("campaigns", UsersOf(release.Campaigns, technique.Id)),
        ("strategy", release.FindStrategy(technique.Id) is { } strategy ? [$"{strategy.Id} {strategy.Name}"] : []),
        ("log sources", [.. (release.FindStrategy(technique.Id)?.Analytics ?? []).SelectMany(analytic => analytic.LogSources).Select(reference => Describe(reference.LogSource)).Distinct().Order(StringComparer.Ordinal)]),
    ]);

    private static AttackEntry Of(AttackRelease release, Tactic tactic) => new(release, tactic.Id, tactic.Name, "tactic",
    [
        ("short name", [tactic.ShortName]),
        ("techniques", [.. release.Techniques.Where(technique => technique.IsLive && technique.Tactics.Contains(tactic.ShortName)).Select(technique => technique.Id.ToString())]),
    ]);

    private static AttackEntry Of(AttackRelease release, DetectionStrategy strategy) => new(release, strategy.Id, strategy.Name, "detection strategy",
    [
        ("techniques", [.. strategy.Techniques.Select(technique => technique.ToString())]),
        ("analytics", [.. strategy.Analytics.Select(analytic => $"{analytic.Id} ({string.Join(", ", analytic.Platforms)})")]),
        ("log sources", [.. strategy.Analytics.SelectMany(analytic => analytic.LogSources).Select(reference => Describe(reference.LogSource)).Distinct().Order(StringComparer.Ordinal)]),
    ]);

    private static AttackEntry Of(AttackRelease release, DetectionStrategy strategy, Analytic analytic) => new(release, analytic.Id, strategy.Name, "analytic",
    [
        ("strategy", [$"{strategy.Id} {strategy.Name}"]),
        ("techniques", [.. strategy.Techniques.Select(technique => technique.ToString())]),
        ("platforms", analytic.Platforms),
        ("log sources", [.. analytic.LogSources.Select(reference => Describe(reference.LogSource)).Distinct()]),
    ]);

    private static AttackEntry Of(AttackRelease release, DataComponent component) => new(release, component.Id, component.Name, "data component",
    [
        // Its log sources are many, and what reads it is what they are looked up for.
        ("strategies", [.. component.Id.Length == 0 ? [] : release.DetectionStrategies.Where(strategy => Reads(strategy, component)).Select(strategy => strategy.Id)]),
        ("techniques", [.. component.Id.Length == 0 ? [] : release.DetectionStrategies.Where(strategy => Reads(strategy, component)).SelectMany(strategy => strategy.Techniques).Distinct().Order().Select(technique => technique.ToString())]),
        ("log sources", [.. component.LogSources.Select(Describe)]),
    ]);

    private static bool Reads(DetectionStrategy strategy, DataComponent component) => strategy.Analytics.Any(analytic => analytic.LogSources.Any(reference => reference.DataComponent == component.Id));

    private static AttackEntry Of(AttackRelease release, AttackObject found) => new(release, found.Id, found.Name, KindOf(found),
    [
        ("status", [StatusOf(found.Status, found.RevokedBy)]),
        ("aliases", found.Aliases),
        ("techniques", [.. found.Techniques.Select(technique => technique.ToString())]),
        ("platforms", found is Software { Platforms: var platforms } ? platforms : []),
        ("software", found switch { Group group => group.Software, Campaign campaign => campaign.Software, _ => [] }),
        ("groups", found switch { Campaign campaign => campaign.Groups, Software software => [.. release.Groups.Where(group => group.IsLive && group.Software.Contains(software.Id)).Select(group => $"{group.Id} {group.Name}")], _ => [] }),
        ("campaigns", found switch { Group group => [.. CampaignsOf(release, group.Id).Select(campaign => campaign.Id)], Software software => [.. release.Campaigns.Where(campaign => campaign.IsLive && campaign.Software.Contains(software.Id)).Select(campaign => $"{campaign.Id} {campaign.Name}")], _ => [] }),
    ])
    { Group = found as Group };

    private static IEnumerable<Campaign> CampaignsOf(AttackRelease release, string group) => release.Campaigns.Where(campaign => campaign.IsLive && campaign.Groups.Contains(group));

    private static ImmutableArray<string> UsersOf(IEnumerable<AttackObject> objects, TechniqueId id) =>
        [.. objects.Where(one => one.IsLive && one.Techniques.Contains(id)).Select(one => $"{one.Id} {one.Name}")];

    private static ImmutableArray<TechniqueId> Distinct(IEnumerable<AttackObject> objects) => [.. objects.Where(one => one.IsLive).SelectMany(one => one.Techniques).Distinct().Order()];

    private static string KindOf(AttackObject found) => found switch { Attack.Group => "group", Software software => software.Kind.Name, _ => "campaign" };

    private static string StatusOf(ObjectStatus status, string? replacement) => status switch
    {
        ObjectStatus.Live => "live",
        ObjectStatus.Revoked => replacement is null ? "revoked" : $"revoked by {replacement}",
        _ => "deprecated",
    };

    private static string Describe(LogSource source) => source.Channel is "None" or "" ? source.Name : $"{source.Name} ({source.Channel})";
}
