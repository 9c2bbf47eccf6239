using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Merlon.Core.Git;

/// <summary>One tree object: the entries of one folder, in git's order.</summary>
internal sealed class GitTree(IEnumerable<GitEntry> entries)
{
    private FrozenDictionary<string, GitEntry>? _byName;

    // A tree that git itself would not check out can name anything, twice too.
    public ImmutableArray<GitEntry> Entries { get; } = [.. entries.Where(entry => IsName(entry.Name)).DistinctBy(entry => entry.Name, StringComparer.Ordinal)];

    public GitEntry? Find(string name)
    {
        _byName ??= Entries.ToFrozenDictionary(entry => entry.Name, StringComparer.Ordinal);
        return _byName.TryGetValue(name, out var entry) ? entry : null;
    }

    private static bool IsName(string name) => name.Length > 0 && name is not ("." or "..") && !name.Contains('/', StringComparison.Ordinal) && !string.Equals(name, ".git", StringComparison.OrdinalIgnoreCase);
}
