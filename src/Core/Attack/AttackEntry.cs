using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>Everything a release says of one object, as labels and values, for showing.</summary>
internal sealed record AttackEntry(AttackRelease Release, string Id, string Name, string Kind, ImmutableArray<(string Label, ImmutableArray<string> Values)> Facts)
{
    /// <summary>There for a group.</summary>
    public Group? Group { get; init; }

    /// <summary>For a group: what its software uses, whether or not it uses the same directly.</summary>
    public ImmutableArray<TechniqueId> SoftwareTechniques => Distinct((Group?.Software ?? []).Select(Release.FindSoftware).OfType<Software>());

    /// <summary>For a group: what the campaigns attributed to it use.</summary>
    public ImmutableArray<TechniqueId> CampaignTechniques => Group is null ? [] : Distinct(CampaignsOf(Release, Group.Id));

    /// <summary>The objects of a release that a text names: a technique, tactic, strategy or data component by id, else groups, software and campaigns by id, name or alias.</summary>
    public static IEnumerable<AttackEntry> Find(AttackRelease release, string text)
    {
        if (TechniqueId.TryParse(text, out var id))
            return release.Find(id) is { } technique ? [Of(release, technique)] : [];
        if (release.FindTactic(text) is { } tactic)
            return [Of(release, tactic)];
        if (release.FindDataComponent(text) is { } component)
            return [new(release, component.Id, component.Name, "data component", [("log sources", [.. component.LogSources.Select(Describe)])])];
        if (release.DetectionStrategies.FirstOrDefault(strategy => string.Equals(strategy.Id, text, StringComparison.OrdinalIgnoreCase)) is { } strategy)
            return [Of(release, strategy)];
        return release.FindByName(text).Select(found => Of(release, found));
    }

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

    private static AttackEntry Of(AttackRelease release, AttackObject found) => new(release, found.Id, found.Name, KindOf(found),
    [
        ("status", [StatusOf(found.Status, found.RevokedBy)]),
        ("aliases", found.Aliases),
        ("techniques", [.. found.Techniques.Select(technique => technique.ToString())]),
        ("platforms", found is Software { Platforms: var platforms } ? platforms : []),
        ("software", found switch { Group group => group.Software, Campaign campaign => campaign.Software, _ => [] }),
        ("groups", found is Campaign { Groups: var groups } ? groups : []),
        ("campaigns", found is Group ? [.. CampaignsOf(release, found.Id).Select(campaign => campaign.Id)] : []),
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
