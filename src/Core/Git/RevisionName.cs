using System.Buffers;

namespace Merlon.Core.Git;

/// <summary>The name of a commit as somebody wrote it, looked up in one repository.</summary>
/// <param name="Text">As git's <c>rev-parse</c> takes it.</param>
internal sealed record RevisionName(string Text)
{
    private static readonly SearchValues<char> NoneOfAName = SearchValues.Create(" :?*[\\");

    /// <summary>The name without what git reckons from it: <c>main</c> for <c>main~3</c>.</summary>
    public string Root => Text[..new[] { Text.AsSpan().IndexOfAny('^', '~'), Text.IndexOf("@{", StringComparison.Ordinal) }.Where(index => index >= 0).DefaultIfEmpty(Text.Length).Min()];

    /// <summary>Whether git could know such a name at all. What searches messages, with any expression, is not taken for one.</summary>
    public bool IsValid => Text.Length > 0 && Text[0] is not ('^' or '~') && !Text.AsSpan().ContainsAny(NoneOfAName) && !Text.Contains("..", StringComparison.Ordinal) && !Text.Contains("{/", StringComparison.Ordinal) && !Text.Any(char.IsControl);

    /// <summary>The repository that has what is missing here: <c>origin</c>, or the only one; null where that is not to be told.</summary>
    public static string? RemoteOf(GitRepository repository) =>
        repository.Remotes is var remotes && remotes.Contains("origin") ? "origin" : remotes is [var only] ? only : null;

    /// <summary>The commit; null when it is not here.</summary>
    /// <remarks>
    /// What looks like a remote's branch is one, whatever tag has the same name. A branch that only the remote has is meant by its plain
    /// name too: a pipeline has no other branches.
    /// </remarks>
    public GitCommit? Find(GitRepository repository)
    {
        if (!IsValid)
            return null;
        return (Branch(repository) is null ? null : repository.FindCommit($"refs/remotes/{Text}")) ?? repository.FindCommit(Text)
            ?? (IsPlainBranch && RemoteOf(repository) is { } remote ? repository.FindCommit($"refs/remotes/{remote}/{Text}") : null);
    }

    /// <summary>The remote and its branch that the name stands for; null for any other name.</summary>
    public (string Remote, string Branch)? Branch(GitRepository repository)
    {
        const string Prefix = "refs/remotes/";
        var name = Root.StartsWith(Prefix, StringComparison.Ordinal) ? Root[Prefix.Length..] : Root;
        foreach (var remote in repository.Remotes.OrderByDescending(remote => remote.Length))
            if (name.Length > remote.Length + 1 && name[remote.Length] == '/' && name.StartsWith(remote, StringComparison.Ordinal))
                return (remote, name[(remote.Length + 1)..]);
        return null;
    }

    /// <summary>Whether the name means this branch of the repository's remote, or the local one of that name.</summary>
    public bool Means(GitRepository repository, string branch) =>
        Text == branch || Text == $"refs/heads/{branch}" || (Root == Text && Branch(repository) is { } found && found.Branch == branch && found.Remote == RemoteOf(repository));

    // A branch may have the digits of a commit for its name, to be taken for one that is not here.
    private bool IsPlainBranch => Root is not ("" or "HEAD") && !Root.StartsWith("refs/", StringComparison.Ordinal) && PipelineBase.CommitOf(Root) is null;
}
