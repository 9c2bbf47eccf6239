using System.Buffers;
using System.Globalization;
using System.Text;

namespace Merlon.Core.Programs.Init;

/// <summary>Writes a path or pattern into YAML: as it is where nobody could read it as anything else, in double quotes otherwise, and exactly in any case.</summary>
internal static class YamlWord
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-*");

    public static string Of(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal) && char.IsAsciiLetter(text[0]) && !text.AsSpan().ContainsAnyExcept(Plain))
            return text;
        StringBuilder quoted = new("\"");
        foreach (var rune in text.EnumerateRunes())
            _ = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                _ when !IsHidden(rune) => quoted.Append(rune.ToString()),
                <= 0xFFFF => quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
            };
        return quoted.Append('"').ToString();
    }

    /// <summary>For a comment: on its line, and without what a terminal or an editor obeys.</summary>
    public static string InComment(string text) => string.Concat(text.EnumerateRunes().Select(rune => IsHidden(rune) ? string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}") : rune.ToString()));

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;
}
