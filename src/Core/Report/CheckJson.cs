using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>The findings of a check as JSON.</summary>
internal static class CheckJson
{
    public static string Write(CheckResult result)
    {
        if (result.Snapshot is not { } snapshot)
            return JsonReport.Write(json =>
            {
                JsonReport.WriteTool(json);
                WriteDiagnostics(json, result, 0, 0);
            });
        return JsonReport.Write(snapshot, json =>
        {
            WriteDiagnostics(json, result, snapshot.Rules.Files, snapshot.Rules.Rules.Length);
            CoverageJson.WriteMembers(json, snapshot);
        });
    }

    private static void WriteDiagnostics(System.Text.Json.Utf8JsonWriter json, CheckResult result, int files, int rules)
    {
        // A finding within a document names the rule that begins last before it.
        var documents = result.Snapshot?.Rules.Rules.ToLookup(rule => rule.Span.Path, StringComparer.Ordinal);
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in result.Diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("id", diagnostic.Info.Id);
            json.WriteString("severity", diagnostic.Severity.Name);
            json.WriteString("message", diagnostic.Message);
            json.WriteString("path", diagnostic.Span.Path);
            json.WriteNumber("line", diagnostic.Span.Line);
            json.WriteNumber("column", diagnostic.Span.Column);
            json.WriteNumber("endLine", diagnostic.Span.EndLine);
            json.WriteNumber("endColumn", diagnostic.Span.EndColumn);
            json.WriteString("help", diagnostic.Info.Page);
            json.WriteString("origin", diagnostic.Origin.Name);
            if (documents?[diagnostic.Span.Path].LastOrDefault(rule => rule.Span.Line <= diagnostic.Span.Line) is { } rule)
            {
                json.WriteStartObject("rule");
                json.WriteString("id", rule.Id);
                json.WriteString("title", rule.Title);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("summary");
        json.WriteNumber("files", files);
        json.WriteNumber("rules", rules);
        json.WriteNumber("errors", result.Reported.Count(diagnostic => diagnostic.Severity == Severity.Error));
        json.WriteNumber("warnings", result.Reported.Count(diagnostic => diagnostic.Severity == Severity.Warning));
        json.WriteNumber("infos", result.Reported.Count(diagnostic => diagnostic.Severity == Severity.Info));
        json.WriteNumber("accepted", result.Diagnostics.Count(diagnostic => diagnostic.IsAccepted));
        json.WriteEndObject();
    }
}
