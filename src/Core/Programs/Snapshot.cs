using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Configuration;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Gate;
using Merlon.Core.Plan;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs;

/// <summary>One program, one tree, one date: everything read once, for every command.</summary>
internal sealed record Snapshot
{
    public required ProgramFiles Files { get; init; }

    public required MerlonConfig Config { get; init; }

    public required DateOnly Date { get; init; }

    public required RuleSet Rules { get; init; }

    /// <summary>What tests and records show of the rules.</summary>
    public RuleEvidence Evidence { get; init; } = RuleEvidence.None;

    /// <summary>Those that are measured.</summary>
    public required ImmutableArray<ActorProfile> Profiles { get; init; }

    /// <summary>Those whose names are not published, measured or not, as far as they could be read.</summary>
    public ImmutableArray<ActorProfile> KeptBack { get; private init; } = [];

    /// <summary>One for each domain, in the order of the configuration.</summary>
    public required ImmutableArray<ProgramCoverage> Coverage { get; init; }

    /// <summary>What was found while reading rules and profiles, with the severities that their checks have.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>The claims that must not be lost; null without such a file.</summary>
    public Ratchet? Ratchet { get; private init; }

    /// <summary>What closing the gaps takes, one for each coverage. The library of the configuration is read on first use, and only then.</summary>
    public ImmutableArray<Backlog> Backlogs => BacklogsWith(ConfiguredLibrary(null, out _));

    /// <summary>The library of the configuration; null for none, and, with a finding, for one that cannot be read.</summary>
    public RuleLibrary? ConfiguredLibrary(Action<int, int>? progress, out Diagnostic? error)
    {
        error = null;
        if (Config.Plan.Library is not { } path)
            return null;
        if (!_library.IsRead)
            _library = (RuleLibrary.TryRead(Files.Tree.FullPath(path), path, SourceSpan.StartOf(Files.ConfigPath ?? ""), Rules, progress, out var found), found, true);
        error = _library.Error;
        return _library.Library;
    }

    public ImmutableArray<Backlog> BacklogsWith(RuleLibrary? library) =>
        [.. Coverage.Select(coverage => new Backlog(coverage, Config.Inventory, Config.Assets, library?.ClaimsIn(coverage, Date), Config.Plan, Date))];

    private (RuleLibrary? Library, Diagnostic? Error, bool IsRead) _library;

    /// <summary>Of the definition and the releases: numbers of equal hashes can be compared.</summary>
    public string DefinitionHash => Config.Definition.HashWith(Config.Releases.Select(release => release.Identity));

    /// <summary>How many valid rules and correlations have no technique tag.</summary>
    public int Untagged => Rules.Rules.Count(rule => rule is { Defect: null, SilencedBy: null, Source.DeploysSigma: false } && !rule.Techniques.Any());

    /// <returns>Null, with findings, when the configuration or an actor that was asked for cannot be used.</returns>
    /// <param name="parsed">What other trees had, and now this one has; null to remember nothing.</param>
    /// <param name="sigma">What reads Sigma files and checks them; null to check nothing.</param>
    /// <param name="mayLack">Whether an actor that was asked for may be unknown, as at a base that comes before it.</param>
    public static Snapshot? Load(CheckRequest request, ProgramFiles files, out ImmutableArray<Diagnostic> errors, ParsedFiles? parsed = null, bool mayLack = false, SigmaFiles? sigma = null)
    {
        errors = files.Diagnostics;
        if (files.Config is not { } config)
            return null;
        List<Diagnostic> diagnostics = [.. files.Diagnostics];
        List<ActorProfile> keptBack = [];
        var profiles = ReadProfiles(files, config, diagnostics, keptBack);
        if (ActorChoice.Choose(profiles, config.Releases, request.Overrides.Actors, mayLack, out var unknown) is not { } chosen)
        {
            errors = unknown;
            return null;
        }
        var rules = RuleSet.Of(RuleFiles.Read(files.Tree, files.Sources, request.Progress, parsed, sigma));
        diagnostics.AddRange(rules.Diagnostics);
        var ratchet = ReadRatchet(files, config, diagnostics);
        var evidence = EvidenceFiles.Read(files, config, rules, diagnostics);
        List<ImmutableArray<Diagnostic>> ofDomains = [];
        var coverage = config.Releases.Select(release => Measure(release, rules, evidence, chosen, config, request.Date, ofDomains)).ToImmutableArray();
        return new()
        {
            Files = files,
            Config = config,
            Date = request.Date,
            Rules = rules,
            Evidence = evidence,
            Profiles = chosen,
            KeptBack = [.. keptBack],
            Ratchet = ratchet,
            Coverage = coverage,
            Diagnostics =
            [
                .. diagnostics, .. SourceReleases.Unmapped(rules, config.Releases), .. InventoryAge.Check(rules, request.Date), .. InAllDomains(ofDomains), .. config.Releases.SelectMany(release => RevokedIds.Check(config.Definition.Exclusions, release)),
                .. ExclusionDates.Check([.. chosen.SelectMany(profile => profile.Exclusions), .. config.Definition.Exclusions], request.Date),
                .. chosen.SelectMany(profile => Reviews.Check(profile, config.Releases, request.Date)),
            ],
        };
    }

