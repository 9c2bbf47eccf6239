using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Merlon.Core.Actors.Import;

/// <summary>Text of an imported file made safe for a profile: what obeys an editor, a terminal or a reader of YAML is gone.</summary>
internal static partial class StrangersText
{
    private const int LongestInComment = 60;

    /// <summary>For a message or a comment: one line of at most 60 characters without signs that cannot be seen, and without '#', which begins a comment.</summary>
    public static string Short(string text) => Cut(Line(text).Replace("#", "", StringComparison.Ordinal).Trim(), LongestInComment);

    /// <summary>For a comment: the same in quotes, so that no word of it begins the comment; empty for nothing.</summary>
    public static string Quoted(string text) => Short(text) is { Length: > 0 } safe ? $"\"{safe.Replace('"', '\'')}\"" : "";

    /// <summary>A YAML scalar: as it is where it is plainly a text, else in double quotes.</summary>
    public static string Scalar(string text, int longest)
    {
        var line = Cut(Line(text), longest);
        return IsPlain(line) ? line : $"\"{line.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Prose of ATT&amp;CK and Tidal without the links and citations in it.</summary>
    public static string Prose(string text) => Reference().Replace(Link().Replace(text, "${text}"), "");

    /// <summary>White space and hidden characters as single spaces, unpaired surrogates as U+FFFD.</summary>
    public static string Line(string text)
    {
        StringBuilder line = new();
        foreach (var rune in text.EnumerateRunes())
            if (!Rune.IsWhiteSpace(rune) && !IsHidden(Rune.GetUnicodeCategory(rune)))
                line.Append(rune.ToString());
            else if (line is [.., not ' '])
                line.Append(' ');
        return line.ToString().Trim();
    }

    // The words that YAML 1.1 or 1.2 read as something else than text have no capital first letter and no second word, or are these.
    private static bool IsPlain(string line) => line.Length > 0 && char.IsAsciiLetter(line[0]) && line.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '_' or '-')
        && line.ToUpperInvariant() is not ("TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "NULL" or "Y" or "N");

    private static string Cut(string line, int longest)
    {
        if (line.Length <= longest)
            return line;
        var end = line.LastIndexOf(' ', longest - 1) is > 0 and var space && space > longest / 2 ? space : longest - 1;
        return $"{line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)].TrimEnd()}…";
    }

    private static bool IsHidden(UnicodeCategory category) => category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;

    [GeneratedRegex(@"\[(?<text>[^\[\]]*)\]\([^()]*\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"\(Citation: [^()]*\)|<sup>[^<>]*</sup>", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
