using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>What layers are made of.</summary>
internal sealed record LayerRequest
{
    public required CheckRequest Check { get; init; }

    /// <summary>How addresses of rule files are made; null for those of the remote's host.</summary>
    public FilePages? Pages { get; init; }

    public LayerComparison Comparison { get; init; }

    /// <summary>What is compared, as <see cref="RevisionRange.TryParse"/> reads it.</summary>
    public string? Range { get; init; }
}

internal enum LayerComparison
{
    /// <summary>Nothing is compared.</summary>
    None,
    /// <summary>Where there is a base, and no layer of it where there is none and none was named.</summary>
    Optional,
    Required,
}

internal sealed record LayerResult
{
    /// <summary>Null when no layer could be made; the findings say why.</summary>
    public Snapshot? Snapshot { get; init; }

    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    public RuleLinks Links { get; init; } = RuleLinks.None;

    /// <summary>Null where nothing was compared.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>Addresses of what only the base has.</summary>
    public RuleLinks BaseLinks { get; init; } = RuleLinks.None;

    /// <summary>Lines to show beside the layers.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

/// <summary>Reads what layers show: a program, where the web shows its rules, and what changed.</summary>
internal static class LayerRun
{
    public static LayerResult Run(LayerRequest request)
    {
        var diff = request.Comparison == LayerComparison.None ? null : DiffRun.Run(request.Check with { Base = request.Check.Base ?? new(), NeedsRules = false }, request.Range);
        if (diff is { Verdict: null } && (request.Comparison == LayerComparison.Required || request.Range is not null))
            return new() { Diagnostics = diff.Diagnostics };
        var snapshot = diff?.Head is { } head && (head.Rules.Rules.Length > 0 || request.Comparison == LayerComparison.Required) ? head : null;
        if (snapshot is null && (snapshot = Snapshot.Load(request.Check, ProgramFiles.Find(request.Check), out var errors)) is null)
            return new() { Diagnostics = errors };
        var backend = request.Check.Base?.Backend ?? default;
        var root = snapshot.Files.Tree.Root;
        return new()
        {
            Snapshot = snapshot,
            Links = RuleLinks.Find(root, diff?.Verdict?.Head.Commit, request.Pages, backend, [.. snapshot.Rules.Rules.Select(rule => rule.Span.Path).Distinct()]),
            Verdict = diff?.Verdict,
            BaseLinks = diff?.Verdict is { Base.Commit: { } commit } verdict ? RuleLinks.Find(root, commit, request.Pages, backend, PathsOf(verdict)) : RuleLinks.None,
            Notices = [.. new[] { diff?.Notice, diff is { Verdict: null } ? $"there is no delta: {diff.Diagnostics[0].Message}" : null }.OfType<string>()],
        };
    }

    private static ImmutableArray<string> PathsOf(Verdict verdict) =>
        [.. verdict.Lost.Concat(verdict.Lowered).SelectMany(loss => loss.Changes).Select(change => change.Span.Path).Distinct()];
}
