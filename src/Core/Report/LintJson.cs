using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>The findings of <c>merlon lint</c> as JSON, and the files that fixes changed.</summary>
internal static class LintJson
{
    public static string Write(LintResult result)
    {
        var findings = Findings.OfAll(result);
        if (result is not { Rules: { } rules, Files.Config: { } config })
            return JsonReport.Write(json =>
            {
                JsonReport.WriteTool(json);
                FindingsJson.WriteMembers(json, findings, 0, 0);
            });
        return JsonReport.Write(config, result.Date, json =>
        {
            FindingsJson.WriteMembers(json, findings, rules.Files, rules.Rules.Length);
            json.WriteStartArray("fixed");
            foreach (var file in result.Fixed)
            {
                json.WriteStartObject();
                json.WriteString("path", file.Path);
                json.WriteNumber("findings", file.Applied.Length);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }
}
