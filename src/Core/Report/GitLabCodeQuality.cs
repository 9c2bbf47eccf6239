using Merlon.Core.Diagnostics;

namespace Merlon.Core.Report;

/// <summary>Findings as a Code Quality report of GitLab (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).</summary>
internal static class GitLabCodeQuality
{
    public static string Write(Findings findings) => JsonReport.WriteArray(json =>
    {
        foreach (var (diagnostic, fingerprint) in findings.Diagnostics.Zip(findings.Fingerprints))
        {
            json.WriteStartObject();
            json.WriteString("description", $"{diagnostic.Info.Id}: {diagnostic.Message}");
            json.WriteString("check_name", diagnostic.Info.Id);
            json.WriteString("fingerprint", fingerprint);
            json.WriteString("severity", diagnostic.Severity switch { Severity.Error => "critical", Severity.Warning => "minor", _ => "info" });
            json.WriteStartObject("location");
            json.WriteString("path", Findings.PathOf(diagnostic));
            json.WriteStartObject("lines");
            json.WriteNumber("begin", diagnostic.Span.Line);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
    });
}
