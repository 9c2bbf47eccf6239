using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Programs;

/// <summary>What a comparison of two releases says.</summary>
internal sealed record ReleaseDiffResult
{
    /// <summary>One for each domain; empty when the comparison could not be made.</summary>
    public ImmutableArray<ReleaseDiff> Diffs { get; init; } = [];

    /// <summary>Null without a program, and for one that measures none of the domains.</summary>
    public ReleaseImpact? Impact { get; init; }

    /// <summary>What kept the comparison from being made.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];
}

/// <summary>Compares two releases, and a program under them where there is one.</summary>
internal static class ReleaseDiffRun
{
    /// <param name="from">A version or the path of a table, which starts from the request's folder.</param>
    /// <param name="domain">The only domain that is wanted; null for all.</param>
    public static ReleaseDiffResult Run(CheckRequest request, string from, string to, AttackDomain? domain)
    {
        var earlier = NamedReleases.Find(from, domain, request.Directory, out var errors);
        if (earlier.IsEmpty)
            return new() { Diagnostics = errors };
        var later = NamedReleases.Find(to, domain, request.Directory, out errors);
        if (later.IsEmpty)
            return new() { Diagnostics = errors };
        var diffs = ReleaseDiff.OfEach(earlier, later);
        if (diffs.IsEmpty)
            return new() { Diagnostics = [AttackDiagnostics.ReleaseNotEmbedded.At(SourceSpan.StartOf(""), $"ATT&CK release '{from}' is of {Names(earlier)} and '{to}' of {Names(later)}; name two of one domain")] };
        var files = ProgramFiles.Find(request with { NeedsRules = false });
        var isProgram = files is not { ConfigPath: null, Rules: [], Profiles: [] } || !request.Paths.IsEmpty || !request.Overrides.Actors.IsEmpty;
        if (!isProgram)
            return new() { Diffs = diffs };
        if (Snapshot.Load(request, files, out errors) is not { } snapshot)
            return new() { Diagnostics = errors };
        var impact = ReleaseImpact.Of(snapshot, diffs, out errors);
        return errors.IsEmpty ? new() { Diffs = diffs, Impact = impact } : new() { Diagnostics = errors };
    }

    private static string Names(ImmutableArray<AttackRelease> releases) => string.Join(" and ", releases.Select(release => release.Domain.Name));
}
