using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>Every program of a repository, and those that a change takes away: nobody would check them any more.</summary>
/// <param name="Configs">Each merlon.yml from the root, sorted.</param>
internal sealed record AllPrograms(string Root, ImmutableArray<string> Configs, ImmutableArray<Diagnostic> Removed)
{
    private static readonly ImmutableArray<PathPattern> Everywhere = [PathPattern.TryParse($"**/{ConfigurationReader.FileName}", "")!]; // it parses

    /// <summary>What is to be said of each program that the change takes away.</summary>
    public IEnumerable<(string Config, CheckResult Result)> Gone => Removed.Select(diagnostic => (diagnostic.Span.Path, new CheckResult { Root = Root, Diagnostics = [diagnostic], IsGone = true }));

    public string FullPath(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    public static AllPrograms Find(CheckRequest request)
    {
        var root = WorkingTree.FindRoot(request.Directory) ?? request.Directory;
        using WorkingTree tree = new(root);
        var configs = tree.Find(Everywhere).Paths;
        return new(root, configs, request.Base is { } wanted && wanted.Given != GateRun.BaselineWord ? FindRemoved(root, configs, wanted) : []);
    }

    // Without a base each program says so itself.
    private static ImmutableArray<Diagnostic> FindRemoved(string root, ImmutableArray<string> configs, BaseRequest wanted)
    {
        using var repository = GitRepository.TryOpen(root, wanted.Backend, out _);
        try
        {
            if (repository is null || BaseFinder.Find(repository, wanted.Given, null, wanted.Pipeline).Commit is not { } commit)
                return [];
            return
            [
                .. repository.TreeOf(commit).Find(Everywhere).Paths.Except(configs, StringComparer.Ordinal).Select(path => GateDiagnostics.WeakenedPolicy.At(SourceSpan.StartOf(path),
                    $"{path} was removed, and with it the floors of its program{(wanted.AcceptsPolicy ? "; accepted" : "; accept that with --accept-policy, or put the file back")}") with
                {
                    Severity = wanted.AcceptsPolicy ? Severity.Info : Severity.Error,
                }),
            ];
        }
        catch (GitFailure)
        {
            return [];
        }
    }
}
