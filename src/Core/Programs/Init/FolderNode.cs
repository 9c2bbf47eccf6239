namespace Merlon.Core.Programs.Init;

/// <summary>A folder with the files below it that are of one extension: those that a pattern is to match, and those that it must not.</summary>
/// <param name="path">From the program's folder, with a '/' at its end; empty for the folder itself.</param>
internal sealed class FolderNode(string path)
{
    private readonly SortedDictionary<string, FolderNode> _folders = new(StringComparer.Ordinal);
    private readonly List<string> _others = [];

    public string Path => path;

    public IEnumerable<FolderNode> Folders => _folders.Values;

    /// <summary>Files beside each other, directly in it.</summary>
    public List<string> Wanted { get; } = [];

    /// <inheritdoc cref="Wanted"/>
    public IReadOnlyList<string> Others => _others;

    /// <summary>In it and below.</summary>
    public int AllWanted { get; private set; }

    /// <inheritdoc cref="AllWanted"/>
    public int AllOthers { get; private set; }

    public void Add(string file, bool isWanted)
    {
        _ = isWanted ? AllWanted++ : AllOthers++;
        if (file.IndexOf('/', path.Length) is >= 0 and var end)
        {
            var below = file[..(end + 1)];
            if (!_folders.TryGetValue(below, out var folder))
                _folders.Add(below, folder = new(below));
            folder.Add(file, isWanted);
        }
        else if (isWanted)
            Wanted.Add(file);
        else
            _others.Add(file);
    }
}
