using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>Files by their paths from a root, with '/': those of a folder, or those of a commit.</summary>
internal interface ISourceTree
{
    /// <summary>Full path of the folder that paths start from: of the repository, whatever commit is read.</summary>
    public string Root { get; }

    public string FullPath(string path);

    /// <summary>A full path as a path from the root, empty for the root itself; null when it lies outside.</summary>
    public string? PathOf(string fullPath)
    {
        var relative = Path.GetRelativePath(Root, Path.GetFullPath(fullPath)).Replace(Path.DirectorySeparatorChar, '/');
        return relative == "." ? "" : relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? null : relative;
    }

    /// <summary>What some patterns match, sorted, and those among them that match nothing.</summary>
    public (ImmutableArray<string> Paths, ImmutableArray<PathPattern> Unmatched) Find(IReadOnlyCollection<PathPattern> patterns);

    /// <summary>Whether there is a file of this path. A link is one: reading it says so.</summary>
    public bool Exists(string path);

    /// <summary>Reads a file of at most <paramref name="limit"/> bytes and one more, so that the reader sees that there is more.</summary>
    /// <returns>Null, with a finding, when there is no such file, it is a link, or its content can't be had.</returns>
    public byte[]? TryRead(string path, int limit, out Diagnostic? error);

    /// <summary>Opens a file to be read forward, so that a large one need not be held.</summary>
    /// <returns>As <see cref="TryRead"/>. Of a stream its length is known.</returns>
    public Stream? TryOpen(string path, int limit, out Diagnostic? error) => TryRead(path, limit, out error) is { } bytes ? new MemoryStream(bytes, writable: false) : null;

    /// <summary>Git's id of a file's content, where it is known without reading the file; null otherwise.</summary>
    public string? BlobOf(string path);

    /// <summary>
    /// Paths of submodules that a pattern reached into and whose recorded commit is not here, sorted: nothing lies there on this side, and a
    /// comparison has to leave them out on both. Filled by <see cref="Find"/>.
    /// </summary>
    public IReadOnlyCollection<string> UnreadSubmodules => [];
}
