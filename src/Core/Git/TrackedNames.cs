using System.Buffers.Binary;
using System.Text;

namespace Merlon.Core.Git;

/// <summary>Tells what the tool itself saved from what somebody committed in its place.</summary>
internal static class TrackedNames
{
    // Beyond this an index is taken for one that may hold anything.
    private const int MaxIndexBytes = 256 << 20;

    /// <summary>
    /// Whether git may track a file: whether its repository's index has any of that name, in any case, wherever it lies, or a link below the
    /// repository's root leads to it, as into a submodule. In doubt it does.
    /// </summary>
    /// <param name="fullPath">Of a file in or outside of a repository.</param>
    public static bool MayHold(string fullPath)
    {
        if (WorkingTree.FindRoot(Path.GetDirectoryName(fullPath)!) is not { } root || GitFolder.Find(root) is not { } folder) // a full path of a file has a folder
            return false;
        try
        {
            return IsBelowLink(root, fullPath) || MayHold(root, folder, Path.GetFileName(fullPath));
        }
        catch (Exception e) when (e is GitFailure or IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static bool IsBelowLink(string root, string fullPath)
    {
        for (var path = fullPath; path.Length > root.Length; path = Path.GetDirectoryName(path)!) // it leads to the root
            if (new FileInfo(path).LinkTarget is not null)
                return true;
        return false;
    }

    private static bool MayHold(string root, GitFolder folder, string name)
    {
        FileInfo index = new(Path.Combine(folder.Path, "index"));
        if (!index.Exists)
            return false;
        if (index.Length > MaxIndexBytes)
            return true;
        var bytes = File.ReadAllBytes(index.FullName);
        // An entry has 62 bytes and its name: libgit2 makes room for as many as a damaged one claims.
        if (bytes.Length >= 12 && BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(8)) > bytes.Length / 62)
            return true;
        // Versions 2 and 3 have each path whole, so that most builds need not open the repository; 4 and an index in two files do not.
        var isWhole = bytes.AsSpan() is [(byte)'D', (byte)'I', (byte)'R', (byte)'C', 0, 0, 0, 2 or 3, ..] && !Directory.EnumerateFiles(folder.Path, "sharedindex.*").Any();
        if (isWhole && !Encoding.Latin1.GetString(bytes).Contains(name, StringComparison.OrdinalIgnoreCase))
            return false;
        using var repository = GitRepository.TryOpen(root, out _);
        return repository is null || repository.ReadIndex().Any(entry => Path.GetFileName(entry.Name).Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
