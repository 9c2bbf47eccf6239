using System.Collections.Immutable;

namespace Merlon.Core.Git;

/// <summary>Patterns that are asked together.</summary>
internal sealed class Patterns(IReadOnlyCollection<PathPattern> patterns)
{
    private readonly ImmutableArray<PathPattern> _exclusions = [.. patterns.Where(pattern => pattern.IsExclusion)];

    /// <summary>Those that do not begin with '!'.</summary>
    public ImmutableArray<PathPattern> Inclusions { get; } = [.. patterns.Where(pattern => !pattern.IsExclusion)];

    /// <summary>Equal for patterns that choose the same.</summary>
    public string Key { get; } = string.Join('\n', patterns.Where(pattern => !pattern.IsExclusion).Concat(patterns.Where(pattern => pattern.IsExclusion)).Select(pattern => pattern.FromRoot));

    /// <summary>The folders below which everything lies that may match: none below another one.</summary>
    public IEnumerable<string> Folders => Inclusions.Select(pattern => pattern.Folder).Distinct(StringComparer.Ordinal)
        .Where(folder => !Inclusions.Any(pattern => pattern.Folder != folder && IsBelow(folder, pattern.Folder)));

    /// <summary>Whether something in a folder or below it may match.</summary>
    public bool Reach(string folder) => Inclusions.Any(pattern => pattern.ReachesBelow(folder));

    /// <param name="matched">The positions of matching patterns are added, whether or not another one leaves the path out.</param>
    public bool Choose(string path, ISet<int> matched)
    {
        var isMatched = false;
        for (var i = 0; i < Inclusions.Length; i++)
            // Once a pattern is known to match something, it need not match again where another one does.
            if ((!isMatched || !matched.Contains(i)) && Inclusions[i].Matches(path))
            {
                isMatched = true;
                matched.Add(i);
            }
        return isMatched && !_exclusions.Any(exclusion => exclusion.Matches(path));
    }

    private static bool IsBelow(string path, string folder) =>
        folder.Length == 0 || path == folder || (path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal));
}
