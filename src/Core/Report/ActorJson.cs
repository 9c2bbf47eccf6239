using System.Globalization;
using System.Text.Json;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Gate;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>The actors of a program as JSON. A program of several domains has a row for each actor in each domain.</summary>
internal static class ActorJson
{
    public static string List(Snapshot snapshot) => JsonReport.Write(snapshot, json =>
    {
        json.WriteStartArray("actors");
        foreach (var actor in snapshot.Coverage.SelectMany(coverage => coverage.Actors))
            if (actor.Actor is { } known)
            {
                json.WriteStartObject();
                WriteProfile(json, snapshot, actor, known.Profile);
                json.WriteEndObject();
            }
        json.WriteEndArray();
    });

    public static string Show(Snapshot snapshot) => JsonReport.Write(snapshot, json =>
    {
        json.WriteStartArray("actors");
        foreach (var actor in snapshot.Coverage.SelectMany(coverage => coverage.Actors))
            if (actor.Actor is { } known)
                WriteView(json, snapshot, ActorView.Of(actor, known));
        json.WriteEndArray();
    });

    private static void WriteView(Utf8JsonWriter json, Snapshot snapshot, ActorView view)
    {
        json.WriteStartObject();
        WriteProfile(json, snapshot, view.Coverage, view.Actor.Profile);
        json.WriteStartArray("sources");
        foreach (var source in view.Sources)
        {
            json.WriteStartObject();
            json.WriteString("id", source.Id);
            json.WriteString("name", source.Name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("inScope");
        foreach (var technique in view.Coverage.Techniques)
        {
            var scoped = technique.Scoped;
            json.WriteStartObject();
            json.WriteString("id", technique.Id.ToString());
            json.WriteString("name", technique.Technique.Name);
            JsonReport.WriteStrings(json, "tactics", technique.Technique.Tactics);
            JsonReport.WriteStrings(json, "platforms", scoped.Platforms);
            JsonReport.WriteStrings(json, "from", scoped.Listed.Sources);
            json.WriteBoolean("required", scoped.IsRequired);
            json.WriteNumber("weight", scoped.Weight);
            json.WriteString("source", scoped.Listed.Own?.Source);
            json.WriteString("note", scoped.Listed.Own?.Note);
            json.WriteString("accepted", scoped.Accepted?.Reason);
            json.WriteString("level", technique.Level.Name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("leftOut");
        foreach (var left in view.LeftOut)
        {
            json.WriteStartObject();
            json.WriteString("id", left.Technique.Id.ToString());
            json.WriteString("name", left.Technique.Name);
            JsonReport.WriteStrings(json, "from", left.Sources);
            json.WriteString("group", left.Title);
            json.WriteString("reason", left.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteProfile(Utf8JsonWriter json, Snapshot snapshot, ActorCoverage actor, ActorProfile profile)
    {
        json.WriteString("name", profile.Name);
        json.WriteString("domain", actor.Release.Domain.Name);
        json.WriteString("file", profile.Span.Path.Length == 0 ? null : profile.Span.Path);
        JsonReport.WriteStrings(json, "from", profile.From.Select(source => source.Value));
        json.WriteString("description", profile.Description);
        JsonReport.WriteStrings(json, "sectors", profile.Sectors);
        json.WriteString("reviewed", profile.Reviewed is var (day, _) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null);
        json.WriteString("tlp", profile.Tlp);
        JsonReport.WriteRatio(json, actor.Covered);
        if (Floors.TargetOf(actor, snapshot.Config.Targets) is { } target)
            json.WriteNumber("target", target.Percent);
        else
            json.WriteNull("target");
    }

    public static string Suggest(ActorSuggestions result) => JsonReport.Write(json =>
    {
        JsonReport.WriteTool(json);
        json.WriteString("release", result.Release?.Version);
        JsonReport.WriteStrings(json, "sectors", result.Sectors);
        JsonReport.WriteStrings(json, "countries", result.Countries);
        json.WriteStartArray("actors");
        foreach (var suggestion in result.Suggestions ?? [])
        {
            json.WriteStartObject();
            json.WriteString("name", suggestion.Name);
            json.WriteString("attack", suggestion.Known?.Id);
            json.WriteNumber("matches", suggestion.Matches);
            JsonReport.WriteStrings(json, "sectors", suggestion.Sectors);
            JsonReport.WriteStrings(json, "countries", suggestion.Countries);
            JsonReport.WriteStrings(json, "clusters", suggestion.ClusterIds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
