using System.Collections.Immutable;
using System.IO.Enumeration;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Git;

/// <summary>
/// The files of a folder as git would see them, as paths from it with '/': those that it ignores are left out, and a submodule's are those of the
/// commit that the index records. Links are never followed, and nothing outside the folder is read.
/// </summary>
/// <param name="root">Full path: of the repository, or of the folder that is checked where there is no repository.</param>
internal sealed class WorkingTree(string root, GitBackend backend = GitBackend.Auto) : ISourceTree, IDisposable
{
    private const int StreamBuffer = 1 << 16;

    // Folders that were seen to be no links.
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _unread = new(StringComparer.Ordinal);
    private readonly IgnoreFiles _ignoreFiles = new(root);
    private GitView? _git;
    private bool? _maySubmodules;

    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    public IReadOnlyCollection<string> UnreadSubmodules => _unread;

    /// <summary>
    /// Full paths of the files that decide what is left out, and which commit of a submodule is read, as far as <see cref="Find"/> or
    /// <see cref="FindAll"/> has come across them. Not all of them need exist.
    /// </summary>
    public IEnumerable<string> IgnoreFiles => _ignoreFiles.FullPaths(MaySubmodules);

    // Asked once: without either there is no need to open the repository.
    private bool MaySubmodules => _maySubmodules ??= File.Exists(FullPath(SubmoduleNames.File)) && Path.Exists(Path.Combine(Root, ".git"));

    private GitView Git => _git ??= new(Root, backend);

    /// <summary>The nearest folder upward that holds <c>.git</c>, or null. Git's own search is not asked: it answers null in a native build.</summary>
    public static string? FindRoot(string directory)
    {
        for (var folder = Path.GetFullPath(directory); folder is not null; folder = Path.GetDirectoryName(folder))
            if (Path.Exists(Path.Combine(folder, ".git")))
                return folder;
        return null;
    }

    public bool Exists(string path) => SubmoduleOf(path) is var (files, _) ? files?.Find(path) is { Entry.Kind: GitEntryKind.File or GitEntryKind.Link }
        : File.Exists(FullPath(path)) || new FileInfo(FullPath(path)).LinkTarget is not null;

    /// <summary>Known below a submodule only: any other file has to be read.</summary>
    public string? BlobOf(string path) => SubmoduleOf(path) is ({ } files, _) && files.Find(path) is { Entry: { Kind: GitEntryKind.File or GitEntryKind.Link, Id: var id } } ? id : null;

    /// <returns>Null when the path or a folder on the way is a link.</returns>
    public string? FullPathWithoutLinks(string path) => LinkOn(path) is null ? FullPath(path) : null;

