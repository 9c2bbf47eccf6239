using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Report;

/// <summary>
/// Findings as workflow commands, which GitHub shows beside the changed lines
/// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands).
/// </summary>
internal static class GitHubAnnotations
{
    /// <summary>How many of one severity GitHub shows of a step; what comes after is dropped without a word (https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md).</summary>
    public const int ShownOfSeverity = 10;

    /// <summary>
    /// The worst first, without those that were there before: a comment beside a change is about the change. What GitHub would not show is
    /// written as plain lines into the log, and a last notice counts it.
    /// </summary>
    public static string Write(Findings findings)
    {
        var made = findings.Diagnostics.Where(diagnostic => diagnostic.Origin != Origin.Existing).ToArray();
        var errors = made.Where(diagnostic => diagnostic.Severity == Severity.Error).ToArray();
        var warnings = made.Where(diagnostic => diagnostic.Severity == Severity.Warning).ToArray();
        var infos = made.Where(diagnostic => diagnostic.Severity == Severity.Info).ToArray();
        // The notice that counts the rest needs one of the places.
        var isWhole = new[] { errors, warnings, infos }.All(some => some.Length <= ShownOfSeverity);
        var shownInfos = isWhole ? ShownOfSeverity : ShownOfSeverity - 1;
        ImmutableArray<Diagnostic> rest = [.. errors.Skip(ShownOfSeverity), .. warnings.Skip(ShownOfSeverity), .. infos.Skip(shownInfos)];
        StringBuilder text = new();
        foreach (var diagnostic in errors.Take(ShownOfSeverity).Concat(warnings.Take(ShownOfSeverity)).Concat(infos.Take(shownInfos)))
            text.Append(Command(diagnostic));
        if (rest.IsEmpty)
            return text.ToString();
        var counts = rest.CountBy(diagnostic => diagnostic.Severity).Select(count => $"{count.Value} {count.Key.Name}{(count.Value == 1 ? "" : "s")}");
        text.Append($"::notice title=merlon::{Message($"{rest.Length} more findings are in the log of this step: {string.Join(", ", counts)}")}\n");
        return text.Append(TextReport.Write(rest)).ToString();
    }

    private static string Command(Diagnostic diagnostic)
    {
        var (info, span, message) = diagnostic;
        var name = diagnostic.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };
        // Columns are for places within one line.
        var end = span.EndLine != span.Line ? $",endLine={span.EndLine}" : $",col={span.Column}{(span.EndColumn > span.Column ? $",endColumn={span.EndColumn}" : "")}";
        return $"::{name} file={Property(Findings.PathOf(diagnostic))},line={span.Line}{end},title={Property($"{info.Id}: {info.Title}")}::{Message(message)}\n";
    }

    // The percent sign first, since it begins the others. Whatever else a log would obey is made visible before.
    private static string Message(string text) =>
        Printable.Text(text).Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Message(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
