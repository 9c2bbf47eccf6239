namespace Merlon.Core.Attack;

/// <summary>What the parts of a user's table say about each other: a relation that leads nowhere would be a silent gap.</summary>
internal static class TableRelations
{
    /// <returns>What is wrong in the groups part.</returns>
    public static IEnumerable<string> CheckGroups(TechniquePart techniques, GroupPart groups) =>
    [
        .. groups.Groups.SelectMany(group => Check(techniques, group).Concat(Check(groups, group, group.Software, "software"))),
        .. groups.Software.SelectMany(software => Check(techniques, software)),
        .. groups.Campaigns.SelectMany(campaign => Check(techniques, campaign)
            .Concat(Check(groups, campaign, campaign.Software, "software")).Concat(Check(groups, campaign, campaign.Groups, "group"))),
    ];

    /// <returns>What is wrong in the detection part.</returns>
    public static IEnumerable<string> CheckDetection(TechniquePart techniques, DetectionPart detection) =>
        detection.DetectionStrategies.SelectMany(strategy => Check(techniques, strategy.Id, strategy.Techniques));

    private static IEnumerable<string> Check(TechniquePart techniques, AttackObject one) => Check(techniques, one.Id, one.Techniques);

    private static IEnumerable<string> Check(TechniquePart techniques, string owner, IEnumerable<TechniqueId> ids) =>
        ids.Where(id => techniques.Find(id) is not { IsLive: true }).Select(id => $"'{owner}' names {id}, which is no live technique of the release");

    private static IEnumerable<string> Check(GroupPart groups, AttackObject owner, IEnumerable<string> ids, string kind) =>
        ids.Where(id => groups.Find(id) is not { IsLive: true } found || found is Group != (kind == "group") || found is Campaign)
            .Select(id => $"'{owner.Id}' names {id}, which is no live {kind} of the release");
}
