using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Merlon.EndToEnd.Tests;

/// <summary>A finding as an entry point shows it.</summary>
/// <param name="Path">From the repository root, with '/'.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>info</c>.</param>
internal sealed partial record Reported(string Path, int Line, int Column, string Severity, string Id, string Message)
{
    /// <summary>In the order of the log, without its summary at the end. MSBuild puts the help link behind the message and names the project.</summary>
    public static Reported[] InBuildLog(string log, string root) =>
    [
        .. LogLine().Matches(EndOfLog().Split(log)[0]).Select(match => new Reported(
            System.IO.Path.GetRelativePath(root, match.Groups["path"].Value).Replace('\\', '/'),
            Number(match.Groups["line"].Value),
            Number(match.Groups["column"].Value),
            match.Groups["severity"].Value is "message" ? "info" : match.Groups["severity"].Value,
            match.Groups["id"].Value,
            match.Groups["message"].Value)),
    ];

    /// <summary>Of <c>--format json</c>.</summary>
    public static Reported[] InJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.GetProperty("diagnostics").EnumerateArray().Select(diagnostic => new Reported(
                Text(diagnostic, "path"), diagnostic.GetProperty("line").GetInt32(), diagnostic.GetProperty("column").GetInt32(),
                Text(diagnostic, "severity"), Text(diagnostic, "id"), Text(diagnostic, "message"))),
        ];
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Build (?:succeeded|FAILED)\.$", RegexOptions.Multiline)]
    private static partial Regex EndOfLog();

    [GeneratedRegex(@"^\s*(?<path>[^\n]+?)\((?<line>\d+),(?<column>\d+)\): (?<severity>error|warning|message) (?<id>MRL\d{4}): (?<message>[^\n]*?)(?: \(https://[^)\n]*\))?(?: \[[^\n]*\])?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex LogLine();
}
