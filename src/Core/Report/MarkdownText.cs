using System.Globalization;
using System.Text;

namespace Merlon.Core.Report;

/// <summary>
/// Text of files made safe for a page of GitHub: it shows the same characters and means none of them. It stands within a line or a cell of
/// our own, never at the beginning of a block.
/// </summary>
internal static class MarkdownText
{
    /// <summary>How many UTF-16 units one text takes at most, escapes included, so that nobody's title pushes the rest out of a page.</summary>
    public const int Longest = 400;

    // GitHub looks for mentions, references, addresses and emoji in the finished text, where an entity or a backslash is long gone. A comment
    // parts that text and shows nothing (https://github.com/github/cmark-gfm/issues/181).
    private const string Break = "<!-- -->";

    // What Markdown and HTML are made of: as entities they never make structure (CommonMark 0.31.2, 6.2 and 2.5). The entity of a bar parts no cell either.
    private const string Structure = "\\`*_[]<>|{}";

    // What begins a reference on a forge: @team #1 :smile: $math$ !1 ~label %milestone &epic ^alert, and the scheme of an address.
    private const string References = "@#:!~%&^";

    // Shorter runs of hexadecimal digits are no commit.
    private const int LongestHex = 6;

    /// <summary>As prose, or in a cell of a table.</summary>
    public static string Text(string text)
    {
        StringBuilder safe = new();
        var hex = 0;
        foreach (var (at, rune) in Runes(text))
        {
            if (safe.Length > Longest - 30)
                return safe.Append('…').ToString();
            var c = rune is { IsBmp: true } shown ? (char)shown.Value : '\0';
            hex = char.IsAsciiHexDigit(c) ? hex + 1 : 0;
            if (hex > LongestHex)
            {
                safe.Append(Break);
                hex = 1;
            }
            if (rune is not { } one)
                safe.Append(Escaped(text[at]));
            else if (c != ' ' && (Printable.IsHidden(one) || (!one.IsAscii && Rune.IsWhiteSpace(one))))
                safe.Append(Escaped(one.Value));
            else if (IsReference(text, at, safe.Length == 0 ? ' ' : safe[^1]))
                safe.Append(Entity(c)).Append(Break);
            else
                _ = Structure.Contains(c, StringComparison.Ordinal) ? safe.Append(Entity(c)) : safe.Append(one.ToString());
        }
        return safe.ToString();
    }

    /// <summary>In the type of code; nothing for no text.</summary>
    public static string Code(string text) => text.Length == 0 ? ""
        // Where a span of code would end, or a cell, is no matter of the text.
        : text.Length <= Longest / 2 && text.All(c => char.IsAsciiLetterOrDigit(c) || " -_./:,;()[]{}@#+=%~!*'".Contains(c, StringComparison.Ordinal)) && text.Trim() == text ? $"`{text}`"
        : $"<code>{Text(text)}</code>";

    // Also the first point of www.example.org, and the dash of GH-1. Before most punctuation a sign begins nothing, but for money that may be mathematics.
    // What is shown before it decides: an escape ends in a letter, too.
    private static bool IsReference(string text, int at, char before) => text[at] switch
    {
        '$' => true,
        var c when References.Contains(c, StringComparison.Ordinal) => at + 1 == text.Length || text[at + 1] is not (' ' or ',' or ';' or ':' or ')'),
        '.' => text.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase),
        '-' => char.IsAsciiLetter(before) && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]),
        _ => false,
    };

    private static IEnumerable<(int At, Rune? Rune)> Runes(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var isCharacter = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) == System.Buffers.OperationStatus.Done;
            yield return (at, isCharacter ? rune : null);
            at += length;
        }
    }

    private static string Entity(char c) => string.Create(CultureInfo.InvariantCulture, $"&#{(int)c};");

    // As in a terminal, with a backslash that escapes nothing.
    private static string Escaped(int value) => string.Create(CultureInfo.InvariantCulture, $"{Entity('\\')}{(value > char.MaxValue ? $"U{value:X8}" : $"u{value:X4}")}");
}
