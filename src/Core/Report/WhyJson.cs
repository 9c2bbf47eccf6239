using Merlon.Core.Coverage;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>The answer of <c>merlon why</c> as JSON.</summary>
internal static class WhyJson
{
    public static string Write(Snapshot snapshot, Why why) => JsonReport.Write(snapshot, json =>
    {
        json.WriteString("id", why.Technique.Id.ToString());
        json.WriteString("name", why.Technique.Name);
        JsonReport.WriteStrings(json, "tactics", why.Technique.Tactics);
        JsonReport.WriteStrings(json, "platforms", why.Technique.Platforms);
        json.WriteStartArray("actors");
        foreach (var (actor, coverage) in why.Users)
        {
            json.WriteStartObject();
            json.WriteString("name", actor.Name);
            JsonReport.WriteStrings(json, "sources", coverage.Scoped.Listed.Sources);
            json.WriteString("level", coverage.Level.Name);
            json.WriteBoolean("covered", coverage.IsCovered);
            JsonReport.WriteStrings(json, "platforms", coverage.Platforms);
            json.WriteString("state", WhyText.StateOf(actor, coverage));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        GapsJson.WriteExposure(json, why.Exposed);
        json.WriteStartArray("rules");
        foreach (var claim in why.Claims)
            JsonReport.WriteRule(json, claim);
        json.WriteEndArray();
        json.WriteStartArray("remedies");
        foreach (var remedy in why.Remedies)
        {
            json.WriteStartObject();
            json.WriteString("lack", remedy.Lack);
            JsonReport.WriteStrings(json, "opens", remedy.Opens.Select(id => id.ToString()));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        JsonReport.WriteStrings(json, "logSources", why.LogSources);
    });
}
