using System.Buffers;

namespace Merlon.Core.Git;

/// <summary>
/// The command that brings what is missing, the cheapest that surely does. People copy it into a shell, so a name that could mean
/// something there, or an option to git, is never part of it.
/// </summary>
internal static class FetchCommand
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/@+-");

    /// <summary>For one commit by its id, without what came before it.</summary>
    public static string? OfCommit(GitRepository repository, string id) =>
        OfRemote(repository, RevisionName.RemoteOf(repository), repository.IsShallow ? "--depth=1" : null, id);

    /// <summary>For the parents of a commit at which a shallow history ends.</summary>
    public static string? OfParents(GitRepository repository, GitCommit commit) =>
        OfRemote(repository, RevisionName.RemoteOf(repository), "--deepen=1", commit.Id);

    /// <summary>For all that a shallow history lacks.</summary>
    public static string? OfHistory(GitRepository repository) => OfRemote(repository, RevisionName.RemoteOf(repository), "--unshallow", null);

    /// <summary>For every branch and its history.</summary>
    public static string? OfBranches(GitRepository repository, bool withTags = false) =>
        RevisionName.RemoteOf(repository) is { } remote && IsPlain(remote)
            ? OfRemote(repository, remote, repository.IsShallow ? "--unshallow" : null, $"\"+refs/heads/*:refs/remotes/{remote}/*\"", withTags ? "--tags" : "--no-tags")
            : OfRemote(repository, null, null, null);

    /// <summary>For the commit that a name stands for.</summary>
    /// <param name="withHistory">Whether what came before it is needed too.</param>
    /// <returns>Null when it can't be fetched.</returns>
    public static string? OfName(GitRepository repository, RevisionName name, bool withHistory)
    {
        var isReckoned = name.Root != name.Text;
        if (isReckoned && new RevisionName(name.Root).Find(repository) is not null)
            return repository.IsShallow ? OfHistory(repository) : null;
        if (!IsPlain(name.Root))
            return repository.Remotes.IsEmpty ? null : "git fetch";
        var depth = !repository.IsShallow ? null : withHistory || isReckoned ? "--unshallow" : "--depth=1";
        if (name.Branch(repository) is ({ } remote, { } branch))
            return OfRemote(repository, remote, depth, $"+{(branch == "HEAD" ? "" : "refs/heads/")}{branch}:refs/remotes/{remote}/{branch}");
        remote = RevisionName.RemoteOf(repository);
        return PipelineBase.CommitOf(name.Root) is { } id ? OfRemote(repository, remote, depth, id)
            : name.Root.StartsWith("refs/", StringComparison.Ordinal) ? OfRemote(repository, remote, depth, $"+{name.Root}:{name.Root}")
            : OfBranches(repository, withTags: true); // a branch, a tag or a few digits: nobody knows
    }

    private static string? OfRemote(GitRepository repository, string? remote, string? depth, string? what, string tags = "--no-tags") =>
        repository.Remotes.IsEmpty ? null
        : remote is null ? "git fetch --all"
        : !IsPlain(remote) ? "git fetch"
        : string.Join(' ', new[] { "git fetch", tags, depth, remote, what }.Where(part => part is not null));

    private static bool IsPlain(string name) => name.Length > 0 && name[0] is not ('-' or '+') && !name.AsSpan().ContainsAnyExcept(Plain);
}
