using System.Text.RegularExpressions;

namespace Merlon.Core.Emulation.Library;

/// <summary>What the text of commands tells without being run.</summary>
internal static partial class TestCommands
{
    /// <summary>The arguments that stand in a command as <c>#{name}</c>, each once, in order.</summary>
    public static IEnumerable<string> Arguments(IEnumerable<string> commands) =>
        commands.SelectMany(command => Argument().Matches(command).Select(match => match.Groups["name"].Value)).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a text has an address of the web or of FTP that is not the machine's own.</summary>
    public static bool HasAddress(string text) => Address().IsMatch(text) && Address().Matches(text).Any(match => !IsLocal(match.Groups["host"].ValueSpan));

    private static bool IsLocal(ReadOnlySpan<char> host) => host.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) || host.StartsWith("127.", StringComparison.Ordinal) || host.StartsWith("[::1]", StringComparison.Ordinal);

    [GeneratedRegex(@"#\{(?<name>[^{}\r\n]*)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Argument();

    [GeneratedRegex(@"(https?|ftp)://(?<host>[^\s/""']*)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
