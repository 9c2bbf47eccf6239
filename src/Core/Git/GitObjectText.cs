using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Merlon.Core.Git;

/// <summary>What git's objects say, in the form that git stores them in.</summary>
internal static class GitObjectText
{
    /// <param name="ends">Commits whose parents are not here: where a shallow clone ends.</param>
    public static GitCommit Commit(GitObject read, FrozenSet<string> ends)
    {
        var text = Encoding.UTF8.GetString(read.Content);
        var headers = text.IndexOf("\n\n", StringComparison.Ordinal) is >= 0 and var end ? text[..end] : text;
        var lines = headers.Split('\n');
        var parents = ends.Contains(read.Id) ? [] : lines.Skip(1).TakeWhile(line => line.StartsWith("parent ", StringComparison.Ordinal)).Select(line => line["parent ".Length..]);
        var committer = lines.FirstOrDefault(line => line.StartsWith("committer ", StringComparison.Ordinal)) ?? "";
        return new(read.Id, [.. parents], Date(committer), GitCommit.SubjectOf(text[headers.Length..]));
    }

    /// <param name="idBytes">20 or 32.</param>
    public static GitTree Tree(byte[] content, int idBytes)
    {
        List<GitEntry> entries = [];
        for (ReadOnlySpan<byte> rest = content; rest.IndexOf((byte)' ') is > 0 and var space;)
        {
            var nul = rest.IndexOf((byte)0);
            if (nul < space || rest.Length <= nul + idBytes)
                break;
            entries.Add(new(Encoding.UTF8.GetString(rest[(space + 1)..nul]), GitEntry.KindOf(Encoding.UTF8.GetString(rest[..space])), Convert.ToHexStringLower(rest.Slice(nul + 1, idBytes))));
            rest = rest[(nul + 1 + idBytes)..];
        }
        return new(entries);
    }

    // "committer Name <mail> seconds +hhmm". Anybody can write any number into a commit.
    private static DateTimeOffset Date(string line)
    {
        if (line.Split(' ') is not [.., var first, var second]
            || !long.TryParse(first, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            || !int.TryParse(second, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var zone))
            return DateTimeOffset.UnixEpoch;
        try
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(TimeSpan.FromMinutes((zone / 100 * 60) + (zone % 100)));
        }
        catch (ArgumentOutOfRangeException)
        {
            return DateTimeOffset.UnixEpoch;
        }
    }
}
