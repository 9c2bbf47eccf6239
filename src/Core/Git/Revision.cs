using System.Collections.Frozen;
using LibGit2Sharp;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>The files of a commit, read from git's own store: nothing is checked out and nothing that the repository names is executed.</summary>
/// <remarks>Only this type touches libgit2, so that a run that compares nothing never loads it.</remarks>
internal sealed class Revision : IDisposable
{
    private const int MaxFiles = 1_000_000;
    private const int MaxDepth = 200;

    private readonly Repository _repository;
    private readonly Commit _commit;
    private readonly SortedDictionary<string, TreeEntry> _entries = new(StringComparer.Ordinal);

    private Revision(Repository repository, Commit commit) => (_repository, _commit) = (repository, commit);

    /// <summary>The paths of all files, sorted. Links are among them, submodules are not.</summary>
    public IEnumerable<string> Paths => _entries.Keys;

    /// <param name="root">Full path of the folder that holds <c>.git</c>.</param>
    /// <param name="name">A branch, tag, commit or anything else that git's <c>rev-parse</c> knows.</param>
    /// <returns>Null, with a finding, when there is no such commit or git's store can't be read.</returns>
    public static Revision? TryOpen(string root, string name, out Diagnostic? error)
    {
        if (!Path.Exists(Path.Combine(root, ".git")))
        {
            error = RevisionDiagnostics.NoRepository.At(SourceSpan.StartOf(""), $"there is no git repository here, so there is no '{name}' to compare with; leave the comparison out");
            return null;
        }
        return Try(() => Open(root, name), root, out error);
    }

    /// <summary>Bytes of a file, at most <paramref name="limit"/> and one more, so that the reader sees that there is more.</summary>
    /// <returns>Null, with a finding, when there is no such file, it is a link, or its content is not here.</returns>
    public byte[]? TryRead(string path, int limit, out Diagnostic? error)
    {
        if (_entries.TryGetValue(path, out var entry) && entry is { TargetType: TreeEntryTargetType.Blob, Mode: not Mode.SymbolicLink })
            return Try<byte[]>(() => (Read(entry.Target.Id, limit), null), _repository.Info.WorkingDirectory, out error);
        error = entry is null ? TreeDiagnostics.Unreadable.At(SourceSpan.StartOf(path), "file does not exist") : TreeDiagnostics.Link.At(SourceSpan.StartOf(path), "file is a link and links are not followed");
        return null;
    }

    /// <summary>The paths that differ between this commit and the working tree, files that git does not know yet among them and ignored ones not.</summary>
    /// <returns>Null, with a finding, when git's store can't be read.</returns>
    public FrozenSet<string>? TryFindChanges(out Diagnostic? error) => Try<FrozenSet<string>>(() => (FindChanges(), null), _repository.Info.WorkingDirectory, out error);

    public void Dispose() => _repository.Dispose();

    private static (Revision?, Diagnostic?) Open(string root, string name)
    {
        // Extensions that change nothing of what is read here.
        GlobalSettings.SetExtensions("relativeworktrees", "preciousobjects");
        Repository repository = new(root);
        // A tag that is an object of its own is no commit; what it names is.
        if (repository.Lookup<Commit>($"{name}^{{commit}}") is not { } commit)
        {
            // The command is copied, and a name that git reads as an option could run a program.
            var fetch = repository.Info.IsShallow ? "git fetch --unshallow" : name.StartsWith('-') ? "git fetch" : $"git fetch origin {(name.StartsWith("origin/", StringComparison.Ordinal) ? name["origin/".Length..] : name)}";
            repository.Dispose();
            return (null, RevisionDiagnostics.UnknownRevision.At(SourceSpan.StartOf(""), $"'{name}' names no commit of this repository; '{fetch}' may bring it"));
        }
        Revision revision = new(repository, commit);
        if (revision.Walk(commit.Tree, "", 0))
            return (revision, null);
        revision.Dispose();
        return (null, RevisionDiagnostics.Unreadable.At(SourceSpan.StartOf(""), $"'{name}' has more than {MaxFiles} files, or folders nested deeper than {MaxDepth}"));
    }

    // False when a limit was met: a few objects can stand for trees without end.
    private bool Walk(Tree tree, string folder, int depth)
    {
        if (depth > MaxDepth)
            return false;
        foreach (var entry in tree)
            if (entry.TargetType == TreeEntryTargetType.Tree)
            {
                if (!Walk((Tree)entry.Target, $"{folder}{entry.Name}/", depth + 1))
                    return false;
            }
            else if (entry.TargetType == TreeEntryTargetType.Blob)
            {
                if (_entries.Count == MaxFiles)
                    return false;
                _entries[folder + entry.Name] = entry;
            }
        return true;
    }

    private byte[] Read(ObjectId id, int limit)
    {
        using var stream = _repository.Lookup<Blob>(id).GetContentStream();
        var bytes = new byte[(int)Math.Min(_repository.ObjectDatabase.RetrieveObjectMetadata(id).Size, limit + 1L)];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private FrozenSet<string> FindChanges()
    {
        using var changes = _repository.Diff.Compare<TreeChanges>(_commit.Tree, DiffTargets.Index | DiffTargets.WorkingDirectory, null, null, new() { Similarity = SimilarityOptions.None });
        var status = _repository.RetrieveStatus(new StatusOptions { IncludeIgnored = false, IncludeUntracked = true, RecurseUntrackedDirs = true, DetectRenamesInIndex = false });
        return changes.Select(change => change.Path).Concat(status.Untracked.Select(entry => entry.FilePath)).ToFrozenSet(StringComparer.Ordinal);
    }

    // The one place where what libgit2 throws becomes a finding.
    private static T? Try<T>(Func<(T?, Diagnostic?)> read, string root, out Diagnostic? error) where T : class
    {
        try
        {
            (var result, error) = read();
            return result;
        }
        catch (Exception e) when (e is LibGit2SharpException or TypeInitializationException or DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            error = FindingOf(e, root);
            return null;
        }
    }

    private static Diagnostic FindingOf(Exception e, string root)
    {
        // What the user wrote is wrong, not what is in the store.
        if (e is InvalidSpecificationException or AmbiguousSpecificationException)
            return RevisionDiagnostics.UnknownRevision.At(SourceSpan.StartOf(""), "revision is not the name of one commit; write a branch, a tag or a commit's id");
        return RevisionDiagnostics.Unreadable.At(SourceSpan.StartOf(""), e switch
        {
            RepositoryNotFoundException => "'.git' is not a repository that git could read; run 'git status' to see why",
            NotFoundException => "an object is missing, as in a partial clone; 'git fetch --refetch' brings it",
            LibGit2SharpException when e.Message.Contains("not owned", StringComparison.Ordinal) => $"repository belongs to another user; if you trust it, 'git config --global --add safe.directory {root}' says so",
            LibGit2SharpException => $"git's store cannot be read: {e.Message.TrimEnd('.')}",
            _ => "libgit2 cannot be loaded on this system",
        });
    }
}
