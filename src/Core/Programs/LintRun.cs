using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
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

    /// <summary>In report order, accepted ones too.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>Those that are not accepted.</summary>
    public ImmutableArray<Diagnostic> Reported => [.. Diagnostics.Where(diagnostic => !diagnostic.IsAccepted)];

    /// <summary>The baseline to write, for a request that asks for one.</summary>
    public NewBaseline? Baseline { get; init; }

    /// <summary>Null when the configuration cannot be used.</summary>
    public RuleSet? Rules { get; init; }

    /// <summary>What fixes changed, by path. The findings are those that remain.</summary>
    public ImmutableArray<FixedFile> Fixed { get; init; } = [];

    public bool IsUsable => Rules is not null;

    public bool HasErrors => Reported.Any(diagnostic => diagnostic.Severity == Severity.Error);
}

/// <summary>Reads and checks rules, and mends them.</summary>
internal sealed class LintRun
{
    private readonly ProgramFiles _files;
    private readonly MerlonConfig _config;
    private readonly DateOnly _date;
    private readonly Triage _triage;

    private LintRun(ProgramFiles files, MerlonConfig config, DateOnly date, Triage triage) => (_files, _config, _date, _triage) = (files, config, date, triage);

    public static LintResult Run(CheckRequest request) =>
        Open(request, out var unusable) is { } run ? run.Of(RuleFiles.Read(run._files.Tree, run._files.Sources, request.Progress, sigma: new(new(new(run._config.Releases) { Date = run._date }, run._config.Lint))), []) : unusable!; // one of the two

    /// <summary>Applies the fixes of what is reported and writes the changed files. Without named paths, profiles and merlon.yml are mended too.</summary>
    /// <exception cref="IOException">A file cannot be written. Those before it have been.</exception>
    public static LintResult Fix(CheckRequest request, bool includeUnsafe)
    {
        var result = Preview(request, includeUnsafe);
        using WorkingTree tree = new(result.Files.Tree.Root);
        foreach (var file in result.Fixed)
            tree.Replace(file.Path, file.Before, file.Bytes);
        return result;
    }

    /// <summary>What <see cref="Fix(CheckRequest, bool)"/> would do. Nothing is written.</summary>
    public static LintResult Preview(CheckRequest request, bool includeUnsafe) =>
        Open(request, out var unusable) is { } run
            ? run.Mend(RuleFiles.Read(run._files.Tree, run._files.Sources, request.Progress), request.Paths.IsEmpty ? new(run._files, run._config) : null, includeUnsafe)
            : unusable!; // one of the two

    private static LintRun? Open(CheckRequest request, out LintResult? unusable)
    {
        var files = ProgramFiles.Find(request with { NeedsActors = false });
        var errors = files.Diagnostics;
        if (files.Config is { } config && Triage.Open(request, files, out errors) is { } triage)
        {
            unusable = null;
            return new(files, config, request.Date, triage);
        }
        unusable = new() { Files = files, Date = request.Date, Diagnostics = errors.InReportOrder() };
        return null;
    }

    private LintResult Mend(ImmutableArray<RuleFile> read, RevokedInProfiles? profiles, bool includeUnsafe)
    {
        HashSet<string> mayChange = new(_files.Rules.Concat(profiles?.Paths ?? []), StringComparer.Ordinal);
        LintResult After(IReadOnlyDictionary<string, byte[]> changed) => Of(With(read, changed), profiles?.Find(changed) ?? []);
        Fixer fixer = new(path => mayChange.Contains(path) ? _files.Tree.TryRead(path, YamlFile.MaxBytes, out _) : null, changed => After(changed).Reported, includeUnsafe);
        var after = fixer.Run(After(ImmutableDictionary<string, byte[]>.Empty).Reported);
        return After(after.ToDictionary(file => file.Path, file => file.Bytes, StringComparer.Ordinal)) with { Fixed = after };
    }

    // Every finding passes here, on its way to a report and to a fix alike.
    private LintResult Of(ImmutableArray<RuleFile> read, IEnumerable<Diagnostic> ofProfiles)
    {
        var rules = RuleSet.Of(read);
        var found = _config.Lint.Apply(_files.Diagnostics.Concat(rules.Diagnostics).Concat(SourceReleases.Unmapped(rules, _config.Releases)).Concat(ofProfiles)).Concat(Linter.Check(rules, new(_config.Releases) { Date = _date }, _config.Lint));
        var (diagnostics, baseline) = _triage.Sort(found, rules);
        return new() { Files = _files, Date = _date, Diagnostics = diagnostics, Baseline = baseline, Rules = rules };
    }

    private static ImmutableArray<RuleFile> With(ImmutableArray<RuleFile> files, IReadOnlyDictionary<string, byte[]> changed) =>
        [.. files.Select(file => changed.TryGetValue(file.Path, out var bytes) ? RuleFile.Of(SigmaFile.Parse(file.Path, bytes), file.Source) : file)];
}
