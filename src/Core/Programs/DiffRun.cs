using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>What a comparison of two trees says.</summary>
internal sealed record DiffResult
{
    public required string Root { get; init; }

    /// <summary>The gate's findings, or what kept the comparison from being made.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>Null when the comparison could not be made.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>There with <see cref="Verdict"/>.</summary>
    public Snapshot? Head { get; init; }

    /// <summary>Why the git program was asked, as one line to show; null otherwise.</summary>
    public string? Notice { get; init; }
}

/// <summary>Compares any two trees of a repository, under head's configuration.</summary>
internal static class DiffRun
{
    /// <param name="range">As <see cref="RevisionRange.TryParse"/> reads it.</param>
    public static DiffResult Run(CheckRequest request, string? range)
    {
        var root = ProgramFiles.Locate(request).Tree.Root;
        if (RevisionRange.TryParse(range) is not { } wanted)
            return Failed(root, RevisionDiagnostics.UnknownRevision.At(SourceSpan.StartOf(""), $"'{range}' is no range of revisions; write A..B, A...B or A"));
        var compared = request.Base ?? new();
        using var repository = GitRepository.TryOpen(root, compared.Backend, out var error);
        if (repository is null)
            return Failed(root, error!); // one of the two
        try
        {
            return Run(request, wanted, compared, repository);
        }
        catch (GitFailure failure)
        {
            return Failed(root, failure.Finding);
        }
    }

    private static DiffResult Run(CheckRequest request, RevisionRange range, BaseRequest compared, GitRepository repository)
    {
        // What is compared by default stands in the working tree's merlon.yml.
        ParsedFiles parsed = new(repository.IsSha256);
        var working = range.Head is null ? ProgramFiles.Find(request with { NeedsRules = false }) : null;
        var configured = range.Base is null && working is { Config: not null } ? GateBase.Configured(repository, request with { Base = compared }, working, parsed) : null;
        var pair = range.TryFind(repository, configured == GateRun.BaselineWord ? null : configured, compared.Pipeline, out var error);
        if (pair is null)
            return Failed(repository.Root, error!); // one of the two
        if (pair.Base.Commit is not { } commit)
            return Failed(repository.Root, RevisionDiagnostics.UnknownRevision.At(SourceSpan.StartOf(""), "nothing is committed yet, so there is nothing to compare with"));
        var files = pair.Head is { } head ? ProgramFiles.FindIn(repository.TreeOf(head), request, mayLack: true) : working!; // a range without a head is one of the working tree
        if (Snapshot.Load(request, files, out var errors, parsed) is not { } snapshot)
            return new() { Root = repository.Root, Diagnostics = errors.InReportOrder() };
        var comparison = Comparison.Of(request, snapshot, new(pair.HeadRef, pair.Head?.Id, BaseKind.None), repository.TreeOf(commit), new(pair.Base.Ref, commit.Id, pair.Base.How), parsed);
        return new()
        {
            Root = repository.Root,
            Diagnostics = snapshot.Config.Lint.Apply(comparison.Verdict.Diagnostics.Concat(comparison.Notes).Concat(Check.Uncounted(snapshot))).InReportOrder(),
            Verdict = comparison.Verdict,
            Head = snapshot,
            Notice = repository.Notice,
        };
    }

    private static DiffResult Failed(string root, Diagnostic finding) => new() { Root = root, Diagnostics = [finding] };
}
