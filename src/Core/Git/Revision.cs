using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>
/// The files of a commit, read from git's own store: nothing is checked out. Every member but <see cref="TryRead"/> may throw
/// <see cref="GitFailure"/>.
/// </summary>
internal sealed class Revision(GitRepository repository, GitCommit commit, string tree) : ISourceTree
{
    private readonly TreeFiles _files = new(repository, commit.Id, tree, "", 0);
    private readonly SortedSet<string> _unread = new(StringComparer.Ordinal);

    public string Root => repository.Root;

    public IReadOnlyCollection<string> UnreadSubmodules => _unread;

    public string FullPath(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    public (ImmutableArray<string> Paths, ImmutableArray<PathPattern> Unmatched) Find(IReadOnlyCollection<PathPattern> patterns)
    {
        Patterns asked = new(patterns);
        var selection = _files.Select(asked);
        _unread.UnionWith(selection.Unread);
        List<string> paths = [];
        selection.AddTo(paths);
        // Git sorts by bytes, and so differently where UTF-16 needs two units.
        for (var i = 1; i < paths.Count; i++)
            if (string.CompareOrdinal(paths[i - 1], paths[i]) > 0)
            {
                paths.Sort(StringComparer.Ordinal);
                break;
            }
        return ([.. paths], [.. asked.Inclusions.Where((_, i) => !selection.Matched.Contains(i))]);
    }

    public bool Exists(string path) => FileAt(path) is not null;

    public string? BlobOf(string path) => FileAt(path)?.Entry.Id;

    public byte[]? TryRead(string path, int limit, out Diagnostic? error)
    {
        try
        {
            return _files.TryRead(path, limit, out error);
        }
        catch (GitFailure failure)
        {
            error = failure.Finding with { Span = SourceSpan.StartOf(path) };
            return null;
        }
    }

    private (GitEntry Entry, TreeFiles Owner)? FileAt(string path) => _files.Find(path) is { Entry.Kind: GitEntryKind.File or GitEntryKind.Link } found ? found : null;
}
