using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>
/// The history of a repository, read from git's own store: nothing is checked out, fetched or executed. Every member may throw
/// <see cref="GitFailure"/>, which <see cref="TryOpen(string, out Diagnostic?)"/>'s caller turns into the finding that it carries.
/// </summary>
internal sealed class GitRepository : IDisposable
{
    private readonly IGitStore _store;
    private readonly GitBackend _backend;
    private Submodules? _submodules;

    private GitRepository(string root, IGitStore store, GitBackend backend) => (Root, _store, _backend, Trees) = (root, store, backend, new(this, store));

    /// <summary>Full path of the folder that holds <c>.git</c>, or of a bare repository.</summary>
    public string Root { get; }

    /// <summary>Why the git program reads the store and not libgit2, as one line to show; null otherwise.</summary>
    public string? Notice { get; private init; }

    public bool IsBare => _store.IsBare;

    /// <summary>Whether history ends earlier here than it does elsewhere.</summary>
    public bool IsShallow => _store.IsShallow;

    /// <summary>Whether objects are named by SHA-256 and not by SHA-1.</summary>
    public bool IsSha256 => _store.IsSha256;

    /// <summary>The names of other repositories that this one knows, such as <c>origin</c>.</summary>
    public ImmutableArray<string> Remotes => [.. _store.Remotes.Order(StringComparer.Ordinal)];

    /// <summary>Where the web shows files of what was cloned: of <c>origin</c>, or of the only remote; null where no host is known.</summary>
    public FilePages? Pages => Remotes is var remotes && (remotes.Contains("origin") ? "origin" : remotes is [var only] ? only : null) is { } remote && _store.FindUrl(remote) is { } url ? FilePages.OfRemote(url) : null;

    /// <summary>All tags that name a commit, by name.</summary>
    public ImmutableArray<(string Name, GitCommit Commit)> Tags =>
        [.. _store.Tags.Order(StringComparer.Ordinal).Select(name => (Name: name, Commit: _store.FindCommit($"refs/tags/{name}")!)).Where(tag => tag.Commit is not null)];

    /// <summary>What has been read so far.</summary>
    internal GitTrees Trees { get; }

    /// <summary>The repositories of submodules.</summary>
    internal Submodules Submodules => _submodules ??= new(this, _backend);

    /// <inheritdoc cref="TryOpen(string, GitBackend, out Diagnostic?)"/>
    public static GitRepository? TryOpen(string root, out Diagnostic? error) => TryOpen(root, GitBackend.Auto, out error);

    /// <param name="root">Full path of the folder that holds <c>.git</c>, or of a bare repository.</param>
    /// <returns>Null, with a finding, when there is no repository or it can't be read.</returns>
    public static GitRepository? TryOpen(string root, GitBackend backend, out Diagnostic? error)
    {
        root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        if (GitFolder.Find(root) is null && !Path.Exists(Path.Combine(root, ".git")))
        {
            error = RevisionDiagnostics.NoRepository.At(SourceSpan.StartOf(""), "there is no git repository here, so there is nothing to compare with; leave the comparison out");
            return null;
        }
        error = null;
        string? notice = null;
        IGitStore? store = null;
        var useProgram = backend == GitBackend.Program;
        if (!useProgram && (store = LibGit2Store.TryOpen(root, out error, out useProgram)) is null && (useProgram &= backend == GitBackend.Auto))
            notice = $"the git program reads this repository: {error!.Message}"; // there is no store
        if (useProgram)
            store = GitProgramStore.TryOpen(root, out error);
        return store is null ? null : new(root, store, backend) { Notice = notice };
    }

    /// <summary>The commit that a branch, a tag, an id or anything else that git's <c>rev-parse</c> knows stands for.</summary>
    /// <returns>Null when it stands for none that is here, or for several.</returns>
    public GitCommit? FindCommit(string name) => IsName(name) ? _store.FindCommit(name) : null;

