namespace Merlon.Core.Git;

/// <summary>
/// A pattern of paths from the root of a tree: '/' between parts, <c>*</c> and <c>?</c> within a part, <c>**</c> for any number of
/// parts. Case counts on every system, so that a tree means the same everywhere.
/// </summary>
internal sealed class PathPattern
{
    private readonly string[] _parts;

    private PathPattern(string text, bool isExclusion, string[] parts) => (Text, IsExclusion, _parts) = (text, isExclusion, parts);

    /// <summary>As written, with its leading '!'.</summary>
    public string Text { get; }

    /// <summary>The same pattern from the root, whatever folder it was written in.</summary>
    public string FromRoot => (IsExclusion ? "!" : "") + string.Join('/', _parts);

    /// <summary>Whether it begins with '!': what it matches is left out.</summary>
    public bool IsExclusion { get; }

    /// <summary>The pattern as a path from the root, for one that names a single file.</summary>
    public string Path => string.Join('/', _parts);

    /// <summary>The folder below which everything that it matches lies; empty for the root.</summary>
    public string Folder => string.Join('/', _parts.Take(_parts.Length - 1).TakeWhile(part => part.AsSpan().IndexOfAny('*', '?') < 0));

    /// <param name="text">Relative to <paramref name="folder"/>.</param>
    /// <param name="folder">From the root, without a '/' at its end; empty for the root.</param>
    /// <returns>Null when the pattern is empty, absolute, or leads out of the root.</returns>
    public static PathPattern? TryParse(string text, string folder)
    {
        var isExclusion = text.StartsWith('!');
        var relative = isExclusion ? text[1..] : text;
        if (relative.Length == 0 || relative.StartsWith('/') || relative.Contains('\\', StringComparison.Ordinal) || (relative.Length > 1 && relative[1] == ':'))
            return null;
        List<string> parts = [.. folder.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part == "..")
                return null;
            else if (part != ".")
                parts.Add(part);
        return parts.Count == 0 ? null : new(text, isExclusion, [.. parts]);
    }

    /// <summary>Whether one of the patterns matches a path and none of those that begin with '!' does.</summary>
    public static bool Matches(IEnumerable<PathPattern> patterns, string path)
    {
        var isMatched = false;
        foreach (var pattern in patterns)
            if ((pattern.IsExclusion || !isMatched) && pattern.Matches(path))
            {
                if (pattern.IsExclusion)
                    return false;
                isMatched = true;
            }
        return isMatched;
    }

    public bool Matches(string path)
    {
        // Most paths differ in their last part already.
        if (_parts[^1] is var last && last != "**" && !MatchesPart(last, path.AsSpan(path.LastIndexOf('/') + 1)))
            return false;
        // On a mismatch go back to the last '**' only and let it take one more part: enough, and never worse than part by part.
        ReadOnlySpan<char> rest = path, retry = default;
        var (part, star) = (0, -1);
        while (!rest.IsEmpty)
        {
            if (part < _parts.Length && _parts[part] == "**")
            {
                star = part++;
                retry = rest;
            }
            else if (part < _parts.Length && MatchesPart(_parts[part], First(rest)))
            {
                part++;
                rest = Rest(rest);
            }
            else if (star >= 0)
            {
                part = star + 1;
                rest = retry = Rest(retry);
            }
            else
                return false;
        }
        while (part < _parts.Length && _parts[part] == "**")
            part++;
        return part == _parts.Length;
    }

    private static ReadOnlySpan<char> First(ReadOnlySpan<char> path) => path.IndexOf('/') is >= 0 and var end ? path[..end] : path;

    private static ReadOnlySpan<char> Rest(ReadOnlySpan<char> path) => path.IndexOf('/') is >= 0 and var end ? path[(end + 1)..] : [];

    /// <summary>Whether a path below a folder may match; the folder is empty for the root.</summary>
    public bool ReachesBelow(string folder)
    {
        var names = folder.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < names.Length; i++)
            if (_parts[i] == "**")
                return true;
            else if (i == _parts.Length - 1 || !MatchesPart(_parts[i], names[i]))
                return false;
        return true;
    }

    // As above, by characters.
    private static bool MatchesPart(string pattern, ReadOnlySpan<char> name)
    {
        var (p, n, star, retry) = (0, 0, -1, 0);
        while (n < name.Length)
            if (p < pattern.Length && pattern[p] == '*')
                (star, retry) = (p++, n);
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
                (p, n) = (p + 1, n + 1);
            else if (star >= 0)
                (p, n) = (star + 1, ++retry);
            else
                return false;
        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }
}
