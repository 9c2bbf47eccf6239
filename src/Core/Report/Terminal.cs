using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Report;

/// <summary>Colours and widths of a terminal.</summary>
internal static class Terminal
{
    public static string Colour(string text, Severity severity, bool isColoured) => !isColoured ? text : severity switch
    {
        Severity.Error => $"\e[31m{text}\e[0m",
        Severity.Warning => $"\e[33m{text}\e[0m",
        _ => $"\e[36m{text}\e[0m",
    };

    public static string Bold(string text, bool isColoured) => isColoured ? $"\e[1m{text}\e[0m" : text;

    public static string Dim(string text, bool isColoured) => isColoured ? $"\e[2m{text}\e[0m" : text;

    /// <summary>How many cells a text takes.</summary>
    public static int WidthOf(string text) => text.EnumerateRunes().Sum(WidthOf);

    /// <summary>How many cells a character takes: none for a mark on the one before, two for the wide scripts and pictures (Unicode Standard Annex 11).</summary>
    public static int WidthOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark => 0,
        _ => rune.Value switch
        {
            < 0x1100 => 1,
            <= 0x115F or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
                or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1F64F)
                or (>= 0x1F680 and <= 0x1F6FF) or (>= 0x1F900 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) => 2,
            _ => 1,
        },
    };
}