    public string FullPath(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>What some patterns match of what git sees, and those among them that match nothing.</summary>
    public (ImmutableArray<string> Paths, ImmutableArray<PathPattern> Unmatched) Find(IReadOnlyCollection<PathPattern> patterns)
    {
        Patterns asked = new(patterns);
        HashSet<int> matched = [];
        var paths = Choose(asked, matched);
        if (MaySubmodules && Git.Submodules is { Count: > 0 } submodules)
        {
            matched = Rechoose(asked, paths, path => SubmoduleOf(path) is not null);
            foreach (var (path, files) in submodules.Where(submodule => asked.Reach(submodule.Key)))
                if (files is null)
                    _unread.Add(path);
                else
                    Add(files.Select(asked), paths, matched);
        }
        // Git is asked only where a file could be ignored.
        if (_ignoreFiles.HavePatterns && Git.FindIgnored(paths.Where(path => SubmoduleOf(path) is null)) is { Count: > 0 } ignored)
            matched = Rechoose(asked, paths, ignored.Contains);
        return Result(asked, paths, matched);
    }

    /// <summary>What some patterns match, ignored or not, without asking git: at least what <see cref="Find"/> finds outside of submodules.</summary>
    public (ImmutableArray<string> Paths, ImmutableArray<PathPattern> Unmatched) FindAll(IReadOnlyCollection<PathPattern> patterns)
    {
        Patterns asked = new(patterns);
        HashSet<int> matched = [];
        return Result(asked, Choose(asked, matched), matched);
    }

    /// <summary>Reads a file of at most <paramref name="limit"/> bytes and one more, so that the reader sees that there is more.</summary>
    /// <returns>Null, with a finding, when the file is a link or the system refuses it.</returns>
    public byte[]? TryRead(string path, int limit, out Diagnostic? error)
    {
        if (SubmoduleOf(path) is not var (files, submodule))
            return TryReadFile(path, limit, out error);
        try
        {
            if (files is not null)
                return files.TryRead(path, limit, out error);
            error = RevisionDiagnostics.Unread(submodule);
        }
        catch (GitFailure failure)
        {
            error = failure.Finding with { Span = SourceSpan.StartOf(path) };
        }
        return null;
    }

    public void Dispose() => _git?.Dispose();

    /// <summary>The file that lies there, whatever git says. As <see cref="TryRead"/> otherwise.</summary>
    public byte[]? TryReadFile(string path, int limit, out Diagnostic? error)
    {
        error = null;
        try
        {
            // One question to the system for all: whether it is a link, and how long.
            FileInfo file = new(FullPath(path));
            // Of what does not exist all attributes are set.
            if (LinkAbove(path) is not null || (file.Attributes & FileAttributes.ReparsePoint) != 0)
            {
                error = FindLink(path) ?? Refused(path, new FileNotFoundException());
                return null;
            }
            // Devices and pipes say that they are empty, and opening one could wait for ever.
            if (file.Length == 0)
                return [];
            // Without a lock: nobody would heed it.
            using var handle = File.OpenHandle(file.FullName, share: FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[(int)Math.Min(RandomAccess.GetLength(handle), limit + 1L)];
            var read = RandomAccess.Read(handle, bytes, 0);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = Refused(path, e);
            return null;
        }
    }

    public Stream? TryOpen(string path, int limit, out Diagnostic? error)
    {
        if (SubmoduleOf(path) is not null)
            return TryRead(path, limit, out error) is { } bytes ? new MemoryStream(bytes, writable: false) : null;
        error = null;
        try
        {
            if ((error = FindLink(path)) is not null)
                return null;
            FileInfo file = new(FullPath(path));
            // As in TryReadFile.
            return file.Length == 0 ? Stream.Null : new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, StreamBuffer, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = Refused(path, e);
            return null;
        }
    }

    private static Diagnostic Refused(string path, Exception e) =>
        TreeDiagnostics.Unreadable.At(SourceSpan.StartOf(path), e is FileNotFoundException or DirectoryNotFoundException ? "file does not exist" : "file cannot be opened; check its permissions");

    /// <summary>Puts new bytes in a file's place: whole or not at all, and through no link.</summary>
    /// <exception cref="IOException">The file is not what was read any more, or the system refuses.</exception>
    public void Replace(string path, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        _folders.Clear();
        if (TryReadFile(path, before.Length, out _) is not { } now || !before.SequenceEqual(now))
            throw new IOException($"'{path}' changed meanwhile and was left alone; run again");
        var full = FullPath(path);
        NewFile.Put(full, after, mode: OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(full));
    }

    private Diagnostic? FindLink(string path) => LinkOn(path) is { } link
        ? TreeDiagnostics.Link.At(SourceSpan.StartOf(path), $"'{link}' is a link and links are not followed; put the file itself there") : null;

    // The first part of the path that is a link. Each folder is asked once.
    private string? LinkOn(string path) => LinkAbove(path) ?? (IsLink(path) ? path : null);

    private string? LinkAbove(string path)
    {
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
            if (!_folders.Contains(path[..end]))
            {
                if (IsLink(path[..end]))
                    return path[..end];
                _folders.Add(path[..end]);
            }
        return null;
    }

    private bool IsLink(string path) => new FileInfo(FullPath(path)).LinkTarget is not null;

    // Sorted, and every path once.
    private SortedSet<string> Choose(Patterns asked, HashSet<int> matched)
    {
        SortedSet<string> paths = new(StringComparer.Ordinal);
        foreach (var folder in asked.Folders)
        {
            _ignoreFiles.AddAbove(folder);
            foreach (var path in FilesBelow(folder))
            {
                _ignoreFiles.Add(path);
                if (asked.Choose(path, matched))
                    paths.Add(path);
            }
        }
        return paths;
    }

    // Takes some paths out. What matched and was left out by a pattern counts no more.
    private static HashSet<int> Rechoose(Patterns asked, SortedSet<string> paths, Predicate<string> isOut)
    {
        HashSet<int> matched = [];
        paths.RemoveWhere(isOut);
        foreach (var path in paths)
            asked.Choose(path, matched);
        return matched;
    }

    private static void Add(Selection selection, SortedSet<string> paths, HashSet<int> matched)
    {
        List<string> found = [];
        selection.AddTo(found);
        paths.UnionWith(found);
        matched.UnionWith(selection.Matched);
    }

    private static (ImmutableArray<string>, ImmutableArray<PathPattern>) Result(Patterns asked, SortedSet<string> paths, HashSet<int> matched) =>
        ([.. paths], [.. asked.Inclusions.Where((_, i) => !matched.Contains(i))]);

    // The submodule above a path, with its files where they are here.
    private (TreeFiles? Files, string Path)? SubmoduleOf(string path)
    {
        if (MaySubmodules)
            for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
                if (Git.Submodules.TryGetValue(path[..end], out var files))
                    return (files, path[..end]);
        return null;
    }

    private IEnumerable<string> FilesBelow(string folder)
    {
        var full = FullPath(folder);
        if (!Directory.Exists(full) || (folder.Length > 0 && LinkOn(folder) is not null))
            return [];
        var length = Path.EndsInDirectorySeparator(Root) ? Root.Length : Root.Length + 1;
        FileSystemEnumerable<string> files = new(full, (ref FileSystemEntry entry) => entry.ToFullPath(), new() { RecurseSubdirectories = true, AttributesToSkip = 0 })
        {
            // A link to a file is listed, so that reading it says so; one to a folder is not entered.
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && !IsGit(ref entry, length),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 && !IsGit(ref entry, length),
        };
        return files.Select(file => file[length..].Replace(Path.DirectorySeparatorChar, '/'));
    }

    // A repository in a folder below may be a submodule, whatever '.gitmodules' says.
    private bool IsGit(ref FileSystemEntry entry, int length)
    {
        if (!entry.FileName.SequenceEqual(".git"))
            return false;
        if (entry.Directory.Length >= length)
            _maySubmodules = Path.Exists(Path.Combine(Root, ".git"));
        return true;
    }
}
