using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>
/// What decides a check's answer besides the request: the files that the configuration is read from, and the patterns that find the rest.
/// It is kept beside a report, so that the next run need not read the configuration to see that nothing has changed.
/// </summary>
/// <param name="Root">Full path.</param>
/// <param name="ConfigPath">merlon.yml from the root, or null.</param>
/// <param name="Files">From the root: merlon.yml and what it names.</param>
/// <param name="Rules">Patterns from the root.</param>
/// <param name="Actors">Patterns from the root; those of folders of bundles too.</param>
internal sealed record Watched(string Root, string? ConfigPath, ImmutableArray<string> Files, ImmutableArray<string> Rules, ImmutableArray<string> Actors)
{
    public static Watched By(ProgramFiles files) => new(
        files.Tree.Root, files.ConfigPath,
        [.. (files.Config?.Files ?? []).Concat(new[] { files.ConfigPath, files.Config?.Lint.Baseline, files.Config?.Gate.Baseline }.OfType<string>())],
        FromRoot(files.Config?.Rules),
        [.. FromRoot(files.Config?.Actors), .. (files.Config?.BundleFolders ?? []).Select(pattern => pattern.FromRoot)]);

    /// <summary>Whether the request still means the same merlon.yml. Then this is what it watches, unless one of <see cref="Files"/> has changed.</summary>
    public bool IsOf(CheckRequest request) => ProgramFiles.Locate(request) is var (tree, configPath) && tree.Root == Root && configPath == ConfigPath;

    /// <summary>Full paths of every file that the answer may depend on, as the folders are now, sorted. Git is not asked what it ignores.</summary>
    public ImmutableArray<string> Inputs()
    {
        using WorkingTree tree = new(Root);
        var found = Files.Concat(Find(tree, Rules)).Concat(Find(tree, Actors)).Select(tree.FullPath).ToArray();
        return [.. found.Concat(tree.IgnoreFiles).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static ImmutableArray<string> FromRoot(ImmutableArray<FilePattern>? patterns) => [.. (patterns ?? []).Select(pattern => pattern.Pattern.FromRoot)];

    private static ImmutableArray<string> Find(WorkingTree tree, ImmutableArray<string> patterns) =>
        tree.FindAll([.. patterns.Select(pattern => PathPattern.TryParse(pattern, "")).OfType<PathPattern>()]).Paths;
}
