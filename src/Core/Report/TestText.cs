using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Matching;
using Merlon.Core.Programs;
using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>Tests of rules for people: a line for each rule, what failed, and what it adds up to.</summary>
internal static class TestText
{
    public static string Write(TestRunResult result, bool isColoured)
    {
        StringWriter text = new() { NewLine = "\n" };
        foreach (var rule in result.Tests.GroupBy(test => test.Result.Rule))
        {
            WriteRule(text, rule.Key, [.. rule.Select(test => test.Result)], isColoured);
            foreach (var test in rule.Where(test => test.Explanation is not null))
                WriteExplanation(text, test, isColoured);
        }
        if (result.Benign is { } benign)
            WriteAlerts(text, benign, isColoured);
        TextReport.Write(result.Diagnostics, text, isColoured);
        text.WriteLine(result.Benign is { } ran ? Summary(ran, result.Diagnostics) : Summary(result));
        return text.ToString();
    }

    private static void WriteRule(StringWriter text, DetectionRule rule, ImmutableArray<TestResult> results, bool isColoured)
    {
        int Count(TestOutcome outcome) => results.Count(result => result.Outcome == outcome);
        var (word, severity) = Count(TestOutcome.Failed) > 0 ? ("failed ", Severity.Error) : Count(TestOutcome.Passed) == 0 ? ("skipped", Severity.Warning) : ("passed ", Severity.Info);
        var count = severity == Severity.Error ? $"{Count(TestOutcome.Failed)} of {results.Length}" : $"{results.Length}";
        text.WriteLine($"{Terminal.Colour(word, severity, isColoured)} {count,-8} {Terminal.Bold(Printable.Text(rule.Title), isColoured)}  {Terminal.Dim(Printable.Text(rule.Span.Path), isColoured)}");
    }

    private static void WriteExplanation(StringWriter text, TestedEvent test, bool isColoured)
    {
        var result = test.Result;
        text.WriteLine($"  {Printable.Text(result.Span.Path)}({result.Span.Line},{result.Span.Column}): {(result.ExpectsMatch ? "must match" : "must not match")}, {OutcomeName(result.Outcome)}");
        if (test.Explanation is { } explanation)
            WritePart(text, explanation, 2, isColoured);
    }

    private static void WritePart(StringWriter text, MatchExplanation part, int depth, bool isColoured)
    {
        // Of many values the ones that matched say enough, or the first few of those that did not.
        const int MaxValues = 12;
        var mark = part.Outcome switch { MatchOutcome.Matched => "+", MatchOutcome.NotMatched => "-", _ => "?" };
        var place = part.Span is { } span ? Terminal.Dim($"  {Printable.Text(span.Path)}({span.Line},{span.Column})", isColoured) : "";
        var found = part.Part != MatchPart.Item || part.Field is null ? "" : part.Found.IsEmpty ? ", which the event does not have" : $", the event has {Printable.Text(string.Join(", ", part.Found.Take(3)))}{(part.Found.Length > 3 ? $" and {part.Found.Length - 3} more" : "")}";
        text.WriteLine($"{new string(' ', depth * 2)}{Terminal.Colour(mark, part.Matched ? Severity.Info : Severity.Warning, isColoured)} {Printable.Text(part.Label)}{found}{place}");
        var shown = part.Parts.Where(inner => inner.Part != MatchPart.Value || inner.Matched).Concat(part.Parts.Where(inner => inner.Part == MatchPart.Value && !inner.Matched)).ToArray();
        foreach (var inner in shown.Take(part.Part == MatchPart.Item ? MaxValues : int.MaxValue))
            WritePart(text, inner, depth + 1, isColoured);
        if (part.Part == MatchPart.Item && shown.Length > MaxValues)
            text.WriteLine($"{new string(' ', (depth + 1) * 2)}  and {shown.Length - MaxValues} more values");
    }

    private static void WriteAlerts(StringWriter text, BenignReport benign, bool isColoured)
    {
        foreach (var alert in benign.Alerts)
        {
            var severity = alert.Allowed is null ? Severity.Error : Severity.Info;
            text.WriteLine($"{Terminal.Colour(alert.Allowed is null ? "fires  " : "allowed", severity, isColoured)} {alert.Events,-8} {Terminal.Bold(Printable.Text(alert.Rule.Title), isColoured)}  {Terminal.Dim($"{Printable.Text(alert.First.Path)}({alert.First.Line},{alert.First.Column})", isColoured)}{(alert.Allowed is { } allowed ? $"  {Printable.Text(allowed.Reason)}" : "")}");
        }
        foreach (var (rule, reason) in benign.Skipped)
            text.WriteLine($"{Terminal.Colour("skipped", Severity.Warning, isColoured)} {"",-8} {Printable.Text(rule.Title)}  {Printable.Text(reason)}");
    }

    private static string Summary(TestRunResult result) =>
        $"{Number(result.Tests.Select(test => test.Result.Rule).Distinct().Count(), "rule")}, {Number(result.Tests.Length, "test")}: {result.Count(TestOutcome.Passed)} passed, {result.Count(TestOutcome.Failed)} failed, {result.Count(TestOutcome.Skipped)} skipped"
        + (result.WithoutTests.IsEmpty ? "" : $"; {Number(result.WithoutTests.Length, "rule")} without tests");

    private static string Summary(BenignReport benign, ImmutableArray<Diagnostic> diagnostics) =>
        $"{Number(benign.Rules, "rule")} over {Number(benign.Events, "benign event")} in {Number(benign.Files, "file")}: {benign.Alerts.Count(alert => alert.Allowed is null)} fire, {benign.Alerts.Count(alert => alert.Allowed is not null)} allowed, {benign.Skipped.Length} skipped; {Number(diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error), "error")}";

    /// <summary>The word that outputs use.</summary>
    public static string OutcomeName(TestOutcome outcome) => outcome switch { TestOutcome.Passed => "passed", TestOutcome.Failed => "failed", _ => "skipped" };

    private static string Number(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
