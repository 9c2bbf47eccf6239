using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;
using Merlon.Core.Configuration;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Lint;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>A tag that fits one release and not another.</summary>
/// <param name="Finding">What lint says of it under the later release.</param>
internal sealed record OutdatedTag(Diagnostic Finding, DetectionRule Rule, AttackTag Tag);

/// <summary>
/// What another release does to a program: the same rules, profiles and definition under either, so that every difference is ATT&amp;CK's.
/// Bundles of the configuration are merged over both.
/// </summary>
internal sealed record ReleaseImpact
{
    private const string FirstId = "MRL3001", LastId = "MRL3007";

    public required Snapshot Snapshot { get; init; }

    /// <summary>Tags that the later release has something against and the earlier one has not, in report order.</summary>
    public required ImmutableArray<OutdatedTag> Tags { get; init; }

    /// <summary>What profiles name that the later release has replaced, deprecated or lost.</summary>
    public required ImmutableArray<Diagnostic> Profiles { get; init; }

    /// <summary>Every actor, and the union of several, under the earlier and the later release.</summary>
    public required ImmutableArray<ActorChange> Actors { get; init; }

    /// <summary>Floors and requirements that hold under the earlier release and not under the later one.</summary>
    public required ImmutableArray<Diagnostic> Floors { get; init; }

    /// <returns>Null, with findings, when the bundles of the configuration do not fit; without findings when the program measures none of these domains.</returns>
    public static ReleaseImpact? Of(Snapshot snapshot, ImmutableArray<ReleaseDiff> diffs, out ImmutableArray<Diagnostic> errors)
    {
        List<Diagnostic> problems = [];
        var config = snapshot.Config;
        // Of a domain that is not compared the configured release stays.
        var from = config.Releases.Select(release => Merge(diffs.FirstOrDefault(diff => diff.Domain == release.Domain)?.From, release, config, problems)).ToImmutableArray();
        var to = config.Releases.Select(release => Merge(diffs.FirstOrDefault(diff => diff.Domain == release.Domain)?.To, release, config, problems)).ToImmutableArray();
        errors = [.. problems];
        if (!errors.IsEmpty || config.Releases.All(release => diffs.All(diff => diff.Domain != release.Domain)))
            return null;
        var (before, beforeFound) = Measure(snapshot, from);
        var (after, afterFound) = Measure(snapshot, to);
        var known = beforeFound.Select(KeyOf).ToHashSet();
        return new()
        {
            Snapshot = snapshot,
            Tags = Outdated(snapshot, from, to),
            Profiles = afterFound.Where(finding => !known.Contains(KeyOf(finding))).InReportOrder(),
            Actors = [.. Changes(before, after, config.Targets)],
            Floors = Broken(before, after, config),
        };
    }

    private static AttackRelease Merge(AttackRelease? asked, AttackRelease configured, MerlonConfig config, List<Diagnostic> problems)
    {
        if (asked is null || config.Bundles.IsEmpty)
            return asked ?? configured;
        var (merged, found) = StixImport.ToRelease(config.Bundles, asked.Domain, null, asked);
        if (merged is null)
            problems.AddRange(found);
        return merged ?? configured;
    }

    private static (ImmutableArray<ProgramCoverage> Coverage, ImmutableArray<Diagnostic> Found) Measure(Snapshot snapshot, ImmutableArray<AttackRelease> releases)
    {
        List<Diagnostic> found = [];
        var coverage = releases.Select(release =>
        {
            ActorResolver resolver = new(release, found);
            return ProgramCoverage.Of(release, snapshot.Rules, [.. snapshot.Profiles.Select(resolver.Resolve)], snapshot.Config.Definition, snapshot.Config.Inventory, snapshot.Evidence, snapshot.Date);
        }).ToImmutableArray();
        // What one domain does not know another may.
        return (coverage, [.. found.Where(finding => releases.Length == 1 || finding.Info != ActorDiagnostics.UnknownObject)]);
    }

    // The message names what replaced it, which may differ between releases that both replaced it.
    private static (DiagnosticInfo, SourceSpan, string) KeyOf(Diagnostic finding) => (finding.Info, finding.Span, finding.Info == ActorDiagnostics.RevokedObject ? finding.Message : "");

    private static ImmutableArray<OutdatedTag> Outdated(Snapshot snapshot, ImmutableArray<AttackRelease> from, ImmutableArray<AttackRelease> to)
    {
        ImmutableArray<AttackRelease> others = [.. AttackReleases.Embedded, .. from.Where(release => !AttackReleases.Embedded.Contains(release))];
        var checks = LintRules.All.Where(check => string.CompareOrdinal(check.Info.Id, FirstId) >= 0 && string.CompareOrdinal(check.Info.Id, LastId) <= 0
            && (check.Presets & (Preset.Recommended | snapshot.Config.Lint.Preset)) != 0).ToArray();
        IEnumerable<Diagnostic> Check(ImmutableArray<AttackRelease> releases) =>
            checks.SelectMany(check => check.CheckAll(snapshot.Rules, new(releases) { Date = snapshot.Date, Others = others }));
        var before = Check(from).Select(finding => (finding.Info, finding.Span)).ToHashSet();
        Dictionary<SourceSpan, (DetectionRule Rule, AttackTag Tag)> tags = [];
        foreach (var rule in snapshot.Rules.Rules)
            foreach (var tag in rule.AttackTags)
                tags.TryAdd(tag.Span, (rule, tag));
        return
        [
            .. Check(to).Where(finding => !before.Contains((finding.Info, finding.Span)) && tags.ContainsKey(finding.Span)).InReportOrder()
                .Select(finding => new OutdatedTag(finding, tags[finding.Span].Rule, tags[finding.Span].Tag)),
        ];
    }

    private static IEnumerable<ActorChange> Changes(ImmutableArray<ProgramCoverage> before, ImmutableArray<ProgramCoverage> after, Targets targets)
    {
        foreach (var (from, to) in before.Zip(after))
        {
            foreach (var (one, other) in from.Actors.Zip(to.Actors))
                yield return new(other.Name, to.Release.Domain, one, other, Gate.Floors.TargetOf(other, targets));
            if (to is { Union: { } union, Actors.Length: > 1 })
                yield return new(union.Name, to.Release.Domain, from.Union, union, targets.Union);
        }
    }

    private static ImmutableArray<Diagnostic> Broken(ImmutableArray<ProgramCoverage> before, ImmutableArray<ProgramCoverage> after, MerlonConfig config)
    {
        static bool Stands(Ratio covered, Target target) => covered.Total > 0 && covered.Reaches(target.Percent);
        var floors = after.SelectMany(coverage => Gate.Floors.Of(coverage, config.Targets))
            .Where(floor => !Stands(floor.Covered, floor.Target) && floor.MeasuredIn(before) is { } held && Stands(held, floor.Target))
            .Select(floor => Gate.Floors.Judge(floor, config.Definition.Level)).OfType<Diagnostic>();
        var unmet = before.SelectMany(coverage => coverage.Actors).SelectMany(Gate.Floors.JudgeRequired).Select(one => one.Finding.Span).ToHashSet();
        return floors.Concat(after.SelectMany(coverage => coverage.Actors).SelectMany(Gate.Floors.JudgeRequired).Select(one => one.Finding).Where(finding => !unmet.Contains(finding.Span))).InReportOrder();
    }
}
