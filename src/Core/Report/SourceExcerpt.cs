using System.Globalization;
using System.Text;

namespace Merlon.Core.Report;

/// <summary>A line of a file, or the part of a long one around a place, as a terminal shows it.</summary>
/// <param name="Text">Without anything that a terminal or a log would obey.</param>
/// <param name="Start">How many cells stand before the place.</param>
/// <param name="Width">How many cells the place takes; at least one.</param>
internal sealed record SourceExcerpt(string Text, int Start, int Width)
{
    // In characters of the file: about what fits beside a line number.
    private const int Longest = 120;
    private const int Before = 40;
    private const char Cut = '…';

    /// <param name="start">0-based index into the line.</param>
    /// <param name="end">0-based and exclusive. Beyond the end of the line for a place that goes on in the next.</param>
    public static SourceExcerpt Of(ReadOnlySpan<char> line, int start, int end)
    {
        var (first, last) = WindowOf(line, Math.Clamp(start, 0, line.Length));
        StringBuilder text = new();
        if (first > 0)
            text.Append(Cut);
        var cells = text.Length;
        int? from = null, to = null;
        for (var at = first; at < last;)
        {
            from ??= at >= start ? cells : null;
            to ??= at >= end ? cells : null;
            var isCharacter = Rune.DecodeFromUtf16(line[at..last], out var rune, out var length) == System.Buffers.OperationStatus.Done;
            var shown = isCharacter ? Shown(rune, follows: text is [.., '#']) : $"\\u{(int)line[at]:X4}";
            text.Append(shown);
            cells += shown.Length == length && isCharacter ? Terminal.WidthOf(rune) : shown.Length;
            at += length;
        }
        if (last < line.Length)
            text.Append(Cut);
        return new(text.ToString(), from ?? cells, Math.Max(1, (to ?? cells) - (from ?? cells)));
    }

    private static (int First, int Last) WindowOf(ReadOnlySpan<char> line, int start)
    {
        if (line.Length <= Longest)
            return (0, line.Length);
        var first = Math.Clamp(start - Before, 0, line.Length - Longest);
        var last = first + Longest;
        // No character is cut in two.
        return (first > 0 && char.IsLowSurrogate(line[first]) ? first - 1 : first, last < line.Length && char.IsLowSurrogate(line[last]) ? last + 1 : last);
    }

    // Two '#' begin an order to some runners.
    private static string Shown(Rune rune, bool follows) => rune.Value == '\t' ? "    "
        : Printable.IsHidden(rune) || (rune.Value == '#' && follows) ? rune.IsBmp ? $"\\u{rune.Value:X4}" : string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}")
        : rune.ToString();
}
