using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Tasks;

/// <summary>A finding as the build log shows it.</summary>
/// <param name="File">Full path.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in UTF-16 code units.</param>
internal sealed record SavedFinding(string Id, string Severity, string File, int Line, int Column, string Message)
{
    public bool IsPossible => Severity is "error" or "warning" or "info" && Line > 0 && Column > 0;
}

/// <summary>What a check said, kept so that a build with nothing changed says it again.</summary>
/// <param name="Key">Stands for the tool and for all that the check read.</param>
/// <param name="Watched">What the key was made of, to make it again.</param>
/// <param name="Base">What the base was found from; null where none was.</param>
internal sealed record SavedReport(string Key, Watched Watched, BaseStamp? Base, ImmutableArray<SavedFinding> Findings, ImmutableArray<string> Lines, string Summary)
{
    // More than any report holds: the file may be anything.
    private const int MaxBytes = 64 << 20;

    public static SavedReport Of(string key, Watched watched, CheckResult result) => new(
        key,
        watched,
        result.BaseStamp,
        [
            .. result.Reported.Select(diagnostic => new SavedFinding(
                diagnostic.Info.Id, diagnostic.Severity.Name, Path.GetFullPath(diagnostic.Span.Path, result.Root), diagnostic.Span.Line, diagnostic.Span.Column, diagnostic.Message)),
        ],
        [.. result.Lines, .. result.Verdict is { HasBase: true } verdict ? new[] { VerdictSummary.Write(verdict) } : []],
        result.Summary);

    /// <summary>The report in the file if nothing has changed since; null when anything has, when git tracks the file, or when it holds something else.</summary>
    public static SavedReport? TryRead(string path, CheckRequest request)
    {
        try
        {
            FileInfo file = new(path);
            // A pipe says that it is empty, and reading it could wait for ever.
            if (!file.Exists || file.Length is 0 or > MaxBytes || SavedFiles.IsForeign(path))
                return null;
            var report = SavedReportJson.Read(File.ReadAllBytes(path));
            return report is not null && report.Watched.IsOf(request) && report.Key == CheckKey.Of(request, report.Watched)
                && (request.Base is not { } wanted || BaseStamp.IsAsBefore(report.Base, wanted, report.Watched.Root)) ? report : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Puts the file in place whole: a build that is cut off leaves the one before.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a full path of a file has a folder
        NewFile.Put(path, SavedReportJson.Write(this));
    }
}
