using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>One program's configuration and the files that it means.</summary>
internal sealed record ProgramFiles
{
    public required ISourceTree Tree { get; init; }

    /// <summary>Null when the configuration cannot be used; the findings say why.</summary>
    public MerlonConfig? Config { get; init; }

    /// <summary>merlon.yml from the root, or null.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>What files each source of rules has, Sigma's first.</summary>
    public ImmutableArray<SourcePaths> Sources { get; init; } = [];

    /// <summary>The paths of all of them.</summary>
    public ImmutableArray<string> Rules => Sources is [var only] ? only.Paths : [.. Sources.SelectMany(source => source.Paths)];

    public ImmutableArray<string> Profiles { get; init; } = [];

    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>With more Sigma files.</summary>
    public ProgramFiles WithSigma(IEnumerable<string> paths) => this with
    {
        Sources = [new(RuleSource.Sigma, [.. Sources.Where(source => source.Source == RuleSource.Sigma).SelectMany(source => source.Paths).Union(paths.Except(Rules)).Order(StringComparer.Ordinal)]), .. Sources.Where(source => source.Source != RuleSource.Sigma)],
    };

    /// <summary>Where the files lie and which merlon.yml is meant, without reading any.</summary>
    public static (ISourceTree Tree, string? ConfigPath) Locate(CheckRequest request)
    {
        var start = request.Paths is [var first, ..] ? FolderOf(first) : request.Directory;
        var repository = WorkingTree.FindRoot(request.Config is { } given ? Path.GetDirectoryName(given)! : start);
        var config = request.Config ?? FindConfig(start, repository);
        // Loose files need not lie in one folder.
        ISourceTree tree = new WorkingTree(repository ?? (config is null ? request.Paths.Select(FolderOf).Aggregate(start, Common) : Path.GetDirectoryName(config)!));
        return (tree, config is null ? null : tree.PathOf(config));
    }

    private static string FolderOf(string full) => Directory.Exists(full) ? full : Path.GetDirectoryName(full)!; // full paths have a folder

    // The nearest folder above both; the first where there is none, as on two drives.
    private static string Common(string one, string other)
    {
        for (var folder = one; folder is not null; folder = Path.GetDirectoryName(folder))
            if (((ISourceTree)new WorkingTree(folder)).PathOf(other) is not null)
                return folder;
        return one;
    }

    /// <summary>The request's files in the working tree.</summary>
    public static ProgramFiles Find(CheckRequest request)
    {
        var (tree, configPath) = Locate(request);
        return Find(request, tree, configPath, configPath, mayLack: false, null);
    }

    /// <summary>The request's files in a commit: the nearest merlon.yml there is the program's, whatever the working tree has.</summary>
    /// <param name="tree">Of the same root as the working tree.</param>
    /// <param name="mayLack">Whether the program may be without rules, profiles and matches here, as long ago.</param>
    /// <param name="known">The configuration to use instead of reading it.</param>
    public static ProgramFiles FindIn(ISourceTree tree, CheckRequest request, bool mayLack, MerlonConfig? known = null)
    {
        var path = LocateIn(tree, request, mayLack);
        return Find(request, tree, path, path, mayLack, known);
    }

    /// <summary>The files of head's program at the base, which may be without some or all of them.</summary>
    /// <param name="program">Head's merlon.yml, from the root; null for none.</param>
    /// <param name="known">The configuration to use instead of reading it.</param>
    public static ProgramFiles FindBase(ISourceTree tree, CheckRequest request, string? program, MerlonConfig? known = null)
    {
        var path = LocateBase(tree, request, program);
        return Find(request, tree, path, program ?? path, mayLack: true, known);
    }

    /// <summary>The merlon.yml of head's program at the base: the same path. A nearer or farther one is another program's, unless head has none.</summary>
    public static string? LocateBase(ISourceTree tree, CheckRequest request, string? program) =>
        program is null ? LocateIn(tree, request, mayLack: true) : tree.Exists(program) ? program : null;

    /// <summary>Which merlon.yml is meant in a commit, from the root; null for none.</summary>
    public static string? LocateIn(ISourceTree tree, CheckRequest request, bool mayLack)
    {
        if (request.Config is { } full && tree.PathOf(full) is { } given)
            return tree.Exists(given) || !mayLack ? given : null;
        return FindConfig(tree, tree.PathOf(request.Paths is [var first, ..] ? FolderOf(first) : request.Directory) ?? "");
    }

