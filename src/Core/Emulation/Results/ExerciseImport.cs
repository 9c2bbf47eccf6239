using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Actors.Import;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Emulation.Results;

/// <summary>A file by its name, its path for findings, and its content.</summary>
internal sealed record ExerciseInput(string Path, byte[] Bytes)
{
    public ExerciseFile File => new(Path[(Path.LastIndexOf('/') + 1)..], Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Bytes)));
}

/// <summary>What an import is asked for.</summary>
internal sealed record ExerciseRequest
{
    public required string Name { get; init; }

    public required ImmutableArray<ExerciseInput> Logs { get; init; }

    public required ExerciseInput Alerts { get; init; }

    public AlertColumns Columns { get; init; } = AlertColumns.Default;

    public ImmutableArray<(string Host, string Alias)> Aliases { get; init; } = [];

    /// <summary>The tests that there are; empty where only those that ran are known.</summary>
    public ImmutableArray<EmulationTest> Library { get; init; } = [];
}

/// <summary>Makes an exercise of logs and alerts.</summary>
internal static class ExerciseImport
{
    private const int MaxFindings = 50;

    /// <param name="releases">The pinned ones; at least one.</param>
    /// <returns>Null, with findings, when nothing can be recorded.</returns>
    public static Exercise? Of(ExerciseRequest request, RuleSet set, IReadOnlyList<AttackRelease> releases, ValidationOptions options, List<Diagnostic> diagnostics)
    {
        ExercisedRules rules = new(set, releases);
        var executions = ReadLogs(request.Logs, rules, diagnostics);
        using MemoryStream stream = new(request.Alerts.Bytes);
        var alerts = AlertReader.Read(request.Alerts.Path, stream, request.Columns, diagnostics);
        HostAliases aliases = new(executions, request.Aliases, diagnostics);
        if (alerts is not { } rows || diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error))
            return null;
        if (executions.IsEmpty)
        {
            diagnostics.Add(ExerciseDiagnostics.NoExecution.At(SourceSpan.StartOf(request.Logs[0].Path), "log lists no test that ran or was to run; a run that only checks prerequisites leaves such a log"));
            return null;
        }
        try
        {
            AlertMatching matching = new(executions, options.Window, options.Skew);
            var outcomes = Match(matching, executions, rows, rules, aliases, diagnostics);
            ReportNoise(request.Alerts.Path, matching, rows, diagnostics);
            return new()
            {
                Name = request.Name,
                Date = DateOnly.FromDateTime((matching.Start ?? executions.Min(execution => execution.Start)).UtcDateTime),
                Release = releases[0],
                Library = request.Library.GroupBy(test => rules.Current(test.Technique)).ToFrozenDictionary(tests => tests.Key, tests => tests.Count()),
                Sources = [.. request.Logs.Select(log => log.File)],
                Alerts = request.Alerts.File,
                Window = options.Window,
                Skew = options.Skew,
                Tests = outcomes.Tests,
                Results = outcomes.Results,
            };
        }
        catch (ImportException error)
        {
            diagnostics.Add(ExecutionLog.AsOwn(error.ToDiagnostic(request.Alerts.Path)));
            return null;
        }
    }

    private static ImmutableArray<Execution> ReadLogs(ImmutableArray<ExerciseInput> logs, ExercisedRules rules, List<Diagnostic> diagnostics)
    {
        List<Execution> executions = [];
        foreach (var log in logs)
        {
            using MemoryStream stream = new(log.Bytes);
            executions.AddRange(ExecutionLog.Read(log.Path, stream, diagnostics));
        }
        if (executions.Count > ExecutionLog.MaxExecutions)
            diagnostics.Add(ExerciseDiagnostics.Unreadable.At(SourceSpan.StartOf(logs[^1].Path), FormattableString.Invariant($"the logs have more than {ExecutionLog.MaxExecutions} tests together; import them apart")));
        foreach (var unknown in executions.Where(execution => execution.Technique is not { } id || !rules.IsKnown(rules.Current(id))).DistinctBy(execution => (execution.Span.Path, execution.Key)))
            diagnostics.Add(ExerciseDiagnostics.UnknownTechnique.At(unknown.Span, $"test '{StrangersText.Short(unknown.Name)}' has {(unknown.Technique is { } id ? $"{id}, which is not a technique of the pinned release" : "no technique id")}, so nothing of it is recorded"));
        // One run stands in two logs where two loggers were on.
        return
        [
            .. executions.Select(execution => execution with { Technique = execution.Technique is { } id && rules.Current(id) is var current && rules.IsKnown(current) ? current : null })
                .GroupBy(execution => (HostName.LabelOf(execution.Host), execution.Key, execution.Technique, execution.Start, execution.Skip is null))
                .Select(same => same.OrderByDescending(execution => execution.Stop).ThenByDescending(execution => execution.Failure, StringComparer.Ordinal).First())
                .OrderBy(execution => execution.Start).ThenBy(execution => HostName.LabelOf(execution.Host), StringComparer.Ordinal).ThenBy(execution => execution.Key, StringComparer.Ordinal),
        ];
    }

    private static ExerciseOutcomes Match(AlertMatching matching, ImmutableArray<Execution> executions, ImmutableArray<Alert> rows, ExercisedRules rules, HostAliases aliases, List<Diagnostic> diagnostics)
    {
        var resolved = rules.Resolve(rows, diagnostics);
        var named = rows.Where(row => row.Rule is not null && resolved.ContainsKey(row.Rule)).Select(row => (row, resolved[row.Rule!])).ToArray(); // filtered
        if (named.Where(pair => pair.row.Kind == AlertKind.Alert && matching.LacksHost(pair.row)).Select(pair => pair.row).ToArray() is [var first, ..] lacking)
            diagnostics.Add(ExerciseDiagnostics.UnknownHost.At(first.Span, FormattableString.Invariant($"{lacking.Length} {(lacking.Length == 1 ? "alert has" : "alerts have")} no host, and the exercise had several; say with --columns which column is the host")));
        var attributions = matching.Match([.. named.Where(pair => pair.row.Test is null)]);
        var found = attributions.Where(found => found.Alert.Kind != AlertKind.Alert && found.Kind != MatchKind.Related).ToDictionary<Attribution, Alert, Execution?>(found => found.Alert, found => found.Execution, ReferenceEqualityComparer.Instance);
        var marks = rows.Where(row => row.Kind != AlertKind.Alert).Select(row => (Row: row, Run: row.Test is null ? found.GetValueOrDefault(row) : matching.FindRun(row))).ToArray();
        diagnostics.AddRange(marks.Where(mark => mark.Run is null).Take(MaxFindings).Select(mark => ExerciseDiagnostics.LeftOut.At(mark.Row.Span, "row is left out: no single test on this host is meant by it")));
        return new(executions, attributions.Where(one => one.Alert.Kind == AlertKind.Alert), marks.Where(mark => mark.Run is not null).Select(mark => (mark.Run!, mark.Row.Kind)), rules.All, aliases.Of); // filtered
    }

    private static void ReportNoise(string path, AlertMatching matching, ImmutableArray<Alert> rows, List<Diagnostic> diagnostics)
    {
        if (matching is { Start: { } start, NoiseStart: { } from } && !rows.IsEmpty && rows.All(row => row.Time >= start))
            diagnostics.Add(ExerciseDiagnostics.NoiseUnknown.At(SourceSpan.StartOf(path), FormattableString.Invariant($"no alert is older than the first test; unless the export begins at {from:yyyy-MM-ddTHH:mm:ssZ} or before, a rule that alerts all the time is taken for validated")));
    }
}
