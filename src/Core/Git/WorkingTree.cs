using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>The files of a folder, as paths from it with '/'. Links are never followed, and nothing outside the folder is read.</summary>
/// <param name="root">Full path: of the repository, or of the folder that is checked where there is no repository.</param>
internal sealed class WorkingTree(string root) : ISourceTree
{
    // Folders that were seen to be no links.
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>The nearest folder upward that holds <c>.git</c>, or null. Git's own search is not asked: it answers null in a native build.</summary>
    public static string? FindRoot(string directory)
    {
        for (var folder = Path.GetFullPath(directory); folder is not null; folder = Path.GetDirectoryName(folder))
            if (Path.Exists(Path.Combine(folder, ".git")))
                return folder;
        return null;
    }

    public bool Exists(string path) => File.Exists(FullPath(path)) || new FileInfo(FullPath(path)).LinkTarget is not null;

    /// <summary>Never known: the file has to be read.</summary>
    public string? BlobOf(string path) => null;

    /// <returns>Null when the path or a folder on the way is a link.</returns>
    public string? FullPathWithoutLinks(string path) => LinkOn(path) is null ? FullPath(path) : null;

    public string FullPath(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>What some patterns match, and those among them that match nothing.</summary>
    public (ImmutableArray<string> Paths, ImmutableArray<PathPattern> Unmatched) Find(IReadOnlyCollection<PathPattern> patterns)
    {
        var inclusions = patterns.Where(pattern => !pattern.IsExclusion).ToArray();
        var exclusions = patterns.Where(pattern => pattern.IsExclusion).ToArray();
        HashSet<PathPattern> matched = [];
        SortedSet<string> paths = new(StringComparer.Ordinal);
        foreach (var group in inclusions.GroupBy(pattern => pattern.Folder, StringComparer.Ordinal))
            foreach (var path in FilesBelow(group.Key))
                foreach (var pattern in group.Where(pattern => pattern.Matches(path)))
                {
                    matched.Add(pattern);
                    if (!exclusions.Any(exclusion => exclusion.Matches(path)))
                        paths.Add(path);
                }
        return ([.. paths], [.. inclusions.Where(pattern => !matched.Contains(pattern))]);
    }

    /// <summary>Reads a file of at most <paramref name="limit"/> bytes and one more, so that the reader sees that there is more.</summary>
    /// <returns>Null, with a finding, when the file is a link or the system refuses it.</returns>
    public byte[]? TryRead(string path, int limit, out Diagnostic? error)
    {
        error = null;
        try
        {
            if (FindLink(path) is { } link)
            {
                error = link;
                return null;
            }
            FileInfo file = new(FullPath(path));
            // Devices and pipes say that they are empty, and opening one could wait for ever.
            if (file.Length == 0)
                return [];
            using var handle = File.OpenHandle(file.FullName);
            var bytes = new byte[(int)Math.Min(RandomAccess.GetLength(handle), limit + 1L)];
            var read = RandomAccess.Read(handle, bytes, 0);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = TreeDiagnostics.Unreadable.At(SourceSpan.StartOf(path), e is FileNotFoundException or DirectoryNotFoundException ? "file does not exist" : "file cannot be opened; check its permissions");
            return null;
        }
    }

    /// <summary>Puts new bytes in a file's place: whole or not at all, and through no link.</summary>
    /// <exception cref="IOException">The file is not what was read any more, or the system refuses.</exception>
    public void Replace(string path, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        _folders.Clear();
        if (TryRead(path, before.Length, out _) is not { } now || !before.SequenceEqual(now))
            throw new IOException($"'{path}' changed meanwhile and was left alone; run again");
        var full = FullPath(path);
        var temporary = Path.Combine(Path.GetDirectoryName(full)!, Path.GetRandomFileName()); // a full path of a file has a folder
        // A new file, so that nobody's file or link of this name is written to.
        using (FileStream stream = new(temporary, FileMode.CreateNew))
            stream.Write(after);
        try
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(full));
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private Diagnostic? FindLink(string path) => LinkOn(path) is { } link
        ? TreeDiagnostics.Link.At(SourceSpan.StartOf(path), $"'{link}' is a link and links are not followed; put the file itself there") : null;

    // The first part of the path that is a link. Each folder is asked once.
    private string? LinkOn(string path)
    {
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
            if (!_folders.Contains(path[..end]))
            {
                if (IsLink(path[..end]))
                    return path[..end];
                _folders.Add(path[..end]);
            }
        return IsLink(path) ? path : null;
    }

    private bool IsLink(string path) => new FileInfo(FullPath(path)).LinkTarget is not null;

    private IEnumerable<string> FilesBelow(string folder)
    {
        var full = FullPath(folder);
        if (!Directory.Exists(full) || (folder.Length > 0 && LinkOn(folder) is not null))
            return [];
        System.IO.Enumeration.FileSystemEnumerable<string> files = new(full, (ref System.IO.Enumeration.FileSystemEntry entry) => entry.ToFullPath(), new() { RecurseSubdirectories = true, AttributesToSkip = 0 })
        {
            // A link to a file is listed, so that reading it says so; one to a folder is not entered.
            ShouldIncludePredicate = (ref System.IO.Enumeration.FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref System.IO.Enumeration.FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 && !entry.FileName.SequenceEqual(".git"),
        };
        return files.Select(file => file[(Path.EndsInDirectorySeparator(Root) ? Root.Length : Root.Length + 1)..].Replace(Path.DirectorySeparatorChar, '/'));
    }
}
