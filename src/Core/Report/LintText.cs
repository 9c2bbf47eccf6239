using System.Globalization;
using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Yaml;

namespace Merlon.Core.Report;

/// <summary>Findings for people: by file, each with its line and a mark under the place, and what they add up to.</summary>
internal static class LintText
{
    // More findings than a reader keeps in mind are counted by id; of the ids only the most frequent.
    private const int ManyFindings = 10;
    private const int ShownIds = 10;
    // What a fix writes is shown as far as it is no longer than a line; most messages say it too.
    private const int LongestFix = 60;

    public static string Write(LintResult result, bool isColoured)
    {
        StringBuilder text = new();
        foreach (var file in result.Reported.GroupBy(diagnostic => diagnostic.Span.Path, StringComparer.Ordinal))
        {
            text.Append($"{Terminal.Bold(file.Key.Length == 0 ? "merlon" : Printable.Text(file.Key), isColoured)}\n");
            var lines = SourceOf(result.Files, file.Key);
            foreach (var diagnostic in file)
                WriteFinding(text, diagnostic, lines, isColoured);
            text.Append('\n');
        }
        if (result.Reported.Length > ManyFindings)
            WriteIds(text, result, isColoured);
        text.Append(Summary(result));
        return text.ToString();
    }

    /// <summary>What fixes did, or would do.</summary>
    public static string Fixed(LintResult result, bool isWritten = true)
    {
        if (result.Fixed.IsEmpty)
            return isWritten ? "nothing was fixed\n" : "nothing to fix\n";
        StringBuilder text = new();
        text.Append($"{(isWritten ? "fixed" : "would fix")} {Number(result.Fixed.Sum(file => file.Applied.Length), "finding")} in {Number(result.Fixed.Length, "file")}\n");
        foreach (var file in result.Fixed)
            text.Append($"  {Printable.Text(file.Path)}: {file.Applied.Length}\n");
        return text.ToString();
    }

    private static void WriteFinding(StringBuilder text, Diagnostic diagnostic, SourceLines? lines, bool isColoured)
    {
        var (info, span, message) = diagnostic;
        var severity = Terminal.Colour(diagnostic.Severity.Name, diagnostic.Severity, isColoured);
        var fix = diagnostic.Fix is { } found ? $" [{(found.IsSafe ? "fix" : "unsafe fix")}{(found.Title.Length <= LongestFix ? $": {Printable.Text(found.Title)}" : "")}]" : "";
        text.Append($"  {span.Line}:{span.Column} {severity} {info.Id}: {Printable.Text(message)}{Terminal.Dim(fix, isColoured)}\n");
        if (lines is null || lines[span.Line].IsWhiteSpace())
            return;
        var excerpt = SourceExcerpt.Of(lines[span.Line], span.Column - 1, span.EndLine > span.Line ? int.MaxValue : span.EndColumn - 1);
        var number = span.Line.ToString(CultureInfo.InvariantCulture).PadLeft(6);
        text.Append($"{Terminal.Dim($"{number} | ", isColoured)}{excerpt.Text}\n");
        text.Append($"{Terminal.Dim("       | ", isColoured)}{new string(' ', excerpt.Start)}{Terminal.Colour(new('^', excerpt.Width), diagnostic.Severity, isColoured)}\n");
    }

    private static void WriteIds(StringBuilder text, LintResult result, bool isColoured)
    {
        var ids = result.Reported.GroupBy(diagnostic => (diagnostic.Info, diagnostic.Severity)).OrderByDescending(group => group.Key.Severity)
            .ThenByDescending(group => group.Count()).ThenBy(group => group.Key.Info.Id, StringComparer.Ordinal).ToArray();
        foreach (var id in ids.Take(ShownIds))
            text.Append($"{id.Count(),6} {Terminal.Colour($"{id.Key.Severity.Name,-7}", id.Key.Severity, isColoured)} {id.Key.Info.Id} {id.Key.Info.Title}\n");
        if (ids.Length > ShownIds)
            text.Append($"{ids.Skip(ShownIds).Sum(id => id.Count()),6} more, of {Number(ids.Length - ShownIds, "other id")}\n");
        text.Append('\n');
    }

    private static string Summary(LintResult result)
    {
        var counts = result.Reported.CountBy(diagnostic => diagnostic.Severity).ToDictionary();
        var fixes = result.Reported.Where(diagnostic => diagnostic.Fix is not null).CountBy(diagnostic => diagnostic.Fix!.IsSafe).ToDictionary(); // filtered before
        var rules = result.Rules is { } read ? $"{Number(read.Rules.Length, "rule")} in {Number(read.Files, "file")}: " : "";
        var fixable = (fixes.GetValueOrDefault(true), fixes.GetValueOrDefault(false)) switch
        {
            (0, 0) => "",
            (var safe, 0) => $"; --fix mends {safe}",
            (0, var others) => $"; --fix --unsafe-fixes mends {others}",
            var (safe, others) => $"; --fix mends {safe}, with --unsafe-fixes {safe + others}",
        };
        return $"{rules}{Number(counts.GetValueOrDefault(Severity.Error), "error")}, {Number(counts.GetValueOrDefault(Severity.Warning), "warning")}, {Number(counts.GetValueOrDefault(Severity.Info), "info")}{fixable}\n";
    }

    // A file that is not UTF-8 shows U+FFFD where it is not.
    private static SourceLines? SourceOf(ProgramFiles files, string path) =>
        path.Length == 0 || files.Tree.TryRead(path, YamlFile.MaxBytes, out _) is not { } bytes ? null
        : new(Encoding.UTF8.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes));

    private static string Number(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
