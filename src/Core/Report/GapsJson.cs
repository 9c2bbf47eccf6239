using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Coverage;
using Merlon.Core.Evidence;
using Merlon.Core.Plan;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>Gaps as JSON.</summary>
internal static class GapsJson
{
    public static string Write(Snapshot snapshot) => Write(snapshot, snapshot.Backlogs);

    public static string Write(Snapshot snapshot, ImmutableArray<Backlog> backlogs) => JsonReport.Write(snapshot, json =>
    {
        json.WriteString("telemetry", snapshot.Config.Inventory is null ? "unknown" : "inventory");
        json.WriteStartArray("gaps");
        foreach (var backlog in backlogs)
            foreach (var gap in backlog.Gaps)
                WriteGap(json, gap, backlog);
        json.WriteEndArray();
    });

    public static void WriteGap(Utf8JsonWriter json, Gap gap, Backlog backlog)
    {
        json.WriteStartObject();
        json.WriteString("id", gap.Technique.Id.ToString());
        json.WriteString("name", gap.Technique.Technique.Name);
        JsonReport.WriteStrings(json, "tactics", gap.Technique.Technique.Tactics);
        json.WriteString("priority", gap.Priority.ToString().ToLowerInvariant());
        json.WriteBoolean("required", gap.Technique.Scoped.IsRequired);
        json.WriteBoolean("accepted", gap.IsAccepted);
        WriteOrder(json, gap);
        JsonReport.WriteStrings(json, "actors", gap.Actors);
        JsonReport.WriteStrings(json, "platforms", gap.Technique.Scoped.Platforms);
        JsonReport.WriteStrings(json, "logSources", gap.LogSources);
        json.WriteString("effort", backlog.EffortOf(gap).Name);
        WriteExposure(json, Exposure.Of(gap.Technique, backlog.Assets));
        json.WriteStartArray("near");
        foreach (var claim in gap.Near)
            JsonReport.WriteRule(json, claim);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What decides the place of a gap among the others.</summary>
    public static void WriteOrder(Utf8JsonWriter json, Gap gap)
    {
        json.WriteNumber("weight", gap.Weight);
        json.WriteString("criticality", gap.Criticality.ToString().ToLowerInvariant());
        if (gap.IsCollected is { } isCollected)
            json.WriteBoolean("collected", isCollected);
        else
            json.WriteNull("collected");
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
