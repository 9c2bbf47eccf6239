using Merlon.Core.Attack;

namespace Merlon.Core.Report;

/// <summary>What a release says, for programs.</summary>
internal static class AttackJson
{
    public static string List(IReadOnlyCollection<AttackRelease> releases) => JsonReport.Write(json =>
    {
        JsonReport.WriteTool(json);
        json.WriteStartArray("releases");
        foreach (var release in releases)
        {
            json.WriteStartObject();
            json.WriteString("domain", release.Domain.Name);
            json.WriteString("release", release.Version);
            json.WriteBoolean("rebuilt", release.IsRebuilt);
            json.WriteNumber("techniques", release.Techniques.Count(technique => technique is { IsLive: true, Id.IsSubTechnique: false }));
            json.WriteNumber("subTechniques", release.Techniques.Count(technique => technique is { IsLive: true, Id.IsSubTechnique: true }));
            json.WriteNumber("tactics", release.Tactics.Length);
            json.WriteNumber("groups", release.Groups.Count(group => group.IsLive));
            json.WriteNumber("software", release.Software.Count(software => software.IsLive));
            json.WriteNumber("campaigns", release.Campaigns.Count(campaign => campaign.IsLive));
            json.WriteString("copyright", release.Copyright);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <param name="entries">What one text names; the first is shown whole, and what else has the name by its id.</param>
    public static string Show(IReadOnlyCollection<AttackEntry> entries) => JsonReport.Write(json =>
    {
        JsonReport.WriteTool(json);
        var first = entries.First();
        json.WriteString("id", first.Id);
        json.WriteString("name", first.Name);
        json.WriteString("kind", first.Kind);
        json.WriteString("domain", first.Release.Domain.Name);
        json.WriteString("release", first.Release.Version);
        JsonReport.WriteStrings(json, "alsoIn", first.AlsoIn.Select(domain => domain.Name));
        json.WriteStartArray("others");
        foreach (var other in entries.Skip(1))
        {
            json.WriteStartObject();
            json.WriteString("id", other.Id);
            json.WriteString("name", other.Name);
            json.WriteString("kind", other.Kind);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (first.Group is { } group)
        {
            json.WriteStartObject("techniques");
            JsonReport.WriteStrings(json, "direct", group.Techniques.Select(id => id.ToString()));
            JsonReport.WriteStrings(json, "software", first.SoftwareTechniques.Select(id => id.ToString()));
            JsonReport.WriteStrings(json, "campaigns", first.CampaignTechniques.Select(id => id.ToString()));
            json.WriteEndObject();
        }
        json.WriteStartObject("facts");
        foreach (var (label, values) in first.Facts)
            JsonReport.WriteStrings(json, label, values);
        json.WriteEndObject();
    });
}
