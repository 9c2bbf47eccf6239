using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Fuzz.Tests;

/// <summary>Where a finding may stand in the bytes that it is about.</summary>
internal static class Place
{
    /// <summary>Whether any text could have it.</summary>
    public static bool IsPossible(SourceSpan span) => span is { Line: >= 1, Column: >= 1 } && (span.EndLine > span.Line || (span.EndLine == span.Line && span.EndColumn >= span.Column));

    /// <returns>What is wrong with it; null when it lies in a line, as any format breaks them.</returns>
    public static string? Fault(SourceSpan span, byte[] bytes)
    {
        if (!IsPossible(span))
            return $"{span} to {span.EndLine}:{span.EndColumn} is no place";
        // Only the reader knows what gzip holds.
        if (bytes is [0x1F, 0x8B, ..])
            return null;
        return TextsOf(bytes).SelectMany(Lines).Any(lines => span.Line <= lines.Length && span.Column <= lines[span.Line - 1] + 1) ? null : $"{span} lies outside of the text";
    }

    // Not every reader takes what looks like UTF-16 for it.
    private static IEnumerable<string> TextsOf(byte[] bytes)
    {
        yield return Encoding.UTF8.GetString(bytes);
        // A reader may count the bytes of a character that is none.
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            yield return Encoding.Latin1.GetString(bytes);
        if (bytes is [0xFF, 0xFE, ..] or [not 0, 0, ..])
            yield return Encoding.Unicode.GetString(bytes);
        if (bytes is [0xFE, 0xFF, ..] or [0, not 0, ..])
            yield return Encoding.BigEndianUnicode.GetString(bytes);
    }

    // As JSON breaks lines, as editors do, and as YAML 1.1 does.
    private static readonly string[][] Breaks = [["\n"], ["\r\n", "\r", "\n"], ["\r\n", "\r", "\n", "\u0085", "\u2028", "\u2029"]];

    // The length of each line.
    private static IEnumerable<int[]> Lines(string text) => Breaks.Select(breaks => text.Split(breaks, StringSplitOptions.None).Select(line => line.Length).ToArray());
}
