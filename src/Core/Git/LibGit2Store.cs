using System.Collections.Frozen;
using System.Collections.Immutable;
using LibGit2Sharp;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>Git's store through libgit2.</summary>
/// <remarks>Only this type touches libgit2, so that a run that compares nothing never loads it.</remarks>
internal sealed class LibGit2Store : IGitStore
{
    private readonly string _root;
    private readonly Repository _repository;

    // libgit2 takes what a sparse checkout leaves out for deleted.
    private readonly FrozenSet<string> _skipped;

    private LibGit2Store(string root, Repository repository) => (_root, _repository, _skipped) = (root, repository, SparseIndex.FindSkipped(repository.Info.Path));

    public bool IsBare => _repository.Info.IsBare;

    public bool IsShallow => _repository.Info.IsShallow;

    // libgit2 is built without it, and says so when such a store is opened.
    public bool IsSha256 => false;

    public IEnumerable<string> Remotes => Read(() => _repository.Network.Remotes.Select(remote => remote.Name).ToArray());

    public string? FindUrl(string remote) => Read(() => _repository.Config.Get<string>($"remote.{remote}.url")?.Value);

    public IEnumerable<string> Tags => Read(() => _repository.Refs.FromGlob("refs/tags/*").Select(reference => reference.CanonicalName["refs/tags/".Length..]).ToArray());

    /// <param name="root">The folder that holds <c>.git</c>, or a bare repository.</param>
    /// <param name="isOther">Whether libgit2 can't read this at all and the git program may.</param>
    /// <returns>Null, with a finding, when the store can't be opened.</returns>
    public static LibGit2Store? TryOpen(string root, out Diagnostic? error, out bool isOther)
    {
        (error, isOther) = (null, false);
        try
        {
            // Extensions that change nothing of what is read here.
            GlobalSettings.SetExtensions("relativeworktrees", "preciousobjects");
            LibGit2Store store = new(root, new(root));
            // Not every form of the index can be read, and a sparse checkout may have one that can't.
            if (store._skipped.Count > 0 || SparseIndex.IsUsed(store._repository.Info.Path))
                _ = store._repository.Index.Count;
            return store;
        }
        catch (Exception e) when (IsOurs(e))
        {
            // Never because of the owner: that is the user's to say.
            isOther = e is not LibGit2SharpException || e.Message.Contains("unknown object format", StringComparison.Ordinal) || e.Message.Contains("unsupported extension", StringComparison.Ordinal) || e.Message.Contains("mandatory extension", StringComparison.Ordinal);
            error = FindingOf(e, root);
            return null;
        }
    }

    public GitCommit? FindCommit(string name)
    {
        try
        {
            return Read(() => _repository.Lookup<Commit>($"{name}^{{commit}}") is { } commit ? Of(commit) : null);
        }
        catch (Exception e) when (e is InvalidSpecificationException or AmbiguousSpecificationException)
        {
            return null;
        }
    }

    public string TreeOf(string commit) => Read(() => _repository.Lookup<Commit>(commit).Tree.Sha);

    public string? FindMergeBase(string one, string other) => Read(() => _repository.ObjectDatabase.FindMergeBase(_repository.Lookup<Commit>(one), _repository.Lookup<Commit>(other))?.Sha);

    public GitTree? FindTree(string id) => Read(() => _repository.Lookup<Tree>(id) is { } tree ? new GitTree(tree.Select(entry => new GitEntry(entry.Name, KindOf(entry.Mode), entry.Target.Sha))) : null);

    public byte[]? TryReadBlob(string id, int limit) => Read(() =>
    {
        if (_repository.Lookup<Blob>(id) is not { } blob)
            return null;
        using var stream = blob.GetContentStream();
        var bytes = new byte[(int)Math.Min(blob.Size, limit + 1L)];
        stream.ReadExactly(bytes);
        return bytes;
    });

    public ImmutableArray<GitEntry> ReadIndex() => IsBare ? [] : Read(() => _repository.Index.Select(entry => new GitEntry(entry.Path, KindOf(entry.Mode), entry.Id.Sha)).ToImmutableArray());

