using System.Buffers;
using System.Text;

namespace Merlon.Core.Attack;

/// <summary>How a value is written in a table: <c>\t</c>, <c>\n</c>, <c>\r</c>, <c>\\</c>, and in a list <c>\p</c> for the bar between items.</summary>
internal static class TableText
{
    public const char ListSeparator = '|';

    private static readonly SearchValues<char> Special = SearchValues.Create("\\\t\n\r");

    public static string Escape(string value) => value.AsSpan().ContainsAny(Special)
        ? value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\t", @"\t", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal).Replace("\r", @"\r", StringComparison.Ordinal)
        : value;

    public static string EscapeItem(string value) => Escape(value).Replace("|", @"\p", StringComparison.Ordinal);

    /// <returns>Null when a backslash is followed by nothing known.</returns>
    public static string? Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
            return text.ToString();
        StringBuilder value = new(text.Length);
        for (var index = 0; index < text.Length; index++)
            if (text[index] != '\\')
                value.Append(text[index]);
            else if (Unescape(++index < text.Length ? text[index] : ' ') is { } character)
                value.Append(character);
            else
                return null;
        return value.ToString();
    }

    private static char? Unescape(char letter) => letter switch
    {
        '\\' => '\\',
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'p' => ListSeparator,
        _ => null,
    };
}
