namespace Merlon.Core.Git;

/// <summary>The files of a working tree that tell git what to ignore, as they are come across.</summary>
/// <param name="root">Full path.</param>
internal sealed class IgnoreFiles(string root)
{
    private const string Name = ".gitignore";

    private readonly SortedSet<string> _paths = new(StringComparer.Ordinal);
    private readonly GitFolder? _git = Path.Exists(Path.Combine(root, ".git")) ? GitFolder.Find(root) : null;

    /// <summary>Whether there is a repository, and a line in one of the files that is more than a comment.</summary>
    public bool HavePatterns => _git is not null && _paths.Select(FullPath).Prepend(Exclude(_git)).Any(HasPattern);

    /// <summary>A file that was seen.</summary>
    /// <param name="path">From the root.</param>
    public void Add(string path)
    {
        if (path.EndsWith(Name, StringComparison.Ordinal) && (path.Length == Name.Length || path[^(Name.Length + 1)] == '/'))
            _paths.Add(path);
    }

    /// <summary>Those of a folder and of the folders above it.</summary>
    public void AddAbove(string folder)
    {
        for (; ; folder = folder[..Math.Max(0, folder.LastIndexOf('/'))])
        {
            var path = folder.Length == 0 ? Name : $"{folder}/{Name}";
            if (File.Exists(FullPath(path)))
                _paths.Add(path);
            if (folder.Length == 0)
                return;
        }
    }

    /// <param name="maySubmodules">Whether the index tells which commit of a submodule is read.</param>
    public IEnumerable<string> FullPaths(bool maySubmodules)
    {
        foreach (var path in _paths)
            yield return FullPath(path);
        if (_git is null)
            yield break;
        yield return Exclude(_git);
        if (maySubmodules)
            yield return FullPath(SubmoduleNames.File);
        // A tracked file is never ignored.
        if (maySubmodules || HavePatterns)
            yield return Path.Combine(_git.Path, "index");
    }

    private static string Exclude(GitFolder git) => Path.Combine(git.Common, "info", "exclude");

    // One that can't be read is taken for one that says something: git decides.
    private static bool HasPattern(string file)
    {
        try
        {
            // Devices and pipes say that they are empty, and reading one could never end.
            return new FileInfo(file) is { Exists: true, Length: > 0 } && File.ReadLines(file).Any(line => line.AsSpan().TrimEnd() is { Length: > 0 } text && text[0] != '#');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private string FullPath(string path) => Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar));
}
