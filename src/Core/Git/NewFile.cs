namespace Merlon.Core.Git;

/// <summary>
/// Puts a file in place whole or not at all: it is written beside its place and renamed, so that a link of that name is replaced and not followed. Where
/// the process is killed meanwhile, a hidden file <c>.NAME.XXXXXXXX.tmp</c> may stay, which nothing reads.
/// </summary>
internal static class NewFile
{
    /// <param name="fullPath">In a folder that exists.</param>
    /// <param name="mode">Rights on Unix; null for what the system gives.</param>
    /// <exception cref="IOException">The system refuses, as on a full disk. What was there stays.</exception>
    public static void Put(string fullPath, ReadOnlySpan<byte> content, bool overwrite = true, UnixFileMode? mode = null)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(fullPath)!, TemporaryName(fullPath)); // a full path of a file has a folder
        var isOurs = false;
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew))
            {
                isOurs = true;
                stream.Write(content);
            }
            if (mode is { } rights && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, rights);
            File.Move(temporary, fullPath, overwrite);
        }
        catch (Exception e) when (isOurs)
        {
            File.Delete(temporary);
            // What the framework says where the system refuses a file of that length.
            if (e is ArgumentOutOfRangeException)
                throw new IOException($"'{fullPath}' cannot be written: the system allows no file of {content.Length} bytes there", e);
            throw;
        }
    }

    // A name as long as a system takes has no room for more.
    private static string TemporaryName(string fullPath) =>
        $".{(Path.GetFileName(fullPath) is { Length: <= 50 } name ? name : "merlon")}.{Path.GetFileNameWithoutExtension(Path.GetRandomFileName())}.tmp";
}
