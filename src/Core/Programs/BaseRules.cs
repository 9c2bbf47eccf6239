using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Lint;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>The rules of another revision, beside those of the working tree, under the working tree's configuration.</summary>
internal sealed class BaseRules
{
    private readonly MerlonConfig _config;
    private readonly DateOnly _date;
    private readonly FrozenSet<string> _changed;
    // Null for a file that is the same in the working tree.
    private readonly ImmutableArray<(string Path, RuleSource Source, RuleFile? Read)> _files;
    private (RuleSet, ImmutableArray<Diagnostic>)? _lint;

    private BaseRules(MerlonConfig config, DateOnly date, FrozenSet<string> changed, ImmutableArray<(string, RuleSource, RuleFile?)> files) =>
        (_config, _date, _changed, _files) = (config, date, changed, files);

    /// <returns>Null, with a finding, when the revision can't be read.</returns>
    public static BaseRules? TryRead(string name, CheckRequest request, ProgramFiles files, List<Diagnostic> diagnostics)
    {
        try
        {
            using var repository = GitRepository.TryOpen(files.Tree.Root, out var error);
            if (error is null && repository!.FindCommit(name) is { } commit) // either there is a repository or an error
            {
                var changed = repository.FindChanges(commit);
                return new(files.Config!, request.Date, changed, request.NewOnly ? [.. Read(repository.TreeOf(commit), changed, request, files)] : []); // the caller has seen it
            }
            diagnostics.Add(error ?? repository!.UnknownCommit(name)); // as above
        }
        catch (GitFailure failure)
        {
            diagnostics.Add(failure.Finding);
        }
        return null;
    }

    public bool HasChanged(string path) => _changed.Contains(path);

    /// <param name="head">The rules of the working tree, as they lie there: what has not changed is not read again.</param>
    public (RuleSet Rules, ImmutableArray<Diagnostic> Found) Lint(RuleSet head)
    {
        if (_lint is { } known)
            return known;
        var read = head.Read.ToDictionary(file => (file.Path, file.Source));
        var rules = RuleSet.Of([.. _files.Select(file => file.Read ?? read[(file.Path, file.Source)])]);
        _lint = (rules, [.. _config.Lint.Apply(rules.Diagnostics), .. Linter.Check(rules, new(_config.Releases) { Date = _date }, _config.Lint)]);
        return _lint.Value;
    }

    private static IEnumerable<(string, RuleSource, RuleFile?)> Read(ISourceTree tree, FrozenSet<string> changed, CheckRequest request, ProgramFiles files)
    {
        var ofHead = files.Sources.SelectMany(source => source.Paths.Select(path => (path, source.Source))).ToHashSet();
        var sources = ProgramFiles.FindSources(tree, request, files.Config!, []); // the caller has seen it
        // What is not here is not nothing: everything would look new.
        if (tree.UnreadSubmodules.FirstOrDefault() is { } unread)
            throw new GitFailure(RevisionDiagnostics.Unread(unread));
        foreach (var (source, paths) in sources)
            foreach (var path in paths)
            {
                var read = ofHead.Contains((path, source)) && !changed.Contains(path) ? null : RuleFiles.Read(tree, path, source);
                if (read?.Diagnostics.FirstOrDefault(finding => finding.Info == RevisionDiagnostics.MissingContent) is { } missing)
                    throw new GitFailure(missing);
                yield return (path, source, read);
            }
    }
}
