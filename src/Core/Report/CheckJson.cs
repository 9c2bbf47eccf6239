using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>The findings of a check as JSON, with the coverage that it measured.</summary>
internal static class CheckJson
{
    public static string Write(CheckResult result)
    {
        var findings = Findings.OfAll(result);
        if (result.Snapshot is not { } snapshot)
            return JsonReport.Write(json =>
            {
                JsonReport.WriteTool(json);
                FindingsJson.WriteMembers(json, findings, 0, 0);
            });
        return JsonReport.Write(snapshot, json =>
        {
            FindingsJson.WriteMembers(json, findings, snapshot.Rules.Files, snapshot.Rules.Rules.Length);
            CoverageJson.WriteMembers(json, snapshot);
            if (result.Verdict is not { HasBase: true } verdict)
                return;
            json.WriteStartObject("gate");
            GateJson.WriteMembers(json, verdict);
            json.WriteEndObject();
        });
    }

    /// <summary>The verdict of a check, in the form of <c>gate</c> and <c>diff</c>.</summary>
    public static string WriteGate(CheckResult result) =>
        result is { Snapshot: { } snapshot, Verdict: { } verdict } ? GateJson.Write(snapshot.Config, snapshot.Date, verdict, Findings.OfAll(result)) : Write(result);
}
