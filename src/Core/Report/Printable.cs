using System.Globalization;
using System.Text;
using System.Xml;

namespace Merlon.Core.Report;

/// <summary>Text of files made safe for where it is printed. Rules come from strangers.</summary>
internal static class Printable
{
    /// <summary>
    /// For a terminal or a log: what either would obey as its code. These are control and format characters (colours, cursor moves, reversed
    /// writing) and the marks of workflow commands: <c>::</c> at the start, <c>##[</c> and <c>##vso[</c> anywhere.
    /// </summary>
    public static string Text(string text)
    {
        var isCommand = text.AsSpan().TrimStart().StartsWith("::");
        if (!isCommand && !text.Any(IsHidden) && !text.Contains("##", StringComparison.Ordinal))
            return text;
        StringBuilder safe = new();
        foreach (var c in isCommand ? text.TrimStart() : text)
            _ = IsHidden(c) || (c == '#' && safe is [.., '#']) || (c == ':' && safe.Length == 0) ? safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : safe.Append(c);
        return safe.ToString();
    }

    /// <summary>For a terminal: text of several lines.</summary>
    public static string Lines(string text)
    {
        if (!text.Any(c => c != '\n' && IsHidden(c)))
            return text;
        StringBuilder safe = new();
        foreach (var c in text)
            _ = c != '\n' && IsHidden(c) ? safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : safe.Append(c);
        return safe.ToString();
    }

    /// <summary>For a cell of CSV: quoted where needed, and never a formula to a spreadsheet.</summary>
    public static string Cell(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\n\r") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>For XML, whose writer escapes the rest: not every character has a place in it, not even as a reference (XML 1.0, section 2.2).</summary>
    public static string Xml(string text)
    {
        var printable = Text(text);
        StringBuilder safe = new(printable.Length);
        for (var at = 0; at < printable.Length; at++)
            if (at + 1 < printable.Length && XmlConvert.IsXmlSurrogatePair(printable[at + 1], printable[at]))
                safe.Append(printable, at++, 2);
            else
                _ = XmlConvert.IsXmlChar(printable[at]) ? safe.Append(printable[at]) : safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)printable[at]:X4}");
        return safe.ToString();
    }

    /// <summary>Whether a character is no sign to see but one that a terminal or an editor obeys.</summary>
    public static bool IsHidden(Rune rune) => IsHidden(Rune.GetUnicodeCategory(rune));

    private static bool IsHidden(char c) => IsHidden(char.GetUnicodeCategory(c));

    private static bool IsHidden(UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
