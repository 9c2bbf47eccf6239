using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Emulation.Library;

/// <summary>A file of a library.</summary>
/// <param name="Label">For findings: its path, as the user named the library.</param>
/// <param name="Relative">Its path within the library, with '/'.</param>
internal sealed record LibraryFile(string FullPath, string Label, string Relative);

/// <summary>
/// Finds and reads the files of a library, which lies outside the repository where the user says. It follows no link from there, and reads a bounded
/// number of files of a bounded size.
/// </summary>
internal sealed class LibraryFiles
{
    /// <summary>The most files that are read. Atomic Red Team has 341, stockpile 209.</summary>
    public const int MaxFiles = 10_000;

    // Files and folders that are looked at.
    private const int MaxEntries = 200_000;

    private readonly string _path;
    private int _entries;
    private int _files;

    /// <param name="path">Full path of a file or folder.</param>
    /// <param name="label">As the user named it.</param>
    public LibraryFiles(string path, string label) => (_path, Label) = (Path.TrimEndingDirectorySeparator(path), label.Replace('\\', '/').TrimEnd('/'));

    public string Label { get; }

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Whether a file was found and its bytes could be read.</summary>
    public bool HasRead { get; private set; }

    public bool IsFile => File.Exists(_path);

    /// <summary>The file that the user named.</summary>
    public LibraryFile Single => new(_path, Label, Path.GetFileName(_path));

    public bool HasFolder(string relative) => Directory.Exists(Path.Combine(_path, relative)) && !IsLink(Path.Combine(_path, relative));

    /// <summary>The files in a folder and below that have one of some extensions and are wanted, by path.</summary>
    /// <param name="folder">Relative; empty for all.</param>
    /// <param name="isWanted">Told the name of a file.</param>
    public IEnumerable<LibraryFile> Find(string folder, ImmutableArray<string> extensions, Func<string, bool> isWanted)
    {
        var start = folder.Length == 0 ? _path : Path.Combine(_path, folder);
        if (!Directory.Exists(start))
            yield break;
        foreach (var file in Find(new DirectoryInfo(start), folder, extensions, isWanted))
            if (++_files <= MaxFiles)
                yield return file;
            else
            {
                Diagnostics.Add(EmulationDiagnostics.Limit.At(SourceSpan.StartOf(Label), $"'{Label}' has more than {MaxFiles} files of tests; the rest is not read"));
                yield break;
            }
    }

    /// <summary>The bytes of a file; null, with a finding, when it cannot be read.</summary>
    public byte[]? Read(LibraryFile file)
    {
        try
        {
            using FileStream stream = new(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            // One more than is allowed, so that a file that is too long is seen to be.
            var bytes = new byte[Math.Min(stream.Length, YamlFile.MaxBytes + 1L)];
            stream.ReadExactly(bytes);
            HasRead = true;
            if (bytes.Length <= YamlFile.MaxBytes)
                return bytes;
            Diagnostics.Add(EmulationDiagnostics.Limit.At(SourceSpan.StartOf(file.Label), $"file has more than {YamlFile.MaxBytes} bytes, so its tests are not read"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Diagnostics.Add(EmulationDiagnostics.LeftOut.At(SourceSpan.StartOf(file.Label), "file cannot be read, so its tests are left out"));
        }
        return null;
    }

    private IEnumerable<LibraryFile> Find(DirectoryInfo folder, string relative, ImmutableArray<string> extensions, Func<string, bool> isWanted)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = [.. folder.EnumerateFileSystemInfos().Take(MaxEntries + 1).OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Diagnostics.Add(EmulationDiagnostics.LeftOut.At(SourceSpan.StartOf(Labelled(relative)), "folder cannot be read, so its tests are left out"));
            yield break;
        }
        foreach (var entry in entries)
        {
            // Git's own folder is as large as the rest. Where too many entries are, the folder is not what the user meant.
            if (entry.Name.StartsWith('.') || ++_entries > MaxEntries)
                continue;
            var path = relative.Length == 0 ? entry.Name : $"{relative}/{entry.Name}";
            var isFile = extensions.Contains(Path.GetExtension(entry.Name).ToLowerInvariant()) && isWanted(entry.Name);
            if (entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                if (isFile || entry is DirectoryInfo)
                    Diagnostics.Add(EmulationDiagnostics.Limit.At(SourceSpan.StartOf(Labelled(path)), "this is a link, which is not followed"));
            }
            else if (entry is DirectoryInfo inner)
                foreach (var file in Find(inner, path, extensions, isWanted))
                    yield return file;
            else if (isFile)
                yield return new(entry.FullName, Labelled(path), path);
        }
    }

    private string Labelled(string relative) => relative.Length == 0 ? Label : $"{Label}/{relative}";

    private static bool IsLink(string path) => new DirectoryInfo(path).LinkTarget is not null;
}
