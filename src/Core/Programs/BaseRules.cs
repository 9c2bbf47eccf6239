using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs;

/// <summary>The rules of another revision, beside those of the working tree, under the working tree's configuration.</summary>
internal sealed class BaseRules
{
    private readonly MerlonConfig _config;
    private readonly DateOnly _date;
    private readonly FrozenSet<string> _changed;
    // Null for a file that is the same in the working tree.
    private readonly ImmutableArray<(string Path, SigmaFile? Read)> _files;
    private (RuleSet, ImmutableArray<Diagnostic>)? _lint;

    private BaseRules(MerlonConfig config, DateOnly date, FrozenSet<string> changed, ImmutableArray<(string, SigmaFile?)> files) =>
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
        var read = head.SigmaFiles.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var rules = RuleSet.Of([.. _files.Select(file => file.Read ?? read[file.Path])]);
        _lint = (rules, [.. _config.Lint.Apply(rules.Diagnostics), .. Linter.Check(rules, new(_config.Releases) { Date = _date }, _config.Lint)]);
        return _lint.Value;
    }

    private static IEnumerable<(string, SigmaFile?)> Read(ISourceTree tree, FrozenSet<string> changed, CheckRequest request, ProgramFiles files)
    {
        var ofHead = files.Rules.ToFrozenSet(StringComparer.Ordinal);
        var paths = tree.Find([.. Patterns(request, files)]).Paths;
        // What is not here is not nothing: everything would look new.
        if (tree.UnreadSubmodules.FirstOrDefault() is { } unread)
            throw new GitFailure(RevisionDiagnostics.Unread(unread));
        foreach (var path in paths)
            yield return (path, ofHead.Contains(path) && !changed.Contains(path) ? null
                : tree.TryRead(path, YamlFile.MaxBytes, out var error) is { } bytes ? SigmaFile.Parse(path, bytes)
                : error!.Info == RevisionDiagnostics.MissingContent ? throw new GitFailure(error) // TryRead gives bytes or an error
                : new(path, [], [error], IsWhole: false));
    }

    private static IEnumerable<PathPattern> Patterns(CheckRequest request, ProgramFiles files) =>
        request.Paths.IsEmpty ? files.Config!.Rules.Select(pattern => pattern.Pattern) // as above
        : request.Paths.Select(files.Tree.PathOf).OfType<string>().SelectMany(path => new[] { PathPattern.TryParse(path, ""), PathPattern.TryParse("**/*.yml", path) }).OfType<PathPattern>();
}
