using System.Collections.Immutable;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>The forms that findings are written in. Text and JSON are each command's own.</summary>
internal static class FindingFormats
{
    public static ImmutableArray<string> Names { get; } = ["text", "json", "sarif", "github", "gitlab", "junit", "msbuild"];

    // They are uploaded and shown to whoever may see the repository or its builds. The others are for those who have the files.
    private static readonly ImmutableArray<string> Published = ["sarif", "github", "gitlab", "junit"];

    /// <summary>What checks found, without what profiles keep back where the form is published.</summary>
    /// <param name="isPrivate">Whether a form that is published has everything all the same.</param>
    /// <returns>As <see cref="Write(string, Findings)"/>.</returns>
    public static string? Write(string format, bool isPrivate, params IReadOnlyCollection<CheckResult> results) =>
        Write(format, isPrivate || !Published.Contains(format) ? Findings.Of(results) : Findings.Published(results));

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
