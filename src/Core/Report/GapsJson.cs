using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Coverage;
using Merlon.Core.Evidence;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>Gaps as JSON.</summary>
internal static class GapsJson
{
    public static string Write(Snapshot snapshot) => JsonReport.Write(snapshot, json =>
    {
        json.WriteStartArray("gaps");
        foreach (var coverage in snapshot.Coverage)
            foreach (var gap in Gap.Of(coverage, snapshot.Config.Inventory, snapshot.Config.Assets, snapshot.Date))
                WriteGap(json, gap, snapshot.Config.Assets);
        json.WriteEndArray();
    });

    public static void WriteGap(Utf8JsonWriter json, Gap gap, ImmutableArray<AssetGroup> assets)
    {
        json.WriteStartObject();
        json.WriteString("id", gap.Technique.Id.ToString());
        json.WriteString("name", gap.Technique.Technique.Name);
        JsonReport.WriteStrings(json, "tactics", gap.Technique.Technique.Tactics);
        json.WriteString("priority", gap.Priority.ToString().ToLowerInvariant());
        json.WriteBoolean("required", gap.Technique.Scoped.IsRequired);
        json.WriteBoolean("accepted", gap.Technique.Scoped.Accepted is not null);
        JsonReport.WriteStrings(json, "actors", gap.Actors);
        JsonReport.WriteStrings(json, "platforms", gap.Technique.Scoped.Platforms);
        JsonReport.WriteStrings(json, "logSources", gap.LogSources);
        json.WriteString("effort", GapsText.EffortOf(gap));
        WriteExposure(json, Exposure.Of(gap.Technique, assets));
        json.WriteStartArray("near");
        foreach (var claim in gap.Near)
            JsonReport.WriteRule(json, claim);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The text and its parts; nothing where no asset group is exposed.</summary>
    public static void WriteExposure(Utf8JsonWriter json, ImmutableArray<AssetGroup> groups)
    {
        if (groups.IsEmpty)
            return;
        json.WriteString("exposure", Exposure.TextOf(groups));
        json.WriteStartArray("exposes");
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteString("name", group.Name);
            if (group.Number is { } number)
                json.WriteNumber("number", number);
            if (group.Criticality != Criticality.Unknown)
                json.WriteString("criticality", Exposure.Word(group.Criticality));
            JsonReport.WriteStrings(json, "platforms", group.Platforms);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
