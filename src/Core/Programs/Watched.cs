using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Evidence;
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
/// <param name="Tests">Patterns from the root of files that may be tests; only what is named like one is.</param>
/// <param name="Records">Patterns from the root: of validation records, and of where tests are that somebody wrote.</param>
internal sealed record Watched(
    string Root, string? ConfigPath, ImmutableArray<string> Files, ImmutableArray<string> Rules, ImmutableArray<string> Actors, ImmutableArray<string> Tests, ImmutableArray<string> Records)
{
    /// <summary>Where tests were looked for by what rules say, which is not known before a check.</summary>
    public TestSearch Search { get; init; } = TestSearch.None;

    public static Watched By(ProgramFiles files) => new(
        files.Tree.Root, files.ConfigPath,
        [.. (files.Config?.Files ?? []).Concat(new[] { files.ConfigPath, files.Config?.Lint.Baseline, files.Config?.Gate.Baseline }.OfType<string>())],
        FromRoot([.. files.Config?.AllRules ?? []]),
        [.. FromRoot(files.Config?.Actors), .. (files.Config?.BundleFolders ?? []).Select(pattern => pattern.FromRoot)],
        [.. FromRoot(Written(files, written: false)), .. BesideRules(files.Config)],
        [.. FromRoot(files.Config?.Records), .. FromRoot(Written(files, written: true))]);

    /// <summary>Whether the request still means the same merlon.yml. Then this is what it watches, unless one of <see cref="Files"/> has changed.</summary>
    public bool IsOf(CheckRequest request) => ProgramFiles.Locate(request) is var (tree, configPath) && tree.Root == Root && configPath == ConfigPath;

    /// <summary>Full paths of every file that the answer may depend on, as the folders are now, sorted. Git is not asked what it ignores.</summary>
    public ImmutableArray<string> Inputs()
    {
        using WorkingTree tree = new(Root);
        string[] found =
        [
            .. Files.Concat(Search.Files).Concat(Find(tree, Rules)).Concat(Find(tree, Actors)).Concat(Find(tree, Records)).Concat(Find(tree, Search.Patterns))
                .Concat(Find(tree, Tests).Where(path => TestFileName.TryParse(path) is not null)).Select(tree.FullPath),
        ];
        return [.. found.Concat(tree.IgnoreFiles).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether what only a check finds may have been written since its beginning, so that nobody can tell which content it read.</summary>
    /// <param name="begun">UTC.</param>
    public bool MayHaveChangedSince(DateTime begun)
    {
        using WorkingTree tree = new(Root);
        return Search.Files.Concat(Find(tree, Search.Patterns)).Any(path => File.GetLastWriteTimeUtc(tree.FullPath(path)) >= begun);
    }

    private static ImmutableArray<FilePattern> Written(ProgramFiles files, bool written) => [.. (files.Config?.Tests.Paths ?? []).Where(pattern => pattern.MayMatchNothing != written)];

    // Where rules may come to lie, since a test may come with its rule.
    private static IEnumerable<string> BesideRules(MerlonConfig? config)
    {
        foreach (var folder in (config?.Rules ?? []).Where(pattern => !pattern.Pattern.IsExclusion).Select(pattern => pattern.Pattern.Folder).Distinct(StringComparer.Ordinal))
            foreach (var end in new[] { TestFileName.Match, TestFileName.NoMatch })
                yield return $"{(folder.Length == 0 ? "" : $"{folder}/")}**/*{end}";
    }

    private static ImmutableArray<string> FromRoot(ImmutableArray<FilePattern>? patterns) => [.. (patterns ?? []).Select(pattern => pattern.Pattern.FromRoot)];

    private static ImmutableArray<string> Find(WorkingTree tree, ImmutableArray<string> patterns) =>
        tree.FindAll([.. patterns.Select(pattern => PathPattern.TryParse(pattern, "")).OfType<PathPattern>()]).Paths;
}
