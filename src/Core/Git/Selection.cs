using System.Collections.Immutable;

namespace Merlon.Core.Git;

/// <summary>What patterns chose in a folder of a commit and below.</summary>
/// <param name="Parts">Paths of files, and the selections of folders, in git's order.</param>
/// <param name="Matched">Positions of the patterns that matched, whether or not another one left the file out.</param>
/// <param name="Unread">Paths of submodules that are not here.</param>
/// <param name="Visited">How many entries were looked at.</param>
internal sealed record Selection(ImmutableArray<(string? Path, Selection? Below)> Parts, ImmutableHashSet<int> Matched, ImmutableArray<string> Unread, long Visited)
{
    public static Selection Empty { get; } = new([], [], [], 0);

    public void AddTo(List<string> paths)
    {
        foreach (var (path, below) in Parts)
            if (path is not null)
                paths.Add(path);
            else
                below?.AddTo(paths);
    }
}
