namespace Merlon.Core.Evidence;

/// <summary>The name of a file of test events, <c>proc_creation_x.match.json</c>.</summary>
/// <param name="Path">From the root.</param>
/// <param name="Stem">What stands before <c>.match.json</c>: the rule file's name, and perhaps which rule of it.</param>
/// <param name="ExpectsMatch">False for <c>.nomatch.json</c>.</param>
internal sealed record TestFileName(string Path, string Stem, bool ExpectsMatch)
{
    /// <summary>What names of such files end with.</summary>
    public const string Match = ".match.json", NoMatch = ".nomatch.json";

    public string Folder => Path.LastIndexOf('/') is >= 0 and var slash ? Path[..slash] : "";

    /// <returns>Null for another file.</returns>
    public static TestFileName? TryParse(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.EndsWith(Match, StringComparison.Ordinal) && name.Length > Match.Length ? new(path, name[..^Match.Length], true)
            : name.EndsWith(NoMatch, StringComparison.Ordinal) && name.Length > NoMatch.Length ? new(path, name[..^NoMatch.Length], false)
            : null;
    }
}
