using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Merlon.Core.Git;

/// <summary>
/// Git's store, read in one of two ways that say the same: nothing is written, checked out, fetched or executed. Every member may throw
/// <see cref="GitFailure"/>.
/// </summary>
internal interface IGitStore : IDisposable
{
    public bool IsBare { get; }

    public bool IsShallow { get; }

    public bool IsSha256 { get; }

    /// <summary>In any order.</summary>
    public IEnumerable<string> Remotes { get; }

    /// <summary>The address of another repository as the settings have it; null where they have none.</summary>
    public string? FindUrl(string remote);

    /// <summary>Names below <c>refs/tags/</c>, in any order.</summary>
    public IEnumerable<string> Tags { get; }

    /// <param name="name">As git's <c>rev-parse</c> takes it, on one line. A tag stands for the commit that it names.</param>
    /// <returns>Null when it stands for no commit that is here, or for several.</returns>
    public GitCommit? FindCommit(string name);

    /// <summary>The id of a commit's tree.</summary>
    public string TreeOf(string commit);

    /// <summary>The id of the best common ancestor, or null.</summary>
    public string? FindMergeBase(string one, string other);

    /// <returns>Null when the tree is not here.</returns>
    public GitTree? FindTree(string id);

    /// <returns>At most <paramref name="limit"/> bytes and one more; null when the blob is not here.</returns>
    public byte[]? TryReadBlob(string id, int limit);

    /// <summary>Files, links and submodules of the index. Names are paths from the root.</summary>
    public ImmutableArray<GitEntry> ReadIndex();

    /// <summary>Whether nothing is changed, staged or new. What lies in the folder of a submodule does not count.</summary>
    public bool IsClean();

    /// <summary>What differs between a commit and the working tree, with what git doesn't know yet and without what it ignores; submodules by what the index records.</summary>
    public IEnumerable<string> FindChanges(string commit);

    /// <summary>Those paths that git leaves out. None of them may be in the index.</summary>
    public FrozenSet<string> FindIgnored(IReadOnlyCollection<string> paths);
}