    public bool IsClean() => IsBare || Read(() =>
    {
        var status = _repository.RetrieveStatus(new StatusOptions { IncludeIgnored = false, ExcludeSubmodules = true, DetectRenamesInIndex = false });
        return status.All(entry => entry.State == FileStatus.Unaltered || (entry.State == FileStatus.DeletedFromWorkdir && _skipped.Contains(entry.FilePath)))
            && !(_repository.Head.Tip is { } head && Submodules(head).Length > 0);
    });

    public IEnumerable<string> FindChanges(string commit) => IsBare ? [] : Read(() =>
    {
        var found = _repository.Lookup<Commit>(commit);
        using var changes = _repository.Diff.Compare<TreeChanges>(found.Tree, DiffTargets.Index | DiffTargets.WorkingDirectory, null, null, new() { Similarity = SimilarityOptions.None });
        var status = _repository.RetrieveStatus(new StatusOptions { IncludeIgnored = false, IncludeUntracked = true, RecurseUntrackedDirs = true, ExcludeSubmodules = true, DetectRenamesInIndex = false });
        return changes.Where(change => change.Mode != Mode.GitLink && change.OldMode != Mode.GitLink && !IsSkipped(change)).Select(change => change.Path)
            .Concat(Submodules(found)).Concat(status.Untracked.Select(entry => entry.FilePath)).ToArray();
    });

    public FrozenSet<string> FindIgnored(IReadOnlyCollection<string> paths) => Read(() => paths.Where(_repository.Ignore.IsPathIgnored).ToFrozenSet(StringComparer.Ordinal));

    public void Dispose() => _repository.Dispose();

    // Gone from the folder only: the index has what the commit has.
    private bool IsSkipped(TreeEntryChanges change) => _skipped.Contains(change.Path) && _repository.Index[change.Path]?.Id == change.OldOid;

    // Those that the index records in another way than a commit does.
    private string[] Submodules(Commit commit)
    {
        using var changes = _repository.Diff.Compare<TreeChanges>(commit.Tree, DiffTargets.Index, null, null, new() { Similarity = SimilarityOptions.None });
        return [.. changes.Where(change => change.Mode == Mode.GitLink || change.OldMode == Mode.GitLink).Select(change => change.Path)];
    }

    private static GitCommit Of(Commit commit) =>
        new(commit.Sha, [.. commit.Parents.Select(parent => parent.Sha)], DateOf(commit), GitCommit.SubjectOf(commit.Message));

    // Anybody can write any number into a commit.
    private static DateTimeOffset DateOf(Commit commit)
    {
        try
        {
            return commit.Committer.When;
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTimeOffset.UnixEpoch;
        }
    }

    private static GitEntryKind KindOf(Mode mode) => mode switch
    {
        Mode.Directory => GitEntryKind.Folder,
        Mode.SymbolicLink => GitEntryKind.Link,
        Mode.GitLink => GitEntryKind.Submodule,
        _ => GitEntryKind.File,
    };

    // The one place where what libgit2 throws becomes a failure with its finding.
    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsOurs(e) && e is not (InvalidSpecificationException or AmbiguousSpecificationException))
        {
            throw new GitFailure(FindingOf(e, _root));
        }
    }

    private static bool IsOurs(Exception e) => e is LibGit2SharpException or TypeInitializationException or DllNotFoundException or BadImageFormatException or EntryPointNotFoundException;

    private static Diagnostic FindingOf(Exception e, string root) => RevisionDiagnostics.Unreadable.At(SourceSpan.StartOf(""), e switch
    {
        RepositoryNotFoundException => "'.git' is not a repository that git could read; run 'git status' to see why",
        NotFoundException => "an object is missing, as in a partial or damaged clone; 'git fsck' tells which",
        LibGit2SharpException when e.Message.Contains("not owned", StringComparison.Ordinal) => RevisionDiagnostics.NotOwned(root),
        LibGit2SharpException => $"git's store cannot be read: {e.Message.TrimEnd('.')}",
        _ => "libgit2 cannot be loaded on this system",
    });
}
