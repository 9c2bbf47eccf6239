using System.Collections.Immutable;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Lint;

namespace Merlon.Core.Programs;

/// <summary>What a check says.</summary>
internal sealed record CheckResult
{
    /// <summary>Full path that the paths of the findings start from.</summary>
    public required string Root { get; init; }

    /// <summary>In report order, accepted ones too.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>Those that are not accepted.</summary>
    public IEnumerable<Diagnostic> Reported => Diagnostics.Where(diagnostic => !diagnostic.IsAccepted);

    /// <summary>The baseline to write, for a request that asks for one.</summary>
    public NewBaseline? Baseline { get; init; }

    /// <summary>One for each actor and, where there are several, one for their union.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <summary><c>6 actors: lowest FIN7 71.0% of 60</c>.</summary>
    public string Summary { get; init; } = "not checked";

    /// <summary>Null when the configuration cannot be used.</summary>
    public Snapshot? Snapshot { get; init; }

    /// <summary>What the base was found from; null when nothing was compared.</summary>
    public BaseStamp? BaseStamp { get; init; }

    /// <summary>Why the git program was asked, as one line to show; null otherwise.</summary>
    public string? Notice { get; init; }

    /// <summary>There with <see cref="Snapshot"/>.</summary>
    public Comparison? Comparison { get; init; }

    /// <summary>What the gate says, with what is reported of it; null when the configuration cannot be used.</summary>
    public Verdict? Verdict => Comparison is null ? null : Comparison.Verdict with { Diagnostics = [.. Reported.Where(IsOfGate)] };

    /// <summary>What concerns the gate alone, without findings about single rules.</summary>
    public CheckResult OfGate() => this with { Diagnostics = [.. Diagnostics.Where(IsOfGate)] };

    // Profiles, floors and comparison, configuration and repository.
    private static bool IsOfGate(Diagnostic diagnostic) => diagnostic.Info.Id is ['M', 'R', 'L', '4' or '5' or '8' or '9', ..] && diagnostic.Info != LintDiagnostics.UnusedSuppression && diagnostic.Info != LintDiagnostics.BadSuppression;

    /// <summary>Whether the program is no longer there: the findings say so, and nothing was checked.</summary>
    public bool IsGone { get; init; }

    public bool IsUsable => Snapshot is not null;

    public bool HasErrors => Reported.Any(diagnostic => diagnostic.Severity == Severity.Error);
}

/// <summary>The main job: read, lint, measure, judge.</summary>
internal static class Check
{
    public static CheckResult Run(CheckRequest request) => Run(request, ProgramFiles.Find(request));

    /// <param name="files">What the request means, for a caller that has asked already.</param>
    public static CheckResult Run(CheckRequest request, ProgramFiles files)
    {
        using var gate = GateRun.Open(request, files.Tree.Root);
        var linter = files.Config is { } used ? new DocumentLinter(new(used.Releases) { Date = request.Date }, used.Lint) : null;
        var foreign = SavedFiles.FindForeign(request, files.Tree.Root);
        using var cache = request.Cache is { } path && linter is not null && !SavedFiles.IsForeign(path) ? RuleCache.Open(path, linter) : null;
        if (Snapshot.Load(request, files, out var errors, gate.Parsed, sigma: new(linter, cache)) is not { } snapshot || Triage.Open(request, files, out errors) is not { } triage)
            return new() { Root = files.Tree.Root, Diagnostics = errors.InReportOrder() };
        cache?.Save();
        var config = snapshot.Config;
        var comparison = gate.Judge(snapshot);
        var raw = comparison.Ease(snapshot.Diagnostics).Concat(comparison.Verdict.Diagnostics).Concat(Uncounted(snapshot)).ToArray();
        // Without a base nobody could tell whether the change itself has turned that off.
        var found = config.Lint.Apply(raw).Concat(comparison.Notes).Concat(Linter.Check(snapshot.Rules, new(config.Releases) { Date = request.Date }, config.Lint));
        var (diagnostics, baseline) = triage.Sort(found, snapshot.Rules);
        diagnostics = Origins.Mark([.. diagnostics.Concat(HeldByPolicy.Find(raw, diagnostics, comparison, snapshot, request.Base is { AcceptsPolicy: true })).Concat(foreign).InReportOrder()], comparison, snapshot);
        // Last: what is accepted does not depend on how much history is here.
        diagnostics = RecordHistory.SaySince(diagnostics, snapshot, gate.Repository);
        return new()
        {
            Root = files.Tree.Root,
            Diagnostics = diagnostics,
            Baseline = baseline,
            Lines = [.. snapshot.Coverage.SelectMany(coverage => coverage.Actors.Concat(coverage is { Union: { } union, Actors.Length: > 1 } ? [union] : [])).Select(actor => CoverageLine.Of(actor, config.Inventory is not null))],
            Summary = CoverageLine.Summary(snapshot.Coverage, config.Targets),
            Snapshot = snapshot,
            Comparison = comparison,
            Notice = gate.Notice,
            BaseStamp = gate.Stamp,
        };
    }

    // What cannot be read fails by name, whatever severity the finding has that says why.
    public static IEnumerable<Diagnostic> Uncounted(Snapshot snapshot)
    {
        foreach (var path in snapshot.Rules.Unreadable)
        {
            var cause = snapshot.Rules.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Span.Path == path);
            yield return GateDiagnostics.Uncounted.At(cause?.Span ?? SourceSpan.StartOf(path), $"{path} cannot be read in whole{Because(cause)}, so what it holds is not counted");
        }
        foreach (var rule in snapshot.Rules.Rules.Where(rule => rule.Defect is not null && !snapshot.Rules.Unreadable.Contains(rule.Span.Path)))
            yield return GateDiagnostics.Uncounted.At(rule.Span, $"'{rule.Title}' is not counted: {rule.Defect}");
    }

    private static string Because(Diagnostic? cause) => cause is null ? "" : $" ({cause.Info.Id} at line {cause.Span.Line})";
}
