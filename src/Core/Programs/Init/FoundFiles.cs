using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Configuration;
using Merlon.Core.Git;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs.Init;

/// <summary>What a file turned out to be by its content.</summary>
internal enum FileKind
{
    /// <summary>Nothing that Merlon reads.</summary>
    Other,
    /// <summary>A rule in the form of <see cref="FoundFile.Format"/>.</summary>
    Rule,
    /// <summary>Meant to be a rule, but broken: it is neither counted as one nor left out, so that a check says what is wrong.</summary>
    Broken,
    Profile,
    /// <summary>A validation configuration of sigma-cli.</summary>
    SigmaCli,
    /// <summary>Belongs to another program, whose <c>merlon.yml</c> lies above it.</summary>
    Foreign,
}

/// <param name="Path">From the program's folder.</param>
/// <param name="Format">Of a rule; null for all else.</param>
/// <param name="Rules">How many rules it has.</param>
internal sealed record FoundFile(string Path, FileKind Kind, IRuleSource? Format = null, int Rules = 0)
{
    /// <summary>With the dot.</summary>
    public string Extension => System.IO.Path.GetExtension(Path);
}

/// <summary>The files of a folder that may be of use, each looked at.</summary>
internal sealed record FoundFiles
{
    private static readonly ImmutableArray<string> Candidates = ["**/*.yml", "**/*.yaml", "**/*.toml", "**/savedsearches.conf"];

    private static readonly ImmutableArray<string> Tests = ["**/*.match.json", "**/*.nomatch.json"];

    public required ImmutableArray<FoundFile> Files { get; init; }

    /// <summary>Of Sigma, and of the other formats that were told for certain.</summary>
    public required RuleSet Rules { get; init; }

    /// <summary>Files of events that test rules, from the program's folder.</summary>
    public required ImmutableArray<string> TestFiles { get; init; }

    /// <summary>The program's, from the root; empty for the root.</summary>
    public required string Folder { get; init; }

    public int Count(FileKind kind) => Files.Count(file => file.Kind == kind);

    public IEnumerable<string> Paths(FileKind kind) => Files.Where(file => file.Kind == kind).Select(file => file.Path);

    /// <param name="path">From the root.</param>
    /// <param name="folder">From the program's, with a '/' at its end.</param>
    public bool IsBelow(string path, string folder) => path.StartsWith(Folder.Length == 0 ? folder : $"{Folder}/{folder}", StringComparison.Ordinal);

    /// <param name="folder">The program's, from the root; empty for the root.</param>
    /// <param name="release">What ids in profiles are looked up in.</param>
    public static FoundFiles Read(ISourceTree tree, string folder, AttackRelease release, Action<int, int>? progress)
    {
        FileReader reader = new(tree, release);
        var paths = Find(tree, folder, Candidates);
        var programs = paths.Where(path => Path.GetFileName(path) == ConfigurationReader.FileName && ConfigurationFiles.FolderOf(path) != folder).Select(path => ConfigurationFiles.FolderOf(path) + "/").ToArray();
        var files = ImmutableArray.CreateBuilder<FoundFile>(paths.Length);
        List<RuleFile> rules = [];
        foreach (var path in paths)
        {
            var isForeign = programs.Any(program => path.StartsWith(program, StringComparison.Ordinal));
            files.Add((isForeign ? new(path, FileKind.Foreign) : reader.Read(path, rules)) with { Path = folder.Length == 0 ? path : path[(folder.Length + 1)..] });
            progress?.Invoke(files.Count, paths.Length);
        }
        return new()
        {
            Folder = folder,
            Files = files.ToImmutable(),
            Rules = RuleSet.Of([.. rules]),
            TestFiles = [.. Find(tree, folder, Tests).Select(path => folder.Length == 0 ? path : path[(folder.Length + 1)..])],
        };
    }

    private static string[] Find(ISourceTree tree, string folder, ImmutableArray<string> patterns) =>
        [.. tree.Find([.. patterns.Select(pattern => PathPattern.TryParse(pattern, folder)!)]).Paths.Where(path => !IsHidden(path.AsSpan(folder.Length)))]; // they parse

    // Settings of tools and editors, and what a package manager put there.
    private static bool IsHidden(ReadOnlySpan<char> path)
    {
        foreach (var part in path.Split('/'))
            if (path[part] is ['.', ..] or "node_modules")
                return true;
        return false;
    }
}
