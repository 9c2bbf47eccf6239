using System.Text.Json;
using Merlon.Core.Evidence;
using Merlon.Core.Matching;
using Merlon.Core.Programs;
using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>Tests of rules, or what rules made of benign events, as JSON.</summary>
internal static class TestJson
{
    /// <param name="result">With rules.</param>
    public static string Write(TestRunResult result) => JsonReport.Write(result.Files.Config!, result.Date, json => // a result with rules has a configuration
    {
        if (result.Benign is { } benign)
            WriteBenign(json, benign);
        else
            WriteTests(json, result);
        FindingsJson.WriteDiagnostics(json, new(result.Diagnostics, result.Rules?.Documents ?? [], result.Files.Rules));
    });

    private static void WriteTests(Utf8JsonWriter json, TestRunResult result)
    {
        json.WriteStartArray("tests");
        foreach (var (test, path, explanation) in result.Tests)
        {
            json.WriteStartObject();
            json.WriteString("rule", IdOf(test.Rule));
            json.WriteString("title", test.Rule.Title);
            json.WriteString("rulePath", test.Rule.Span.Path);
            json.WriteString("path", path);
            json.WriteNumber("line", test.Span.Path == path ? test.Span.Line : 1);
            json.WriteNumber("event", test.Event);
            json.WriteString("expected", test.ExpectsMatch ? "match" : "no-match");
            if (test.Outcome == TestOutcome.Skipped)
                json.WriteNull("passed");
            else
                json.WriteBoolean("passed", test.Outcome == TestOutcome.Passed);
            json.WriteString("detail", test.Detail);
            if (explanation is not null)
                WriteExplanation(json, "explanation", explanation);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("summary");
        json.WriteNumber("rules", result.Tests.Select(test => test.Result.Rule).Distinct().Count());
        json.WriteNumber("tests", result.Tests.Length);
        json.WriteNumber("passed", result.Count(TestOutcome.Passed));
        json.WriteNumber("failed", result.Count(TestOutcome.Failed));
        json.WriteNumber("skipped", result.Count(TestOutcome.Skipped));
        json.WriteNumber("rulesWithoutTests", result.WithoutTests.Length);
        json.WriteEndObject();
        JsonReport.WriteStrings(json, "withoutTests", result.WithoutTests.Select(IdOf));
    }

    private static void WriteExplanation(Utf8JsonWriter json, string? name, MatchExplanation part)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        json.WriteString("part", part.Part switch { MatchPart.All => "all", MatchPart.Any => "any", MatchPart.Not => "not", MatchPart.Selection => "selection", MatchPart.Item => "item", _ => "value" });
        json.WriteString("label", part.Label);
        if (part.Outcome == MatchOutcome.NotEvaluated)
            json.WriteNull("matched");
        else
            json.WriteBoolean("matched", part.Matched);
        if (part.Span is { } span)
            json.WriteNumber("line", span.Line);
        if (part.Field is not null)
            JsonReport.WriteStrings(json, "found", part.Found);
        if (!part.Parts.IsEmpty)
        {
            json.WriteStartArray("parts");
            foreach (var inner in part.Parts)
                WriteExplanation(json, null, inner);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteBenign(Utf8JsonWriter json, BenignReport benign)
    {
        json.WriteStartArray("alerts");
        foreach (var alert in benign.Alerts)
        {
            json.WriteStartObject();
            json.WriteString("rule", IdOf(alert.Rule));
            json.WriteString("title", alert.Rule.Title);
            json.WriteString("rulePath", alert.Rule.Span.Path);
            json.WriteNumber("events", alert.Events);
            json.WriteString("path", alert.First.Path);
            json.WriteNumber("line", alert.First.Line);
            json.WriteString("detail", alert.Detail);
            json.WriteBoolean("allowed", alert.Allowed is not null);
            json.WriteString("reason", alert.Allowed?.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("skipped");
        foreach (var (rule, reason) in benign.Skipped)
        {
            json.WriteStartObject();
            json.WriteString("rule", IdOf(rule));
            json.WriteString("rulePath", rule.Span.Path);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("summary");
        json.WriteNumber("rules", benign.Rules);
        json.WriteNumber("files", benign.Files);
        json.WriteNumber("events", benign.Events);
        json.WriteNumber("fired", benign.Alerts.Count(alert => alert.Allowed is null));
        json.WriteNumber("allowed", benign.Alerts.Count(alert => alert.Allowed is not null));
        json.WriteNumber("skipped", benign.Skipped.Length);
        json.WriteEndObject();
    }

    // The file stands for a rule without an id.
    private static string IdOf(DetectionRule rule) => rule.Id ?? rule.Span.Path;
}
