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
        var names = path.Split('/');
        return Matches(_parts.Length, names.Length, part => _parts[part] == "**", (part, name) => MatchesPart(_parts[part], names[name]));
    }

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

    private static bool MatchesPart(string pattern, string name) =>
        pattern == name || Matches(pattern.Length, name.Length, p => pattern[p] == '*', (p, n) => pattern[p] == '?' || pattern[p] == name[n]);

    // On a mismatch go back to the last star only and let it take one more: enough, and never worse than length by length.
    private static bool Matches(int patternLength, int length, Func<int, bool> isStar, Func<int, int, bool> same)
    {
        var (p, n, star, retry) = (0, 0, -1, 0);
        while (n < length)
            if (p < patternLength && isStar(p))
                (star, retry) = (p++, n);
            else if (p < patternLength && same(p, n))
                (p, n) = (p + 1, n + 1);
            else if (star >= 0)
                (p, n) = (star + 1, ++retry);
            else
                return false;
        while (p < patternLength && isStar(p))
            p++;
        return p == patternLength;
    }
}