    private static Ratchet? ReadRatchet(ProgramFiles files, MerlonConfig config, List<Diagnostic> diagnostics)
    {
        // The first one is yet to be written.
        if (config.Gate.Baseline is not { } path || !files.Tree.Exists(path))
            return null;
        Ratchet? ratchet = null;
        if (files.Tree.TryRead(path, Ratchet.MaxBytes, out var error) is { } bytes)
            ratchet = bytes.Length <= Ratchet.MaxBytes ? Ratchet.TryRead(path, bytes, out error) : null;
        if (ratchet is null)
            diagnostics.Add(error ?? GateDiagnostics.UnreadableRatchet.At(SourceSpan.StartOf(path), $"file has more than {Ratchet.MaxBytes} bytes"));
        return ratchet;
    }

    /// <summary>All profiles of a program that can be used. One that cannot is a finding.</summary>
    /// <param name="keptBack">What could be read of the others.</param>
    public static ImmutableArray<ActorProfile> ReadProfiles(ProgramFiles files, MerlonConfig config, List<Diagnostic> diagnostics, List<ActorProfile> keptBack)
    {
        var profiles = ImmutableArray.CreateBuilder<ActorProfile>();
        foreach (var path in files.Profiles)
            if (files.Tree.TryRead(path, YamlFile.MaxBytes, out var error) is not { } bytes)
                diagnostics.Add(error!); // TryRead gives bytes or an error.
            else if (!ProfileReader.TryRead(path, bytes, config.Releases, diagnostics, out var profile))
                keptBack.Add(profile);
            else if (profiles.FirstOrDefault(other => string.Equals(other.Name, profile.Name, StringComparison.OrdinalIgnoreCase)) is { } other)
            {
                diagnostics.Add(ActorDiagnostics.DuplicateName.At(profile.Span, $"'{profile.Name}' is the name of the profile in {other.Span.Path} too; rename one"));
                keptBack.Add(profile);
            }
            else
                profiles.Add(profile with { Number = profiles.Count + 1 });
        keptBack.AddRange(profiles);
        keptBack.RemoveAll(profile => profile.IsPublic);
        return profiles.ToImmutable();
    }

    private static ProgramCoverage Measure(
        AttackRelease release, RuleSet rules, RuleEvidence evidence, ImmutableArray<ActorProfile> profiles, MerlonConfig config, DateOnly date, List<ImmutableArray<Diagnostic>> diagnostics)
    {
        List<Diagnostic> found = [];
        ActorResolver resolver = new(release, found);
        var actors = profiles.Select(resolver.Resolve).ToImmutableArray();
        diagnostics.Add([.. found, .. actors.SelectMany(ExclusionDates.CheckUse), .. evidence.FindingsOfRecords(rules, release, config.Definition.Validation, date)]);
        return ProgramCoverage.Of(release, rules, actors, config.Definition, config.Inventory, evidence, date);
    }

    // Where several domains are measured, what one of them lacks may be in another: it is missing when all say so. The one that knows the id speaks.
    private static IEnumerable<Diagnostic> InAllDomains(List<ImmutableArray<Diagnostic>> domains)
    {
        if (domains is [var only])
            return only;
        static bool IsMissing(Diagnostic diagnostic) =>
            diagnostic.Info == ActorDiagnostics.UnknownObject || diagnostic.Info == ActorDiagnostics.UselessExclusion || diagnostic.Info == ActorDiagnostics.EmptyProfile
            || diagnostic.Info == RecordDiagnostics.UnknownTechnique;
        var missing = domains.SelectMany(found => found.Where(IsMissing).DistinctBy(diagnostic => diagnostic.Span)).GroupBy(diagnostic => diagnostic.Span).Where(group => group.Count() == domains.Count);
        return domains.SelectMany(found => found.Where(diagnostic => !IsMissing(diagnostic)))
            .Concat(missing.Select(group => group.FirstOrDefault(diagnostic => diagnostic.Info != ActorDiagnostics.UnknownObject) ?? group.First()));
    }
}
