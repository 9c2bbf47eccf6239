using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs;

/// <summary>What checking rules alone says, without actors, coverage and floors.</summary>
internal sealed record LintResult
{
    public required ProgramFiles Files { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>In report order.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>Null when the configuration cannot be used.</summary>
    public RuleSet? Rules { get; init; }

    /// <summary>What fixes changed, by path. The findings are those that remain.</summary>
    public ImmutableArray<FixedFile> Fixed { get; init; } = [];

    public bool IsUsable => Rules is not null;

    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}

/// <summary>Reads and checks rules, and mends them.</summary>
internal static class LintRun
{
    public static LintResult Run(CheckRequest request)
    {
        var files = ProgramFiles.Find(request with { NeedsActors = false });
        return files.Config is { } config ? Of(files, config, request.Date, SigmaFiles.Read(files.Tree, files.Rules, request.Progress)) : Unusable(files, request.Date);
    }

    /// <summary>Applies the fixes of what is found and writes the changed files.</summary>
    /// <exception cref="IOException">A file cannot be written. Those before it have been.</exception>
    public static LintResult Fix(CheckRequest request, bool includeUnsafe)
    {
        var files = ProgramFiles.Find(request with { NeedsActors = false });
        if (files.Config is not { } config)
            return Unusable(files, request.Date);
        var read = SigmaFiles.Read(files.Tree, files.Rules, request.Progress);
        var rules = files.Rules.ToHashSet(StringComparer.Ordinal);
        Fixer fixer = new(
            path => rules.Contains(path) ? files.Tree.TryRead(path, YamlFile.MaxBytes, out _) : null,
            changed => Of(files, config, request.Date, With(read, changed)).Diagnostics,
            includeUnsafe);
        var after = fixer.Run(Of(files, config, request.Date, read).Diagnostics);
        foreach (var file in after)
            files.Tree.Replace(file.Path, file.Before, file.Bytes);
        return Of(files, config, request.Date, With(read, after.ToDictionary(file => file.Path, file => file.Bytes, StringComparer.Ordinal))) with { Fixed = after };
    }

    private static LintResult Of(ProgramFiles files, MerlonConfig config, DateOnly date, IReadOnlyCollection<SigmaFile> read)
    {
        var rules = RuleSet.Of(read);
        return new() { Files = files, Date = date, Diagnostics = Judge(files, config, date, rules), Rules = rules };
    }

    // Every finding passes here, on its way to a report and to a fix alike.
    private static ImmutableArray<Diagnostic> Judge(ProgramFiles files, MerlonConfig config, DateOnly date, RuleSet rules) =>
        config.Lint.Apply(files.Diagnostics.Concat(rules.Diagnostics)).Concat(Linter.Check(rules, new(config.Releases) { Date = date }, config.Lint)).InReportOrder();

    private static ImmutableArray<SigmaFile> With(ImmutableArray<SigmaFile> files, IReadOnlyDictionary<string, byte[]> changed) =>
        [.. files.Select(file => changed.TryGetValue(file.Path, out var bytes) ? SigmaFile.Parse(file.Path, bytes) : file)];

    private static LintResult Unusable(ProgramFiles files, DateOnly date) => new() { Files = files, Date = date, Diagnostics = files.Diagnostics.InReportOrder() };
}
