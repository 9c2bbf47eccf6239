using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>The rules of a program, or of files that belong to none, without measuring them.</summary>
/// <param name="Config">Null when nothing could be read; the findings say why.</param>
internal sealed record RuleInventory(MerlonConfig? Config, RuleSet? Rules, DateOnly Date, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Full path that the paths of the findings start from.</summary>
    public string Root { get; private init; } = "";

    /// <summary>Reads all sources of the program, or those that the request names.</summary>
    public static RuleInventory Read(CheckRequest request)
    {
        var files = ProgramFiles.Find(request with { NeedsActors = false });
        if (files.Config is not { } config)
            return new(null, null, request.Date, files.Diagnostics.InReportOrder()) { Root = files.Tree.Root };
        return Of(files, config, RuleSet.Of(RuleFiles.Read(files.Tree, files.Sources, request.Progress)), request);
    }

    /// <summary>Reads files in a format that is not written in merlon.yml.</summary>
    /// <param name="contents">Each with what findings call it.</param>
    /// <param name="entry">What the entry would say besides <c>path</c>: keys and values of a map, as merlon.yml has them.</param>
    public static RuleInventory Read(CheckRequest request, IReadOnlyList<(string Path, Func<Stream> Open)> contents, IReadOnlyList<(string Key, string Value)> entry)
    {
        var files = ProgramFiles.Find(request with { Paths = [], NeedsRules = false, NeedsActors = false });
        if (files.Config is not { } config)
            return new(null, null, request.Date, files.Diagnostics.InReportOrder()) { Root = files.Tree.Root };
        List<Diagnostic> found = [];
        if (SourceReader.ReadOptions(NameOf(entry), entry, files.Tree, config.Releases, found) is not { } source)
            return new(null, null, request.Date, found.InReportOrder()) { Root = files.Tree.Root };
        var read = ImmutableArray.CreateBuilder<RuleFile>(contents.Count);
        foreach (var (path, open) in contents)
        {
            using var content = open();
            read.Add(RuleFiles.Parse(path, content, source));
            request.Progress?.Invoke(read.Count, contents.Count);
        }
        return Of(files, config, RuleSet.Of(read.MoveToImmutable()), request);
    }

    // Unless it has a name, what it is.
    private static string NameOf(IReadOnlyList<(string Key, string Value)> entry) => entry.FirstOrDefault(one => one.Key == "format").Value ?? "";

    private static RuleInventory Of(ProgramFiles files, MerlonConfig config, RuleSet rules, CheckRequest request) => new(config, rules, request.Date,
        config.Lint.Apply(files.Diagnostics.Concat(rules.Diagnostics).Concat(SourceReleases.Unmapped(rules, config.Releases)).Concat(InventoryAge.Check(rules, request.Date))).InReportOrder())
    {
        Root = files.Tree.Root,
    };
}
