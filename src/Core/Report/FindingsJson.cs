using System.Text.Json;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Report;

/// <summary>Findings as members of a JSON object.</summary>
internal static class FindingsJson
{
    /// <param name="files">How many were read.</param>
    /// <param name="rules">How many rules they hold.</param>
    public static void WriteMembers(Utf8JsonWriter json, Findings findings, int files, int rules)
    {
        WriteDiagnostics(json, findings);
        json.WriteStartObject("summary");
        json.WriteNumber("files", files);
        json.WriteNumber("rules", rules);
        json.WriteNumber("errors", findings.Count(Severity.Error));
        json.WriteNumber("warnings", findings.Count(Severity.Warning));
        json.WriteNumber("infos", findings.Count(Severity.Info));
        json.WriteNumber("accepted", findings.Diagnostics.Count(diagnostic => diagnostic.IsAccepted));
        json.WriteEndObject();
    }

    public static void WriteDiagnostics(Utf8JsonWriter json, Findings findings)
    {
        json.WriteStartArray("diagnostics");
        foreach (var (diagnostic, fingerprint) in findings.Diagnostics.Zip(findings.Fingerprints))
            WriteDiagnostic(json, findings, diagnostic, fingerprint);
        json.WriteEndArray();
    }

    private static void WriteDiagnostic(Utf8JsonWriter json, Findings findings, Diagnostic diagnostic, string fingerprint)
    {
        json.WriteStartObject();
        json.WriteString("id", diagnostic.Info.Id);
        json.WriteString("severity", diagnostic.Severity.Name);
        json.WriteString("message", diagnostic.Message);
        json.WriteString("path", diagnostic.Span.Path);
        WriteSpan(json, diagnostic.Span);
        json.WriteString("help", diagnostic.Info.Page);
        json.WriteString("origin", diagnostic.Origin.Name);
        json.WriteString("fingerprint", fingerprint);
        if (findings.RuleOf(diagnostic) is { } rule)
        {
            json.WriteStartObject("rule");
            json.WriteString("id", rule.Id?.Value);
            json.WriteString("title", rule.Title?.Value ?? rule.Path);
            json.WriteEndObject();
        }
        if (diagnostic.Fix is { } fix)
            WriteFix(json, fix);
        json.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter json, Fix fix)
    {
        json.WriteStartObject("fix");
        json.WriteString("title", fix.Title);
        json.WriteBoolean("safe", fix.IsSafe);
        json.WriteStartArray("edits");
        foreach (var edit in fix.Edits)
        {
            json.WriteStartObject();
            WriteSpan(json, edit.Span);
            json.WriteString("newText", edit.NewText);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter json, SourceSpan span)
    {
        json.WriteNumber("line", span.Line);
        json.WriteNumber("column", span.Column);
        json.WriteNumber("endLine", span.EndLine);
        json.WriteNumber("endColumn", span.EndColumn);
    }
}
