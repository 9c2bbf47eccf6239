using System.Globalization;

namespace Merlon.Core.Attack.Stix;

/// <summary>A release that bundles are merged over, as the objects and relationships that it was made of.</summary>
internal static class StixTable
{
    /// <summary>With the days of their last change, as far as the table knows them.</summary>
    public static IEnumerable<StixObject> Objects(AttackRelease release)
    {
        var (techniques, groups, detection) = (release.TechniqueDates, release.GroupDates, release.DetectionDates);
        foreach (var one in Undated(release))
            yield return one with
            {
                Modified = Date(one.Type == StixType.Matrix ? techniques.Newest(release.Tactics.Select(tactic => tactic.Id))
                    : techniques.Find(one.AttackId) ?? groups.Find(one.AttackId) ?? detection.Find(one.AttackId)),
            };
    }

    /// <summary>The days as tables keep them.</summary>
    public static ModifiedDates DatesOf(IEnumerable<StixObject> objects) => new([.. objects.Where(one => one.AttackId.Length > 0 && one.Modified != default)
        .Select(one => new[] { one.Modified.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), TableText.EscapeItem(one.AttackId) })]);

    private static DateTimeOffset Date(string? day) =>
        day is null ? default : DateTimeOffset.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal); // the table was read

    private static IEnumerable<StixObject> Undated(AttackRelease release) =>
    [
        new() { Type = StixType.Matrix, Id = default, References = [.. release.Tactics.Select(tactic => tactic.StixId)] },
        .. release.Tactics.Select(tactic => new StixObject { Type = StixType.Tactic, Id = tactic.StixId, AttackId = tactic.Id, ShortName = tactic.ShortName, Name = tactic.Name }),
        .. release.Techniques.Select(Of),
        .. release.Groups.Select(group => Of(group, StixType.Group)),
        .. release.Software.Select(one => Of(one, one.Kind == SoftwareKind.Tool ? StixType.Tool : StixType.Malware) with { Platforms = one.Platforms }),
        .. release.Campaigns.Select(campaign => Of(campaign, StixType.Campaign)),
        .. release.DataComponents.Select(Of),
        .. release.DetectionStrategies.Select(Of),
        .. release.DetectionStrategies.SelectMany(strategy => strategy.Analytics).Select(analytic => Of(analytic, release)),
    ];

    public static IEnumerable<StixLink> Links(AttackRelease release) =>
    [
        .. release.Techniques.SelectMany(technique => To(StixRelation.RevokedBy, technique.StixId, technique.RevokedBy is { } next ? release.Find(next)?.StixId : null)),
        .. release.Techniques.SelectMany(technique => To(StixRelation.SubTechniqueOf, technique.StixId, technique.Parent is { } parent ? release.Find(parent)?.StixId : null)),
        .. release.Groups.SelectMany(group => Uses(release, group, group.Software).Concat(To(StixRelation.RevokedBy, group.StixId, release.FindGroup(group.RevokedBy ?? "")?.StixId))),
        .. release.Software.SelectMany(one => Uses(release, one, []).Concat(To(StixRelation.RevokedBy, one.StixId, release.FindSoftware(one.RevokedBy ?? "")?.StixId))),
        .. release.Campaigns.SelectMany(campaign => Uses(release, campaign, campaign.Software)
            .Concat(campaign.Groups.SelectMany(group => To(StixRelation.AttributedTo, campaign.StixId, release.FindGroup(group)?.StixId)))
            .Concat(To(StixRelation.RevokedBy, campaign.StixId, release.FindCampaign(campaign.RevokedBy ?? "")?.StixId))),
        .. release.DetectionStrategies.SelectMany(strategy => strategy.Techniques.SelectMany(id => To(StixRelation.Detects, strategy.StixId, release.Find(id)?.StixId))),
    ];

    private static IEnumerable<StixLink> Uses(AttackRelease release, AttackObject source, IEnumerable<string> software) =>
        source.Techniques.SelectMany(id => To(StixRelation.Uses, source.StixId, release.Find(id)?.StixId))
            .Concat(software.SelectMany(id => To(StixRelation.Uses, source.StixId, release.FindSoftware(id)?.StixId)));

    private static IEnumerable<StixLink> To(StixRelation relation, Guid source, Guid? target)
    {
        if (target is { } known)
            yield return new(relation, source, known);
    }

    private static StixObject Of(Technique technique) => new()
    {
        Type = StixType.Technique,
        Id = technique.StixId,
        AttackId = $"{technique.Id}",
        Name = technique.Name,
        Tactics = technique.Tactics,
        Platforms = technique.Platforms,
        Status = technique.Status,
    };

    private static StixObject Of(AttackObject one, StixType type) =>
        new() { Type = type, Id = one.StixId, AttackId = one.Id, Name = one.Name, Aliases = one.Aliases, Status = one.Status };

    private static StixObject Of(DataComponent component) => new()
    {
        Type = StixType.DataComponent,
        Id = component.StixId,
        AttackId = component.Id,
        Name = component.Name,
        LogSources = [.. component.LogSources.Select(source => new StixLogSource(default, source))],
    };

    private static StixObject Of(DetectionStrategy strategy) => new()
    {
        Type = StixType.DetectionStrategy,
        Id = strategy.StixId,
        AttackId = strategy.Id,
        Name = strategy.Name,
        References = [.. strategy.Analytics.Select(analytic => analytic.StixId)],
    };

    private static StixObject Of(Analytic analytic, AttackRelease release) => new()
    {
        Type = StixType.Analytic,
        Id = analytic.StixId,
        AttackId = analytic.Id,
        Platforms = analytic.Platforms,
        LogSources = [.. analytic.LogSources.Select(source => new StixLogSource(release.FindDataComponent(source.DataComponent)?.StixId ?? default, source.LogSource))],
    };
}
