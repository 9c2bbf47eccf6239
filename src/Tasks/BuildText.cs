using System.Globalization;
using System.Text;

namespace Merlon.Tasks;

/// <summary>Text of a stranger's file in a build log.</summary>
internal static class BuildText
{
    /// <summary>
    /// The text without what a terminal or a runner would obey: control characters, also those that turn the direction of writing, and
    /// the marks of workflow commands (<c>::error</c> at the start of a line, <c>##[</c> and <c>##vso[</c> anywhere).
    /// </summary>
    public static string Plain(string text)
    {
        if (!text.Any(IsControl) && !text.Contains("##", StringComparison.Ordinal) && !text.AsSpan().TrimStart().StartsWith("::"))
            return text;
        StringBuilder plain = new();
        foreach (var c in text)
            if (IsControl(c) || (c == '#' && plain is [.., '#']) || (c == ':' && plain.Length == 0))
                plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else if (plain.Length > 0 || c != ' ')
                plain.Append(c);
        return plain.ToString();
    }

    private static bool IsControl(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
