using System.Collections.Immutable;
using LibGit2Sharp;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>
/// The history of a repository, read from git's own store: nothing is checked out, fetched or executed. Every member may throw
/// <see cref="GitFailure"/>, which <see cref="TryOpen"/>'s caller turns into the finding that it carries.
/// </summary>
internal sealed class GitRepository : IDisposable
{
    private readonly Repository _repository;

    private GitRepository(string root, Repository repository) => (Root, _repository) = (root, repository);

    /// <summary>Full path of the folder that holds <c>.git</c>, or of a bare repository.</summary>
    public string Root { get; }

    /// <summary>Whether history ends earlier here than it does elsewhere.</summary>
    public bool IsShallow => _repository.Info.IsShallow;

    /// <summary>The names of other repositories that this one knows, such as <c>origin</c>.</summary>
    public ImmutableArray<string> Remotes => [.. _repository.Network.Remotes.Select(remote => remote.Name).Order(StringComparer.Ordinal)];

    /// <summary>All tags that name a commit, by name.</summary>
    public ImmutableArray<(string Name, GitCommit Commit)> Tags =>
        [.. _repository.Tags.Select(tag => (tag.FriendlyName, FindCommit($"refs/tags/{tag.FriendlyName}")!)).Where(tag => tag.Item2 is not null).OrderBy(tag => tag.FriendlyName, StringComparer.Ordinal)];

    /// <returns>Null, with a finding, when there is no repository or it can't be read.</returns>
    public static GitRepository? TryOpen(string root, out Diagnostic? error)
    {
        error = null;
        try
        {
            GlobalSettings.SetExtensions("relativeworktrees", "preciousobjects");
            return new(root, new(root));
        }
        catch (Exception e) when (e is LibGit2SharpException or TypeInitializationException or DllNotFoundException)
        {
            error = RevisionDiagnostics.Unreadable.At(SourceSpan.StartOf(""), e.Message);
            return null;
        }
    }

    /// <summary>The commit that a branch, a tag, an id or anything else that git's <c>rev-parse</c> knows stands for.</summary>
    /// <returns>Null when it stands for none that is here.</returns>
    public GitCommit? FindCommit(string name) => _repository.Lookup<Commit>($"{name}^{{commit}}") is { } commit ? Of(commit) : null;

    /// <summary>The best common ancestor; null when there is none here.</summary>
    public GitCommit? FindMergeBase(GitCommit one, GitCommit other) =>
        _repository.ObjectDatabase.FindMergeBase(_repository.Lookup<Commit>(one.Id), _repository.Lookup<Commit>(other.Id)) is { } found ? Of(found) : null;

    /// <summary>Whether the working tree is as HEAD has it: nothing changed, staged or new. Always so in a bare repository.</summary>
    public bool IsClean() => !_repository.RetrieveStatus(new StatusOptions { IncludeIgnored = false }).IsDirty;

    /// <summary>The files of a commit.</summary>
    public ISourceTree TreeOf(GitCommit commit) => throw new NotSupportedException(commit.Id);

    public void Dispose() => _repository.Dispose();

    private static GitCommit Of(Commit commit) => new(commit.Sha, [.. commit.Parents.Select(parent => parent.Sha)], commit.Committer.When, commit.MessageShort);
}
