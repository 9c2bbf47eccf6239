using System.Buffers;
using System.Globalization;
using System.Text;

namespace Merlon.Core.Report;

/// <summary>Writes YAML that every reader of 1.1 and 1.2 reads alike: what could be taken for something else than text, or holds a character of any meaning, is in double quotes.</summary>
internal static class YamlReport
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 _./()-+;");

    // YAML 1.1, "Regexp" of the types bool and null.
    private static readonly string[] Words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

    public static string Write(ReportMap map, string comment)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {comment}\n");
        WriteMap(text, map, 0, startsOnLine: true);
        return text.ToString();
    }

    private static void WriteMap(StringBuilder text, ReportMap map, int indent, bool startsOnLine)
    {
        foreach (var (key, value) in map.Entries)
        {
            if (startsOnLine)
                text.Append(' ', indent);
            startsOnLine = true;
            text.Append(Scalar(key)).Append(':');
            WriteValue(text, value, indent);
        }
    }

    private static void WriteValue(StringBuilder text, ReportNode value, int indent)
    {
        switch (value)
        {
            case ReportMap { Entries.IsEmpty: false } map:
                text.Append('\n');
                WriteMap(text, map, indent + 2, startsOnLine: true);
                break;
            case ReportList { Items.IsEmpty: false } list:
                text.Append('\n');
                foreach (var item in list.Items)
                    WriteItem(text, item, indent + 2);
                break;
            default:
                text.Append(Inline(value)).Append('\n');
                break;
        }
    }

    private static void WriteItem(StringBuilder text, ReportNode item, int indent)
    {
        text.Append(' ', indent).Append('-');
        switch (item)
        {
            case ReportMap { Entries.IsEmpty: false } map:
                text.Append(' ');
                WriteMap(text, map, indent + 2, startsOnLine: false);
                break;
            case ReportList { Items.IsEmpty: false }:
                WriteValue(text, item, indent);
                break;
            default:
                text.Append(Inline(item)).Append('\n');
                break;
        }
    }

    // With the space before it.
    private static string Inline(ReportNode node) => node switch
    {
        ReportMap => " {}",
        ReportList => " []",
        ReportScalar { Text: null } => "",
        ReportScalar { IsText: false, Text: var text } => " " + text,
        ReportScalar { Text: var text } => " " + Scalar(text),
        _ => throw new InvalidOperationException("no node of a report"),
    };

    private static string Scalar(string text) => IsPlain(text) ? text : Quoted(text);

    private static bool IsPlain(string text) => text is [>= 'A' and <= 'z', ..] && char.IsAsciiLetter(text[0]) && text[^1] != ' '
        && !text.AsSpan().ContainsAnyExcept(Plain) && !Words.Contains(text, StringComparer.OrdinalIgnoreCase);

    // YAML 1.2.2, section 5.7: escapes in double quotes.
    private static string Quoted(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (var rune in text.EnumerateRunes())
            _ = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                _ when !Printable.IsHidden(rune) => quoted.Append(rune.ToString()),
                <= 0xFFFF => quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
            };
        return quoted.Append('"').ToString();
    }
}
