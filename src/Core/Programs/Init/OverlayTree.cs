using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;

namespace Merlon.Core.Programs.Init;

/// <summary>A tree as it would be with a few more files, which win over its own.</summary>
/// <param name="files">Texts by path from the root.</param>
internal sealed class OverlayTree(ISourceTree inner, IReadOnlyDictionary<string, string> files) : ISourceTree
{
    public string Root => inner.Root;

    public IReadOnlyCollection<string> UnreadSubmodules => inner.UnreadSubmodules;

    public string FullPath(string path) => inner.FullPath(path);

    public (ImmutableArray<string> Paths, ImmutableArray<PathPattern> Unmatched) Find(IReadOnlyCollection<PathPattern> patterns)
    {
        var (paths, unmatched) = inner.Find(patterns);
        var own = files.Keys.Where(path => PathPattern.Matches(patterns, path)).ToArray();
        return ([.. paths.Union(own, StringComparer.Ordinal).Order(StringComparer.Ordinal)], [.. unmatched.Where(pattern => !own.Any(pattern.Matches))]);
    }

    public bool Exists(string path) => files.ContainsKey(path) || inner.Exists(path);

    public byte[]? TryRead(string path, int limit, out Diagnostic? error)
    {
        if (!files.TryGetValue(path, out var text))
            return inner.TryRead(path, limit, out error);
        error = null;
        return Encoding.UTF8.GetBytes(text);
    }

    public Stream? TryOpen(string path, int limit, out Diagnostic? error)
    {
        if (!files.ContainsKey(path))
            return inner.TryOpen(path, limit, out error);
        return new MemoryStream(TryRead(path, limit, out error)!, writable: false); // it is here
    }

    public string? BlobOf(string path) => files.ContainsKey(path) ? null : inner.BlobOf(path);
}