    /// <summary>The finding about a name for which <see cref="FindCommit"/> knows no commit.</summary>
    public Diagnostic UnknownCommit(string name)
    {
        if (!IsName(name))
            return RevisionDiagnostics.UnknownRevision.At(SourceSpan.StartOf(""), "revision is not the name of one commit; write a branch, a tag or a commit's id");
        // The command is copied: nothing in it may mean something else to git or a shell.
        var branch = name.StartsWith("origin/", StringComparison.Ordinal) ? name["origin/".Length..] : name;
        var fetch = IsShallow ? "git fetch --unshallow" : GitCommands.IsPlain(branch) ? $"git fetch origin {branch}" : "git fetch";
        return RevisionDiagnostics.UnknownRevision.At(SourceSpan.StartOf(""), $"'{name}' names no commit of this repository; '{fetch}' may bring it");
    }

    /// <summary>The best common ancestor; null when there is none here.</summary>
    public GitCommit? FindMergeBase(GitCommit one, GitCommit other) => _store.FindMergeBase(one.Id, other.Id) is { } id ? _store.FindCommit(id) : null;

    /// <summary>A commit, its first parent, and so on to a root or to where a shallow clone ends.</summary>
    public IEnumerable<GitCommit> FirstParents(GitCommit from)
    {
        for (var commit = from; commit is not null; commit = commit.Parents is [var parent, ..] ? _store.FindCommit(parent) : null)
            yield return commit;
    }

    /// <summary>
    /// Whether the working tree is as HEAD has it: nothing changed, staged or new. Always so in a bare repository. A submodule counts by the
    /// commit that is recorded for it, not by what lies in its folder.
    /// </summary>
    public bool IsClean() => _store.IsClean();

    /// <summary>
    /// The paths that differ between a commit and the working tree, files that git does not know yet among them and ignored
    /// ones not. Of a submodule whose recorded commit differs, its path and those of the files in it that differ.
    /// </summary>
    public FrozenSet<string> FindChanges(GitCommit commit)
    {
        HashSet<string> changes = new(_store.FindChanges(commit.Id), StringComparer.Ordinal);
        TreeFiles before = new(this, commit.Id, _store.TreeOf(commit.Id), "", 0);
        var recorded = _store.ReadIndex().Where(entry => entry.Kind == GitEntryKind.Submodule).ToDictionary(entry => entry.Name, entry => entry.Id, StringComparer.Ordinal);
        foreach (var path in changes.ToArray())
            if (recorded.ContainsKey(path) || before.Find(path) is { Entry.Kind: GitEntryKind.Submodule })
            {
                var (one, other) = (before.Submodule(path)?.Blobs(), recorded.TryGetValue(path, out var id) ? TreeFiles.Open(this, before.Names, path, id, "", 0)?.Blobs() : null);
                changes.UnionWith((one ?? []).Except(other ?? []).Union((other ?? []).Except(one ?? [])).Select(file => file.Path));
            }
        return changes.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The files of a commit, as long as this is open.</summary>
    public ISourceTree TreeOf(GitCommit commit) => new Revision(this, commit, _store.TreeOf(commit.Id));

    /// <summary>Those paths at which a commit of this repository itself has a file: what lies in a submodule is another one's.</summary>
    public FrozenSet<string> FilesOf(GitCommit commit, IEnumerable<string> paths)
    {
        TreeFiles files = new(this, commit.Id, _store.TreeOf(commit.Id), "", 0);
        return paths.Where(path => files.Find(path) is ({ Kind: GitEntryKind.File }, var owner) && owner == files).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Files, links and submodules of the index. Names are paths from the root.</summary>
    public ImmutableArray<GitEntry> ReadIndex() => _store.ReadIndex();

    /// <summary>Those paths that git leaves out. None of them may be in the index.</summary>
    public FrozenSet<string> FindIgnored(IReadOnlyCollection<string> paths) => paths.Count == 0 ? [] : _store.FindIgnored(paths);

    public void Dispose()
    {
        _submodules?.Dispose();
        _store.Dispose();
    }

    // No option, no range, and nothing that would be two lines or two names.
    private static bool IsName(string name) =>
        name.Length > 0 && name[0] is not ('-' or '^') && !name.Contains("..", StringComparison.Ordinal) && !name.Any(char.IsControl);
}
