using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>What a report shows.</summary>
internal sealed record ReportResult
{
    /// <summary>What kept the report from being made; empty where it could be.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>Null when the report could not be made.</summary>
    public Snapshot? Snapshot { get; init; }

    /// <summary>That of the snapshot; of every technique for a program that tracks nobody.</summary>
    public ImmutableArray<ProgramCoverage> Coverage { get; init; } = [];

    /// <summary>The comparison with the base, as the gate makes it. There with <see cref="Snapshot"/>.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Why nothing is compared with, for people; null where something is, and where there is nothing to say.</summary>
    public string? NoBase { get; init; }

    /// <summary>Why the git program was asked, as one line to show; null otherwise.</summary>
    public string? Notice { get; init; }
}

/// <summary>Reads a program and compares it with its base.</summary>
internal static class ReportRun
{
    /// <param name="request">With a base request.</param>
    public static ReportResult Run(CheckRequest request)
    {
        var files = ProgramFiles.Find(request);
        using var gate = GateRun.Open(request, files.Tree.Root);
        if (Snapshot.Load(request, files, out var errors, gate.Parsed) is not { } snapshot)
            return Failed(errors);
        var comparison = gate.Judge(snapshot);
        // A base that somebody named and that is not here is no page with an empty section.
        if (request.Base is { Given: not null } && comparison.Verdict.Base.How == BaseKind.None)
            return Failed(comparison.Notes);
        return new()
        {
            Diagnostics = [],
            Snapshot = snapshot,
            Coverage = snapshot.Profiles.IsEmpty ? [.. snapshot.Config.Releases.Select(release => Everything(release, snapshot))] : snapshot.Coverage,
            Verdict = comparison.Verdict,
            NoBase = comparison.Notes.FirstOrDefault(note => note.Info == GateDiagnostics.NoBase)?.Message,
            Notice = gate.Notice,
        };
    }

    private static ProgramCoverage Everything(AttackRelease release, Snapshot snapshot) => ProgramCoverage.Of(release, snapshot.Rules,
        [new ActorResolver(release, []).Resolve(ActorChoice.EveryTechnique(snapshot.Config.Releases))], snapshot.Config.Definition, snapshot.Config.Inventory, snapshot.Evidence, snapshot.Date);

    private static ReportResult Failed(ImmutableArray<Diagnostic> findings) => new() { Diagnostics = findings.InReportOrder() };
}
