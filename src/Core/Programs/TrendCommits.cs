using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>The commits that a trend has points for.</summary>
/// <param name="Tip">The commit that was asked for; HEAD where none was, or the newest tag's where there is no HEAD.</param>
/// <param name="Points">Oldest first, with the tag where tags were asked for.</param>
/// <param name="HasOlder">Whether some were left out only because there are so many.</param>
internal sealed record TrendCommits(GitCommit Tip, ImmutableArray<(GitCommit Commit, string? Tag)> Points, bool HasOlder)
{
    /// <summary>Where a history ends that goes on elsewhere, as one line to show; null otherwise.</summary>
    public string? End { get; private init; }

    /// <summary>Takes the first parents of a commit, or tags.</summary>
    /// <returns>Null, with a finding, when the revision is not known.</returns>
    public static TrendCommits? Find(GitRepository repository, TrendOptions options, out Diagnostic? error)
    {
        error = null;
        var tip = repository.FindCommit(options.Revision ?? "HEAD");
        if (tip is null && options.Revision is { } name)
        {
            error = repository.UnknownCommit(name);
            return null;
        }
        var tags = options.ByTags ? OrderedTags(repository, options.Revision is null ? null : tip) : [];
        if ((tip ?? tags.LastOrDefault().Commit) is not { } newest)
        {
            error = RevisionDiagnostics.UnknownRevision.At(SourceSpan.StartOf(""), "nothing is committed yet, so there is no history");
            return null;
        }
        return options.ByTags ? OfTags(newest, tags, options) : OfFirstParents(repository, newest, options);
    }

    private static TrendCommits OfTags(GitCommit tip, ImmutableArray<(GitCommit Commit, string? Tag)> tags, TrendOptions options)
    {
        var recent = tags.Where(tag => IsRecent(tag.Commit, options)).ToArray();
        return new(tip, [.. recent.TakeLast(LimitOf(options))], recent.Length > LimitOf(options));
    }

    private static TrendCommits OfFirstParents(GitRepository repository, GitCommit tip, TrendOptions options)
    {
        List<(GitCommit, string?)> points = [];
        var hasOlder = false;
        GitCommit? last = null;
        // Clocks differ, so a commit can be older than its parents: all are looked at.
        foreach (var commit in repository.FirstParents(tip))
        {
            last = commit;
            if (!IsRecent(commit, options))
                continue;
            hasOlder = points.Count == LimitOf(options);
            if (hasOlder)
                break;
            points.Add((commit, null));
        }
        points.Reverse();
        var isCut = !hasOlder && (repository.IsShallow || last is { Parents.IsEmpty: false });
        return new(tip, [.. points], hasOlder) { End = isCut ? EndOf(repository, points.Count) : null };
    }

    private static string EndOf(GitRepository repository, int count) => string.Create(CultureInfo.InvariantCulture,
        $"history ends at {count} {(count == 1 ? "commit" : "commits")} in this {(repository.IsShallow ? "shallow clone" : "clone, where an older one is missing")}{(FetchCommand.OfHistory(repository) is { } fetch && repository.IsShallow ? $"; '{fetch}' brings the rest" : "")}");

    // By date, then by name. What lies in another line of history has no place in that of a revision.
    private static ImmutableArray<(GitCommit Commit, string? Tag)> OrderedTags(GitRepository repository, GitCommit? within) =>
    [
        .. repository.Tags.Where(tag => within is null || repository.FindMergeBase(tag.Commit, within)?.Id == tag.Commit.Id)
            .OrderBy(tag => tag.Commit.Date.UtcDateTime).ThenBy(tag => tag.Name, StringComparer.Ordinal)
            .Select(tag => (tag.Commit, (string?)tag.Name)),
    ];

    private static int LimitOf(TrendOptions options) => options.Max ?? (options.Since is null ? TrendOptions.DefaultMax : int.MaxValue);

    private static bool IsRecent(GitCommit commit, TrendOptions options) => options.Since is not { } first || DateOnly.FromDateTime(commit.Date.UtcDateTime) >= first;
}