    // What nobody wrote is relative to the folder of the program's merlon.yml, there or not.
    private static ProgramFiles Find(CheckRequest request, ISourceTree tree, string? configPath, string? program, bool mayLack, MerlonConfig? known)
    {
        List<Diagnostic> diagnostics = [];
        var folder = program is null ? "" : ConfigurationFiles.FolderOf(program);
        ProgramFiles files = new() { Tree = tree, ConfigPath = configPath, Diagnostics = [] };
        if ((known ?? new ConfigurationReader(tree, diagnostics).Read(configPath, folder, request.Overrides)) is not { } read || diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error))
            return files with { Diagnostics = [.. diagnostics] };
        var missing = mayLack ? [] : diagnostics;
        var sources = FindSources(tree, request, read, missing);
        var profiles = request.NeedsActors ? Match(tree, read.Actors, missing) : [];
        if (!mayLack && request.NeedsRules && sources.All(source => source.Paths.IsEmpty) && diagnostics.Count == 0)
            diagnostics.Add(ConfigurationDiagnostics.UnmatchedPattern.At(SourceSpan.StartOf(configPath ?? ""), $"there is no rule to check: {(!read.AllRules.Any() ? "'rules' is empty" : $"no file matches '{string.Join("', '", read.AllRules.Select(pattern => pattern.Pattern.Text))}'")}; name a folder of rules, or set 'rules' in merlon.yml"));
        var config = diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error) ? null : read;
        // An error, and none of the configuration: what could be read is checked.
        return files with { Config = config, Sources = sources, Profiles = profiles, Diagnostics = [.. diagnostics, .. mayLack ? [] : tree.UnreadSubmodules.Select(RevisionDiagnostics.Unread)] };
    }

    /// <summary>The files of rules that a configuration means in a tree, or those of them that the request names. A pattern of all files of a folder means its rules, not the events that test them, nor what another entry says how to read.</summary>
    public static ImmutableArray<SourcePaths> FindSources(ISourceTree tree, CheckRequest request, MerlonConfig config, List<Diagnostic> missing)
    {
        var named = request.Paths.IsEmpty ? null : Below(tree, request.Paths, missing).ToHashSet(StringComparer.Ordinal);
        bool IsNamed(string path) => named is null || named.Contains(path);
        ImmutableArray<SourcePaths> others = [.. config.Sources.Select(entry => new SourcePaths(entry.Source, [.. Match(tree, [entry.Pattern], named is null ? missing : []).Where(IsNamed)]))];
        var taken = others.SelectMany(source => source.Paths).ToHashSet(StringComparer.Ordinal);
        return
        [
            new(RuleSource.Sigma, [.. (named is null ? Match(tree, config.Rules, missing) : [.. named.Order(StringComparer.Ordinal)]).Where(path => Evidence.TestFileName.TryParse(path) is null && !taken.Contains(path))]),
            .. others,
        ];
    }

    /// <summary>The profiles of a program that was found without: what there is, whatever the patterns promise.</summary>
    public ImmutableArray<string> FindProfiles() => Config is { } config ? Match(Tree, config.Actors, []) : [];

    // Upward, as far as the repository, or the file system where there is none.
    private static string? FindConfig(string start, string? repository)
    {
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, ConfigurationReader.FileName)))
                return Path.Combine(folder, ConfigurationReader.FileName);
            if (folder == repository)
                return null;
        }
        return null;
    }

    // As above, within a tree.
    private static string? FindConfig(ISourceTree tree, string folder)
    {
        for (; ; folder = ConfigurationFiles.FolderOf(folder))
        {
            var path = folder.Length == 0 ? ConfigurationReader.FileName : $"{folder}/{ConfigurationReader.FileName}";
            if (tree.Exists(path))
                return path;
            if (folder.Length == 0)
                return null;
        }
    }

    /// <summary>The files that patterns mean. A written one that means none is a finding.</summary>
    public static ImmutableArray<string> Match(ISourceTree tree, ImmutableArray<FilePattern> patterns, List<Diagnostic> diagnostics)
    {
        var (paths, unmatched) = tree.Find([.. patterns.Select(pattern => pattern.Pattern)]);
        foreach (var pattern in patterns.Where(pattern => !pattern.MayMatchNothing && unmatched.Contains(pattern.Pattern)))
            diagnostics.Add(ConfigurationDiagnostics.UnmatchedPattern.At(pattern.Span, $"'{pattern.Pattern.Text}' matches no file; correct it or remove it"));
        return paths;
    }

    /// <summary>What some full paths mean: files, and the <c>.yml</c> files of folders.</summary>
    public static ImmutableArray<string> Below(ISourceTree tree, ImmutableArray<string> fullPaths, List<Diagnostic> diagnostics)
    {
        SortedSet<string> paths = new(StringComparer.Ordinal);
        foreach (var full in fullPaths)
            if (tree.PathOf(full) is not { } path)
                diagnostics.Add(ConfigurationDiagnostics.UnreadableFile.At(SourceSpan.StartOf(""), $"'{full}' lies outside of '{tree.Root}'; name paths of one repository"));
            else if (tree.Exists(path))
                paths.Add(path);
            else if (tree.Find([PathPattern.TryParse("**/*.yml", path)!]) is { Paths: { IsEmpty: false } found }) // the pattern parses
                paths.UnionWith(found);
            else
                diagnostics.Add(ConfigurationDiagnostics.UnreadableFile.At(SourceSpan.StartOf(""), Directory.Exists(full) ? $"'{full}' holds no .yml file" : $"'{full}' does not exist"));
        return [.. paths];
    }
}
