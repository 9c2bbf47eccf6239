using System.Text;

namespace Merlon.Core.Report;

/// <summary>
/// Text of files made safe for a PowerShell script. The result is printable ASCII alone: Windows PowerShell 5.1 reads a script without a byte order mark
/// in the machine's own code page, where the bytes of a letter beyond ASCII may be one of the curly quotes, which PowerShell takes for quotes.
/// </summary>
internal static class PowerShellText
{
    private const int Longest = 200;

    /// <summary>A literal in single quotes, in which nothing but a quote means anything, and that is doubled (about_Quoting_Rules).</summary>
    public static string Literal(string text) => $"'{Plain(text).Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>For the rest of a line that begins with '#'.</summary>
    public static string Comment(string text) => Plain(text);

    // What is no printable character of ASCII is '?'; curly quotes, which all mean the straight one, are that.
    private static string Plain(string text)
    {
        StringBuilder safe = new();
        foreach (var rune in text.EnumerateRunes())
            if (safe.Length >= Longest)
                return safe.Append("...").ToString();
            else
                safe.Append(rune.Value switch
                {
                    >= ' ' and <= '~' => (char)rune.Value,
                    >= 0x2018 and <= 0x201B => '\'',
                    '\t' or '\r' or '\n' => ' ',
                    _ => '?',
                });
        return safe.ToString();
    }
}
