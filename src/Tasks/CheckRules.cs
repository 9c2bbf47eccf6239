using System.Globalization;
using Merlon.Core.Evidence;
using Merlon.Core.Git;
using Merlon.Core.Programs;
using Microsoft.Build.Framework;

namespace Merlon.Tasks;

/// <summary>Checks the rules of one <c>merlon.yml</c>, or says again what it said when nothing has changed since.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckRules : DiagnosticTask
{
    /// <summary>Full path of the folder from which <c>merlon.yml</c> is looked for, upward.</summary>
    [Required]
    public string Directory { get; set; } = "";

    /// <summary>Full path of <c>merlon.yml</c>.</summary>
    public string? Config { get; set; }

    /// <summary>The day, <c>yyyy-MM-dd</c>, on which exclusions and records are in date or not.</summary>
    [Required]
    public string Date { get; set; } = "";

    /// <summary>The ATT&amp;CK release to use instead of the one in <c>merlon.yml</c>.</summary>
    public string? Release { get; set; }

    /// <summary>Instead of <c>gate.level</c>.</summary>
    public string? GateLevel { get; set; }

    /// <summary>Instead of <c>coverage.platforms</c>.</summary>
    public string[] Platforms { get; set; } = [];

    /// <summary>Instead of <c>coverage.rollUp</c>.</summary>
    public string? RollUp { get; set; }

    /// <summary>The revision to compare with, or <c>baseline</c>; found by itself otherwise.</summary>
    public string? Base { get; set; }

    /// <summary>Lets a weakened policy pass.</summary>
    public bool AcceptPolicy { get; set; }

    /// <summary>What reads git's store: <c>auto</c>, <c>libgit2</c> or <c>program</c>.</summary>
    public string? GitBackend { get; set; }

    /// <summary>The environment of a pipeline, <c>NAME=value</c>: a task that may run beside others reads none itself.</summary>
    public string[] Pipeline { get; set; } = [];

    /// <summary>Full path where the last report is kept.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>Full path where what was read of rules is kept; without it every rule is read again.</summary>
    public string? CacheFile { get; set; }

    private string? Variable(string name) =>
        Pipeline.FirstOrDefault(pair => pair.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..] is { Length: > 0 } value ? value : null;

    private protected override SavedReport? Run()
    {
        if (!DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            Log.LogError($"MerlonDate '{Date}' is not a day; write it like 2026-11-24");
            return null;
        }
        if (!GitBackends.TryParse(GitBackend, out var backend))
        {
            Log.LogError($"MerlonGitBackend '{GitBackend}' is not one of {string.Join(", ", GitBackends.Names)}");
            return null;
        }
        CheckRequest request = new()
        {
            Directory = Directory,
            Config = Config,
            Date = date,
            Base = new() { Given = string.IsNullOrEmpty(Base) ? null : Base, AcceptsPolicy = AcceptPolicy, Backend = backend, Pipeline = PipelineBase.Read(Variable, PipelineBase.ReadEvent) },
            Cache = string.IsNullOrEmpty(CacheFile) ? null : CacheFile,
            SavedReport = ReportFile,
            Overrides = new() { Release = Release, Level = GateLevel, Platforms = [.. Platforms], RollUp = RollUp },
        };
        if (SavedReport.TryRead(ReportFile, request) is { } saved)
        {
            Log.LogMessage(MessageImportance.Low, "nothing changed since the last check");
            return saved;
        }
        // The key before the check: a file that changes meanwhile makes the next build check again.
        var begun = DateTime.UtcNow;
        var files = ProgramFiles.Find(request);
        var watched = Watched.By(files);
        var key = CheckKey.Of(request, watched);
        var result = Check.Run(request, files);
        var (search, isKnown) = (result.Snapshot?.Evidence.Search ?? TestSearch.None, true);
        if (!search.IsEmpty)
        {
            // What only the check could find is in no key from before it.
            var before = key;
            isKnown = CheckKey.Of(request, watched) == before;
            watched = watched with { Search = search };
            key = CheckKey.Of(request, watched);
            isKnown &= !watched.MayHaveChangedSince(begun);
        }
        var report = SavedReport.Of(key, watched, result);
        // Of a configuration that cannot be used nobody knows all the files that it would take to mend it.
        if (result.IsUsable && isKnown)
            report.Write(ReportFile);
        return report;
    }
}
