using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>
/// Tree objects of one repository, and what patterns chose in them. Commits share most of both: what has not changed from one to the next is
/// neither read nor matched again.
/// </summary>
internal sealed class GitTrees(GitRepository repository, IGitStore store)
{
    private readonly Dictionary<string, GitTree?> _trees = new(StringComparer.Ordinal);

    /// <summary>By the tree's id, its path from the outermost root, and the patterns.</summary>
    public Dictionary<(string Tree, string Folder, string Patterns), Selection> Selections { get; } = [];

    public GitTree Get(string id)
    {
        if (!_trees.TryGetValue(id, out var tree))
            _trees[id] = tree = store.FindTree(id);
        return tree ?? throw new GitFailure(RevisionDiagnostics.Unreadable.At(SourceSpan.StartOf(""), $"tree {id} of '{repository.Root}' is missing, as in a partial or damaged clone; 'git fetch --refetch' brings it"));
    }

    /// <inheritdoc cref="IGitStore.TryReadBlob"/>
    public byte[]? TryReadBlob(string id, int limit) => store.TryReadBlob(id, limit);

    public string? FindTreeOf(string commit) => store.FindCommit(commit) is { } found ? store.TreeOf(found.Id) : null;
}
