using System.Collections.Immutable;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>What an assessment is to be about.</summary>
internal sealed record AssessOptions
{
    /// <summary>Null for the program's name.</summary>
    public string? Title { get; init; }

    /// <summary>The revision to compare numbers with; null for none.</summary>
    public string? Since { get; init; }
}

/// <summary>What came of asking for an assessment.</summary>
internal sealed record AssessResult
{
    /// <summary>Null when it could not be made; <see cref="Diagnostics"/> says why.</summary>
    public Assessment? Assessment { get; init; }

    /// <summary>What kept it from being made.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Why the git program was asked, as one line to show; null otherwise.</summary>
    public string? Notice { get; init; }
}

/// <summary>Assesses a program, and tells what has changed since a revision.</summary>
internal static class AssessRun
{
    public static AssessResult Run(CheckRequest request, AssessOptions options)
    {
        if (options.Since is not { } since)
            return Snapshot.Load(request, ProgramFiles.Find(request), out var errors) is { } snapshot ? Assess(snapshot, options, null, []) : Failed(errors);
        using var repository = GitRepository.TryOpen(ProgramFiles.Locate(request).Tree.Root, (request.Base ?? new()).Backend, out var error);
        if (repository is null)
            return Failed([error!]); // one of the two
        try
        {
            return new RevisionName(since).Find(repository) is { } commit ? Run(request, options, repository, commit) : Failed([repository.UnknownCommit(since)]);
        }
        catch (GitFailure failure)
        {
            return Failed([failure.Finding]);
        }
    }

    private static AssessResult Run(CheckRequest request, AssessOptions options, GitRepository repository, GitCommit commit)
    {
        ParsedFiles parsed = new(repository.IsSha256);
        if (Snapshot.Load(request, ProgramFiles.Find(request), out var errors, parsed) is not { } snapshot)
            return Failed(errors);
        var tree = repository.TreeOf(commit);
        // What this clone does not have the revision may have had: half of it is nothing to compare with.
        if (tree.UnreadSubmodules.FirstOrDefault() is { } submodule)
            return Failed([RevisionDiagnostics.Unread(submodule)]);
        var files = ProgramFiles.FindIn(tree, request with { NeedsActors = false }, mayLack: true, snapshot.Config);
        var rules = RuleSet.Of(RuleFiles.Read(tree, files.Sources, null, parsed));
        List<Diagnostic> found = [];
        var evidence = EvidenceFiles.Read(files, snapshot.Config, rules, found);
        if (rules.Diagnostics.Concat(found).FirstOrDefault(finding => finding.Info == RevisionDiagnostics.MissingContent) is { } missing)
            return Failed([missing]);
        // The scopes of today's actors, so that a change of a number is one of rules, tests or records and of nothing else.
        var before = snapshot.Coverage.Select(today => ProgramCoverage.Of(
            today.Release, rules, [.. today.Actors.Select(actor => actor.Actor!)], snapshot.Config.Definition, snapshot.Config.Inventory, evidence, snapshot.Date)).ToImmutableArray(); // only the union is of no actor
        return Assess(snapshot, options, new(options.Since!, commit, rules.Unreadable.Length), before) with { Notice = repository.Notice }; // asked for
    }

    private static AssessResult Assess(Snapshot snapshot, AssessOptions options, AssessedRevision? since, ImmutableArray<ProgramCoverage> before)
    {
        var library = snapshot.ConfiguredLibrary(null, out var error);
        if (error is not null)
            return Failed([error]);
        var domains = snapshot.BacklogsWith(library).Select((backlog, at) => (backlog, Before: before.IsEmpty ? null : before[at])).Where(pair => pair.backlog.Coverage.Union is not null);
        return new() { Assessment = new(options.Title ?? snapshot.Config.Name, snapshot, since, [.. domains.Select(pair => AssessedDomain.Of(pair.backlog, pair.Before, snapshot.Config.Targets))]) };
    }

    private static AssessResult Failed(ImmutableArray<Diagnostic> findings) => new() { Diagnostics = findings.InReportOrder() };
}
