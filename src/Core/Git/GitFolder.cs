namespace Merlon.Core.Git;

/// <summary>Where git keeps a repository's store and settings. Read as files, without git.</summary>
/// <param name="Path">Of this working tree: HEAD and the index. Full path.</param>
/// <param name="Common">Of all working trees of the repository: objects, branches and settings. Full path.</param>
internal sealed record GitFolder(string Path, string Common)
{
    private const int MaxFileBytes = 1 << 16;

    /// <param name="root">The folder that holds <c>.git</c>, or a bare repository.</param>
    /// <returns>Null when there is none. That it is one that git could read is not said.</returns>
    public static GitFolder? Find(string root)
    {
        var git = System.IO.Path.Combine(root, ".git");
        if (Directory.Exists(git))
            return Of(git);
        if (File.Exists(git))
            return Line(git) is { } line && line.StartsWith("gitdir:", StringComparison.Ordinal) && line["gitdir:".Length..].Trim() is { Length: > 0 } folder
                ? Of(System.IO.Path.GetFullPath(folder, root)) : null;
        return File.Exists(System.IO.Path.Combine(root, "HEAD")) && Directory.Exists(System.IO.Path.Combine(root, "objects")) ? Of(root) : null;
    }

    /// <param name="folder">Full path of the folder that holds HEAD.</param>
    public static GitFolder Of(string folder) =>
        new(folder, Line(System.IO.Path.Combine(folder, "commondir")) is { Length: > 0 } common ? System.IO.Path.GetFullPath(common, folder) : folder);

    // Of an existing file, without its end; null where it can't be read.
    private static string? Line(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: < MaxFileBytes } ? File.ReadAllText(file).TrimEnd('\r', '\n') : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
