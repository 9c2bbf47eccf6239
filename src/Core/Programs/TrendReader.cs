using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>Measures one commit after the other: what has not changed since the one before is neither parsed nor measured again.</summary>
/// <param name="today">What every commit is measured by; null for each by its own.</param>
internal sealed class TrendReader(CheckRequest request, GitRepository repository, TrendBasis? today)
{
    private readonly ParsedFiles _parsed = new(repository.IsSha256);
    private (TrendBasis Basis, RuleSet Rules, bool HasEvidence, TrendPoint Point)? _measured;
    private TrendBasis? _newest;

    /// <summary>What the last commit was measured by that could be.</summary>
    public TrendBasis? Newest => today ?? _newest;

    public TrendPoint Read(GitCommit commit, string? tag)
    {
        TrendPoint point = new() { Commit = commit, Tag = tag };
        try
        {
            _parsed.NextTree();
            return Measure(point, repository.TreeOf(commit));
        }
        catch (GitFailure failure)
        {
            return point with { Defect = failure.Finding };
        }
    }

    private TrendPoint Measure(TrendPoint point, ISourceTree tree)
    {
        var known = today ?? (_newest is { } newest && HasConfigOf(newest, tree) ? newest : null);
        var files = ProgramFiles.FindIn(tree, request with { NeedsActors = today is null }, mayLack: true, known?.Config);
        Diagnostic? why = null;
        if ((today ?? FindOwn(tree, files, known, out why)) is not { } basis)
            return point with { Defect = why };
        _newest = basis;
        point = point with { Release = basis.Config.Releases[0].Name, Definition = basis.Hash };
        // What is missing is missing from this clone, not from the commit.
        if (tree.UnreadSubmodules.FirstOrDefault() is { } submodule)
            return point with { Defect = RevisionDiagnostics.Unread(submodule) };
        var read = RuleFiles.Read(tree, files.Sources, null, _parsed);
        var isSame = _measured is { } last && last.Basis == basis && last.Rules.Read.SequenceEqual(read);
        var rules = isSame ? _measured!.Value.Rules : RuleSet.Of(read); // there, if it is the same
        // Events and records change without any rule.
        List<Diagnostic> found = [];
        var evidence = EvidenceFiles.Read(files, basis.Config, rules, found);
        if (read.SelectMany(file => file.Diagnostics).Concat(found).FirstOrDefault(finding => finding.Info == RevisionDiagnostics.MissingContent) is { } missing)
            return point with { Defect = missing };
        var hasEvidence = evidence.HasTests || evidence.HasRecords;
        if (_measured is not { } before || !isSame || hasEvidence || before.HasEvidence)
            _measured = before = (basis, rules, hasEvidence, point with { Numbers = basis.Measure(rules, evidence), Unreadable = rules.Unreadable.Length });
        return point with { Numbers = before.Point.Numbers, Unreadable = before.Point.Unreadable };
    }

    private TrendBasis? FindOwn(ISourceTree tree, ProgramFiles files, TrendBasis? known, out Diagnostic? why)
    {
        why = null;
        if (known is not null && known.Files.Profiles.SequenceEqual(files.Profiles) && files.Profiles.All(path => _parsed.IsSame(path, tree, known.Files.Tree)))
            return known;
        var basis = TrendBasis.TryRead(request, files, isPast: true, out var found);
        if (basis is null)
            why = found.FirstOrDefault(finding => finding.Severity == Severity.Error) ?? found[0]; // one of them is the cause
        return basis;
    }

    private bool HasConfigOf(TrendBasis basis, ISourceTree tree) =>
        ProgramFiles.LocateIn(tree, request, mayLack: true) == basis.Files.ConfigPath && _parsed.IsSame(basis.Config, tree, basis.Files.Tree);
}
