using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A check for people: findings, a line for each actor, and a summary.</summary>
internal static class CheckText
{
    public static string Write(CheckResult result, bool isColoured)
    {
        StringWriter text = new() { NewLine = "\n" };
        TextReport.Write(result.Reported, text, isColoured);
        foreach (var line in result.Lines)
            text.WriteLine(Printable.Text(line));
        if (result.Verdict is { HasBase: true } verdict)
            text.WriteLine(VerdictSummary.Write(verdict));
        var (errors, warnings) = (Count(result, Severity.Error), Count(result, Severity.Warning));
        var rules = result.Snapshot is { } snapshot ? $"{Number(snapshot.Rules.Rules.Length, "rule")} in {Number(snapshot.Rules.Files, "file")}: " : "";
        text.WriteLine($"{rules}{Number(errors, "error")}, {Number(warnings, "warning")}");
        return text.ToString();
    }

    private static int Count(CheckResult result, Severity severity) => result.Reported.Count(diagnostic => diagnostic.Severity == severity);

    private static string Number(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
