using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Git;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Reads merlon.yml. Any finding here means that the configuration is not used.</summary>
internal sealed class ConfigurationReader(ISourceTree tree, List<Diagnostic> diagnostics)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "merlon.yml";

    /// <summary>Where rules and profiles lie unless the file says otherwise, from its folder.</summary>
    public const string DefaultRules = "rules/**/*.yml";

    public const string DefaultActors = "actors/*.yml";

    public const string DefaultRecords = "validation/*.yml";

    private readonly ConfigurationFiles _files = new(tree, diagnostics);

    /// <param name="path">From the root; null when there is no file: every key has a default.</param>
    /// <param name="folder">From the root: what patterns that nobody wrote are relative to.</param>
    public MerlonConfig? Read(string? path, string folder, Overrides overrides)
    {
        if (Merged(path) is not { } mapping)
            return null;
        YamlFields fields = new(mapping, ConfigurationDiagnostics.Shape, diagnostics);
        var name = fields.Text("name");
        _ = fields.Text("extends");
        ReleaseLoader loader = new(_files);
        var releases = loader.Load(fields.Map("attack"), overrides.Release);
        if (releases.IsEmpty)
            return null; // The findings say why; nothing else can be checked without a release.
        var platforms = Targets.PlatformNames(releases);
        var (rules, sources) = ReadRules(fields, folder, releases);
        var actors = Patterns(fields, "actors", folder, DefaultActors);
        var coverage = fields.Map("coverage");
        var gate = fields.Map("gate");
        var validation = fields.Map("validation");
        EvidenceReader evidence = new(_files, releases, platforms);
        var writtenAssets = coverage?.Scalar("assets");
        var assets = evidence.ReadAssets(writtenAssets);
        var tests = TestsReader.Read(fields.Map("tests"), folder, _files);
        var plan = PlanReader.Read(fields.Map("plan"), _files);
        var lint = LintReader.Read(fields.Map("lint"), overrides.Preset, _files);
        MerlonConfig config = new()
        {
            Name = name ?? (folder.Length == 0 ? "main" : folder),
            Releases = releases,
            Bundles = loader.Bundles,
            BundleFolders = loader.Folders,
            NavigatorData = loader.NavigatorData,
            Rules = rules,
            Sources = sources,
            Actors = actors,
            Records = validation is null ? [Fallback(DefaultRecords, folder)] : Patterns(validation, "records", folder, DefaultRecords),
            Inventory = evidence.ReadLogSources(coverage?.Scalar("logSources"), assets),
            Assets = assets,
            Definition = OwnedPlatforms.Narrow(Override(ReadDefinition(coverage, gate, platforms), overrides, platforms), assets, platforms, writtenAssets, diagnostics) with { Validation = ValidationReader.Read(validation) },
            Gate = ReadGate(gate, releases),
            Lint = lint,
            Plan = plan,
            Tests = tests,
            Files = [.. _files.Read.Concat(lint.Baseline is { } baseline ? [baseline] : []).Distinct(StringComparer.Ordinal)],
        };
        foreach (var exclusion in config.Definition.Exclusions.Where(exclusion => releases.All(release => release.Find(exclusion.Id) is null)))
            diagnostics.Add(ConfigurationDiagnostics.BadValue.At(exclusion.Span, $"{exclusion.Id} is not a technique of ATT&CK {releases[0].Name}"));
        coverage?.End();
        gate?.End();
        validation?.End();
        fields.End();
        return config with { Policy = PolicyLines.Of(mapping, config, folder) };
    }

    /// <summary>Only the bundles, as they are written: none of them is read, so that those can be had that are not here yet.</summary>
    /// <returns>Null, with findings, when the file or an entry cannot be used.</returns>
    public ImmutableArray<BundleEntry>? ReadBundles(string path) =>
        Merged(path) is { } mapping && BundleEntry.ReadAll(mapping, _files) is var entries && diagnostics.Count == 0 ? entries : null;

    // The file with what it extends beneath it. Once: what the extended file extends is an unknown wish.
    private YamlMapping? Merged(string? path)
    {
        if (path is null)
            return new(SourceSpan.StartOf(""), []);
        if (_files.Open(path) is not { } own)
            return null;
        if (own.Find("extends") is not YamlScalar { IsNull: false } extended)
            return own;
        if (_files.Resolve(extended) is not { } basePath || _files.Open(basePath) is not { } template)
            return null;
        if (template.FindEntry("extends") is { } again)
            diagnostics.Add(ConfigurationDiagnostics.BadValue.At(again.Key.Span, "an extended file cannot extend another one; name it in the first file"));
        return template.Under(own);
    }

    private (ImmutableArray<FilePattern>, ImmutableArray<SourceEntry>) ReadRules(YamlFields fields, string folder, ImmutableArray<AttackRelease> releases)
    {
        if (fields.Items("rules") is not { } items)
            return ([Fallback(DefaultRules, folder)], []);
        SourceReader reader = new(_files, releases);
        List<FilePattern> rules = [];
        List<SourceEntry> sources = [];
        foreach (var item in items)
            if (item is YamlMapping)
                sources.AddRange(fields.AsMap(item, "") is { } entry && reader.Read(entry) is { } source ? [source] : []);
            else if (fields.AsScalar(item, "an item of rules") is { } written && _files.Pattern(written) is { } pattern)
                rules.Add(new(pattern, written.Span));
        return ([.. rules], [.. sources]);
    }

    private ImmutableArray<FilePattern> Patterns(YamlFields fields, string key, string folder, string fallback)
    {
        if (fields.Scalars(key) is not { } written)
            return [Fallback(fallback, folder)];
        return [.. written.Select(scalar => _files.Pattern(scalar) is { } pattern ? new FilePattern(pattern, scalar.Span) : null).OfType<FilePattern>()];
    }

    private static FilePattern Fallback(string pattern, string folder) => new(PathPattern.TryParse(pattern, folder)!, SourceSpan.StartOf(""), MayMatchNothing: true); // the fallbacks parse

    private static Definition ReadDefinition(YamlFields? coverage, YamlFields? gate, ImmutableArray<string> platforms)
    {
        Definition standard = new();
        if (coverage is null)
            return standard with { Level = LevelOf(gate?.Word("level", Levels.Names)) ?? standard.Level };
        return new()
        {
            Level = LevelOf(gate?.Word("level", Levels.Names)) ?? standard.Level,
            Status = coverage.Words("status", [.. SigmaWords.Statuses, Definition.Absent]) ?? standard.Status,
            SigmaLevel = coverage.Word("sigmaLevel", Definition.SigmaLevels) ?? standard.SigmaLevel,
            NotTags = coverage.Scalars("notTags") is { } tags ? [.. tags.Select(tag => tag.Value)] : standard.NotTags,
            IsLenient = coverage.Word("rollUp", ["strict", "lenient"]) is "lenient",
            Platforms = Expand(coverage.Words("platforms", [.. platforms, "cloud"]) ?? []),
            PreApart = coverage.Word("pre", ["apart", "include"]) is not "include",
            Exclusions = ProfileReader.ReadExclusions(coverage, "exclude"),
        };
    }

    private GatePolicy ReadGate(YamlFields? gate, ImmutableArray<AttackRelease> releases) => gate is null ? new() : new()
    {
        Targets = gate.Map("targets") is { } targets ? Targets.Read(targets, hasUnion: true, releases) : Targets.None,
        BelowTarget = gate.Word("belowTarget", ["fail", "no-worse", "warn"]) switch { "no-worse" => BelowTarget.NoWorse, "warn" => BelowTarget.Warn, _ => BelowTarget.Fail },
        Regression = gate.Word("regression", ["below-target", "any", "off"]) switch { "any" => Regression.Any, "off" => Regression.Off, _ => Regression.BelowTarget },
        IsBasePolicy = gate.Word("policy", ["base", "head"]) is not "head",
        Base = gate.Text("base"),
        Baseline = gate.Scalar("baseline") is { IsNull: false } baseline ? _files.Resolve(baseline) : null,
    };

    private Definition Override(Definition definition, Overrides overrides, ImmutableArray<string> platforms)
    {
        string? Word(string? word, string option, ImmutableArray<string> words)
        {
            if (word is not null && !words.Contains(word))
                diagnostics.Add(ConfigurationDiagnostics.BadValue.At(SourceSpan.StartOf(""), $"'{word}' is not allowed for {option}{Spelling.Hint(word, words)}"));
            return word;
        }
        foreach (var platform in overrides.Platforms)
            Word(platform, "platforms", [.. platforms, "cloud"]);
        return definition with
        {
            Level = LevelOf(Word(overrides.Level, "level", Levels.Names)) ?? definition.Level,
            Platforms = overrides.Platforms.IsEmpty ? definition.Platforms : Expand(overrides.Platforms),
            IsLenient = (Word(overrides.RollUp, "roll-up", ["strict", "lenient"]) ?? definition.RollUp) == "lenient",
            PreApart = (Word(overrides.Pre, "pre", ["apart", "include"]) ?? definition.Pre) != "include",
        };
    }

    private static Level? LevelOf(string? name) => name is null ? null : Levels.Proofs.FirstOrDefault(level => level.Name == name);

    /// <summary>Names of platforms with what <c>cloud</c> stands for, each once and sorted.</summary>
    public static ImmutableArray<string> Expand(ImmutableArray<string> platforms) =>
        [.. platforms.SelectMany(platform => platform == "cloud" ? Evidence.Platforms.Cloud : [platform]).Distinct().Order(StringComparer.Ordinal)];
}
