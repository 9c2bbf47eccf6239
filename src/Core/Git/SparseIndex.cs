using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;

namespace Merlon.Core.Git;

/// <summary>Which files of the index a sparse checkout leaves out of the folder: libgit2 does not tell. The form is that of git's gitformat-index, with SHA-1.</summary>
internal static class SparseIndex
{
    // Before the path: times, mode and size, the id, and two bytes of flags.
    private const int FixedBytes = 62;
    private const int FlagsAt = 60;
    private const int Extended = 0x4000;
    private const int SkipWorktree = 0x4000;

    /// <param name="gitFolder">Full path of the folder that holds the index.</param>
    public static bool IsUsed(string gitFolder) => File.Exists(Path.Combine(gitFolder, "info", "sparse-checkout"));

    /// <returns>Paths from the root; none where the index can't be read, which its own reader reports.</returns>
    public static FrozenSet<string> FindSkipped(string gitFolder)
    {
        try
        {
            return IsUsed(gitFolder) ? Read(File.ReadAllBytes(Path.Combine(gitFolder, "index"))) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return [];
        }
    }

    private static FrozenSet<string> Read(ReadOnlySpan<byte> index)
    {
        List<string> skipped = [];
        var version = BinaryPrimitives.ReadInt32BigEndian(index[4..]);
        var count = BinaryPrimitives.ReadInt32BigEndian(index[8..]);
        byte[] path = [];
        for (var (at, i) = (12, 0); i < count; i++)
        {
            var start = at;
            var isExtended = (BinaryPrimitives.ReadUInt16BigEndian(index[(at + FlagsAt)..]) & Extended) != 0;
            var isSkipped = isExtended && (BinaryPrimitives.ReadUInt16BigEndian(index[(at + FixedBytes)..]) & SkipWorktree) != 0;
            at += FixedBytes + (isExtended ? 2 : 0);
            // Version 4 writes how many bytes of the path before are dropped, and what comes instead.
            var kept = version == 4 ? path.Length - ReadNumber(index, ref at) : 0;
            var length = index[at..].IndexOf((byte)0);
            path = [.. path.AsSpan(0, kept), .. index.Slice(at, length)];
            at = version == 4 ? at + length + 1 : start + ((at + length - start + 8) / 8 * 8);
            if (isSkipped)
                skipped.Add(Encoding.UTF8.GetString(path));
        }
        return skipped.ToFrozenSet(StringComparer.Ordinal);
    }

    // As in git's packs: seven bits a byte, the highest first, with one added at each step.
    private static int ReadNumber(ReadOnlySpan<byte> index, ref int at)
    {
        var value = index[at] & 0x7f;
        while ((index[at++] & 0x80) != 0)
            value = ((value + 1) << 7) | (index[at] & 0x7f);
        return value;
    }
}
