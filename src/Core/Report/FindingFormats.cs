using System.Collections.Immutable;

namespace Merlon.Core.Report;

/// <summary>The forms that findings are written in. Text and JSON are each command's own.</summary>
internal static class FindingFormats
{
    public static ImmutableArray<string> Names { get; } = ["text", "json", "sarif", "github", "gitlab", "junit", "msbuild"];

    /// <summary>One that is the same for every command; null for text and JSON.</summary>
    public static string? Write(string format, Findings findings) => format switch
    {
        "sarif" => Sarif.Write(findings),
        "github" => GitHubAnnotations.Write(findings),
        "gitlab" => GitLabCodeQuality.Write(findings),
        "junit" => JUnit.Write(findings),
        "msbuild" => TextReport.Write(findings.Diagnostics),
        _ => null,
    };
}
