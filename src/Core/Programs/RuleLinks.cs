using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>Addresses of rule files at one commit. A file has one only where that commit has the very content that was read.</summary>
internal sealed class RuleLinks
{
    private readonly FilePages? _pages;
    private readonly FrozenSet<string>? _there;

    private RuleLinks(FilePages? pages, string? commit, FrozenSet<string>? there) => (_pages, Commit, _there) = (pages, commit, there);

    /// <summary>Where nothing has an address.</summary>
    public static RuleLinks None { get; } = new(null, null, []);

    /// <summary>All digits; null where there is no commit.</summary>
    public string? Commit { get; }

    /// <summary>Addresses of files whose commit and presence are known.</summary>
    public static RuleLinks Of(FilePages pages, string commit, IEnumerable<string> there) => new(pages, commit, there.ToFrozenSet(StringComparer.Ordinal));

    /// <param name="root">Full path of the repository.</param>
    /// <param name="commit">What was read; null for the working tree, whose files are those of HEAD as far as they are the same.</param>
    /// <param name="given">How the addresses are made; null for those of the remote's host.</param>
    /// <param name="paths">Of the files that may be asked for.</param>
    public static RuleLinks Find(string root, string? commit, FilePages? given, GitBackend backend, ImmutableArray<string> paths)
    {
        using var repository = GitRepository.TryOpen(root, backend, out _);
        if (repository is null)
            return given is { NeedsCommit: false } ? new(given, null, null) : None;
        try
        {
            if ((given ?? repository.Pages) is not { } pages || repository.FindCommit(commit ?? "HEAD") is not { } found)
                return None;
            var there = repository.FilesOf(found, paths);
            return new(pages, found.Id, commit is null && there.Count > 0 ? there.Except(repository.FindChanges(found)).ToFrozenSet(StringComparer.Ordinal) : there);
        }
        catch (GitFailure)
        {
            // A layer is complete without addresses.
            return None;
        }
    }

    /// <summary>Null where the file has no address.</summary>
    public string? UrlOf(SourceSpan span) => _there?.Contains(span.Path) == false ? null : _pages?.UrlOf(span.Path, span.Line, Commit);
}
