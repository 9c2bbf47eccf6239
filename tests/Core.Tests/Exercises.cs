using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Results;
using Merlon.Core.Evidence;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Exercises of invented logs, alerts and rules, all on one day. Times are of the form 10:00:00.</summary>
internal static class Exercises
{
    public const string Header = "\"Execution Time (UTC)\",\"Execution Time (Local)\",\"Technique\",\"Test Number\",\"Test Name\",\"Hostname\",\"IP Address\",\"Username\",\"GUID\",\"ProcessId\",\"ExitCode\"\n";

    /// <summary>A GUID that is told by a number.</summary>
    public static string Guid(int test) => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{test:D12}");

    public static string Test(string time, string technique, int test, string host = "ws01", string exit = "0") =>
        string.Create(CultureInfo.InvariantCulture, $"\"2026-11-20T{time}Z\",\"2026-11-20T23:59:59Z\",\"{technique}\",\"1\",\"Test {test}\",\"{host}\",\"10.0.0.1\",\"acme\\joe\",\"{Guid(test)}\",\"7\",\"{exit}\"\n");

    public static string Alert(string time, string rule, string? host = "ws01", string more = "") =>
        $$"""{"time":"2026-11-20T{{time}}Z","rule":"{{rule}}"{{(host is null ? "" : $",\"host\":\"{host}\"")}}{{more}}}""" + "\n";

    /// <summary>A rule whose id is its title.</summary>
    /// <param name="tags">Techniques, <c>t1059.001, attack.t1003</c>.</param>
    /// <param name="tests">The tests that it names.</param>
    public static string Rule(string id, string tags, params int[] tests) => Measure.RuleText(tags, title: id,
        more: $"id: {id}\n{(tests.Length == 0 ? "" : $"simulation:\n{string.Concat(tests.Select(test => $"  - {{type: atomic-red-team, technique: T1562.001, atomic_guid: {Guid(test)}}}\n"))}")}");

    public static RuleSet Set(params IEnumerable<string> rules) => RuleSet.Of([.. rules.Select((text, index) => SigmaFile.Parse($"{index}.yml", Encoding.UTF8.GetBytes(text)))]);

    public static Exercise Run(IEnumerable<string> tests, IEnumerable<string> alerts, IEnumerable<string> rules, ValidationOptions? options = null) => Run(Header + string.Concat(tests), string.Concat(alerts.DefaultIfEmpty("time,rule,host\n")), rules, out _, options);

    public static Exercise Run(string log, string alerts, IEnumerable<string> rules, out ImmutableArray<Diagnostic> diagnostics, ValidationOptions? options = null)
    {
        var exercise = TryRun(log, alerts, rules, out diagnostics, options);
        Assert.True(exercise is not null, LintRuleTests.Lines(diagnostics));
        return exercise;
    }

    public static Exercise? TryRun(string log, string alerts, IEnumerable<string> rules, out ImmutableArray<Diagnostic> diagnostics, ValidationOptions? options = null,
        string columns = "", params ImmutableArray<(string, string)> aliases)
    {
        List<Diagnostic> found = [];
        var exercise = ExerciseImport.Of(new()
        {
            Name = "q4",
            Logs = [new("logs/log.csv", Encoding.UTF8.GetBytes(log))],
            Alerts = new("alerts.jsonl", Encoding.UTF8.GetBytes(alerts)),
            Columns = AlertColumns.TryParse(columns, out _)!,
            Aliases = aliases,
        }, Set(rules), [Measure.Attack], options ?? new(), found);
        diagnostics = [.. found];
        return exercise;
    }

    /// <summary>The results, a line each: rule, technique, test's number, host, outcome and reason.</summary>
    public static string Lines(Exercise exercise) => string.Join('\n', exercise.Results.Select(result => string.Join(' ',
        new[] { result.Rule?.Id ?? "-", result.Technique.ToString(), result.Test is { } test ? $"#{test[^12..].TrimStart('0')}" : "-", result.Host ?? "-", result.Outcome.Name, result.Reason }.OfType<string>())));
}
