using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Gate;
using Merlon.Core.Git;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Verdicts made by hand, with something of everything that an output has to show.</summary>
internal static class Verdicts
{
    public const string Commit = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

    public const string HiddenPath = "actors/paper-tiger.yml";

    private static readonly AttackRelease Ics = AttackFactsTests.Release("ics-attack", "19.1");

    private static readonly DetectionRule Lsass = Rule("rules/lsass.yml", "LSASS dump", "t1003.001");

    private static readonly DetectionRule Dumper = Rule("rules/dumper.yml", "Dumper | seen", "t1003.001");

    private static readonly DetectionRule Wmi = Rule("rules/wmi.yml", "WMI spawn", "t1047");

    private static readonly DetectionRule Untitled = Rule("rules/untitled.yml", "rules/untitled.yml", "t1059.001");

    private static readonly DetectionRule Shell = Rule("rules/shell.yml", "Shell", "t1059.001");

    public static Verdict Empty
    {
        get
        {
            var actor = Measured(Profile(1, "actors/fin7.yml", "name: FIN7\ntechniques: [T1003.001, T1047]\ntargets: {default: 50}\n"), Measure.Attack, Lsass);
            return new() { Base = Tree("origin/main", BaseKind.MergeBase), Head = new("working tree", null, BaseKind.None), Actors = [Change(actor, actor)] };
        }
    }

    public static Verdict Rich()
    {
        var fin7 = Profile(1, "actors/fin7.yml", "name: FIN7\ntechniques: [T1003.001, T1047, T1059.001, T1566.001]\ntargets: {default: 75, tactics: {credential-access: 60}}\n");
        var tiger = Profile(2, HiddenPath, "name: Paper Tiger\ndescription: Knows our suppliers\ntlp: red\nfrom: [G0046]\ntechniques: [{id: T1003.001, required: true, note: seen at a supplier, source: 'https://example.org/secret'}, T1047]\n");
        var gone = Profile(1, "actors/lost-crane.yml", "name: Lost Crane\ntlp: amber\ntechniques: [T1003.001]\n");
        var scout = Profile(3, "actors/scout.yml", "name: Scout 語\ntechniques: [T1583]\ntargets: {default: 10}\n");
        ImmutableArray<Technique> plant = [.. Ics.Techniques.Where(technique => technique.IsLive).Take(2)];
        var worm = Profile(4, "actors/worm.yml", $"name: Worm\ntechniques: [{string.Join(", ", plant.Select(technique => technique.Id))}]\n");
        DetectionRule[] atBase = [Lsass, Dumper, Wmi, Untitled], atHead = [Shell];
        var (before, after) = (Measured(fin7, Measure.Attack, atBase), Measured(fin7, Measure.Attack, atHead));
        var whole = fin7.Targets.Default!; // written above
        return new()
        {
            Base = Tree("origin/main", BaseKind.MergeBase),
            Head = new("working tree", null, BaseKind.None),
            Actors =
            [
                Change(before, after), Change(Measured(tiger, Measure.Attack, atBase), Measured(tiger, Measure.Attack, atHead)),
                Change(Measured(scout, Measure.Attack), Measured(scout, Measure.Attack)), Change(null, Measured(worm, Ics)), Change(Measured(gone, Measure.Attack, atBase), null),
                new("union", AttackDomain.Enterprise, before with { Actor = null, Name = "union" }, after with { Actor = null, Name = "union" }, null),
            ],
            Lost = [Dumped("FIN7", Severity.Error), Dumped("Paper Tiger", Severity.Error), Unwatched(), Retired()],
            Lowered = [Dumped("FIN7", Severity.Warning) with { Technique = Of("T1566.001"), Changes = [Gone(Wmi, ChangeCause.Demoted, "status test -> experimental", "status: test")] }],
            Gained =
            [
                new(Of("T1059.001"), "FIN7", AttackDomain.Enterprise, ["Windows"], Level.None, Level.Deployable, [new(ChangeCause.NewRule, Shell, Shell.Span, "the rule is new", null)]),
                new(Of("T1566.001"), "FIN7", AttackDomain.Enterprise, ["Linux", "Windows"], Level.None, Level.Claimed, [new(ChangeCause.Retagged, Shell, Shell.Span, "attack.t1566.001 is new", null)]),
                new(Of("T1566.001"), "Paper Tiger", AttackDomain.Enterprise, ["Linux", "Windows"], Level.None, Level.Claimed, [new(ChangeCause.Retagged, Shell, Shell.Span, "attack.t1566.001 is new", null)]),
            ],
            LastRules = [new(Of("T1059.001"), ["FIN7", "Paper Tiger"], ["Windows"], Shell, Shell.Span, [Gone(Untitled, ChangeCause.Removed, "the rule is gone", null)])],
            Floors =
            [
                new(new("FIN7", null, after.Covered, whole) { Domain = AttackDomain.Enterprise }, false, false, "lost T1003.001 and 2 more", Severity.Error),
                new(new("FIN7", "credential-access", new(0, 1), new(60, At("actors/fin7.yml", 3))) { Domain = AttackDomain.Enterprise }, false, true, null, Severity.Warning),
                new(new("Scout 語", null, new(0, 0), scout.Targets.Default!) { Domain = AttackDomain.Enterprise }, true, null, null, Severity.Error), // written above
            ],
            Policy =
            [
                new(At(HiddenPath, 3), "Paper Tiger: targets.default", "60", "40", PolicyEffect.Weaker),
                new(At(HiddenPath, 4), "Paper Tiger: exclude T1583", null, "not-detectable: prepared by our supplier", PolicyEffect.Weaker),
                new(At("merlon.yml", 12), "gate.targets.default", "75", "60", PolicyEffect.Weaker),
                new(At("merlon.yml", 14), "coverage.status", "[stable, test]", "[stable]", PolicyEffect.Stricter),
                new(At("merlon.yml", 15), "coverage.platforms", null, "[Windows, Linux]", PolicyEffect.Changed),
            ],
            Others =
            [
                new(OtherKind.Release, null, null, "19.0 -> 19.1"), new(OtherKind.Profile, "Paper Tiger", null, "66.6% -> 50.0%: Paper Tiger uses 1 technique more, from G0046"),
                new(OtherKind.Expired, "FIN7", new TechniqueId(1047), "the exclusion held until 2026-11-23"),
            ],
            Diagnostics =
            [
                Info("MRL5006").At(At("merlon.yml", 12), "gate.targets.default was 75; FIN7 passes only under 60"),
                GateDiagnostics.BelowTarget.At(whole.Span, "FIN7: deployable 1/4 (25.0%) is below the target of 75%; 2 more techniques are needed"),
                GateDiagnostics.BelowTarget.At(At(HiddenPath, 9), "Paper Tiger: T1003.001 LSASS Memory is required and is none, not deployable; see actors/paper-tiger.yml"),
                Info("MRL5002").At(Lsass.Span, "T1003.001 is lost"), GateDiagnostics.SmallFloor.At(whole.Span, "FIN7: the target of 75% is on 4 techniques only"),
                GateDiagnostics.Uncounted.At(At("rules/broken.yml", 3), "rules/broken.yml cannot be read in whole (MRL1001 at line 3), so what it holds is not counted"),
            ],
        };
    }

    /// <summary>A change that loses as many techniques as nobody reads.</summary>
    public static Verdict Huge(int losses)
    {
        Loss Numbered(int index) => Dumped(string.Create(CultureInfo.InvariantCulture, $"Actor no. {index}"), index % 2 == 0 ? Severity.Error : Severity.Warning) with { Technique = Of("T1047") };
        return Rich() with
        {
            Lost = [.. Enumerable.Range(0, losses).Select(index => Numbered(index) with { Platforms = [string.Create(CultureInfo.InvariantCulture, $"Platform {index / 2}")] })],
            Gained = [.. Enumerable.Range(0, 300).Select(index => new Gain(Of("T1047"), string.Create(CultureInfo.InvariantCulture, $"Actor no. {index}"), AttackDomain.Enterprise, [], Level.None, Level.Claimed,
                [new(ChangeCause.NewRule, Shell, At(string.Create(CultureInfo.InvariantCulture, $"rules/{index}.yml"), 1), "the rule is new", null)]))],
        };
    }

    public static Loss Dumped(string actor, Severity severity) => new()
    {
        Technique = Of("T1003.001"),
        Actor = actor,
        Domain = AttackDomain.Enterprise,
        Platforms = ["Windows"],
        From = Level.Deployable,
        To = Level.None,
        Severity = severity,
        Span = Lsass.Span,
        Changes =
        [
            Gone(Dumper, ChangeCause.Replaced, "rules/new.yml replaces it, without the tag", "tag rules/new.yml with attack.t1003.001"),
            Gone(Lsass, ChangeCause.Removed, "the rule is gone", "git checkout 1a2b3c4d5e -- rules/lsass.yml"),
        ],
    };

    public static RuleChange Gone(DetectionRule rule, ChangeCause cause, string detail, string? restore) => new(cause, rule, rule.Span, detail, restore);

    public static DetectionRule Rule(string path, string title, string tag) => new()
    {
        Span = At(path, 1),
        Title = title,
        Id = "9f5d1c2e-0000-4000-8000-000000000001",
        Status = "test",
        SigmaLevel = "high",
        LogSource = RuleSet.Of([SigmaFile.Parse(path, Encoding.UTF8.GetBytes(Measure.RuleText(tag)))]).Rules[0].LogSource,
        AttackTags = RuleSet.Of([SigmaFile.Parse(path, Encoding.UTF8.GetBytes(Measure.RuleText(tag)))]).Rules[0].AttackTags,
    };

    public static SourceSpan At(string path, int line) => new(path, line, 1, line, 5);

    private static Loss Unwatched() => Dumped("FIN7", Severity.Warning) with
    {
        Technique = Of("T1047"),
        Platforms = ["Linux", "macOS"],
        IsStillCovered = true,
        To = Level.Claimed,
        Changes = [Gone(Wmi, ChangeCause.LogSourceChanged, "product linux -> windows", "product: linux")],
    };

    private static Loss Retired() => Dumped("Worm", Severity.Warning) with
    {
        Technique = Ics.Techniques.First(technique => technique.IsLive),
        Domain = AttackDomain.Ics,
        Platforms = [],
        IsAccepted = true,
        Changes = [Gone(Shell, ChangeCause.TelemetryGone, "no entry of logsources.yml has it any more", null)],
    };

    private static ActorChange Change(ActorCoverage? from, ActorCoverage? to)
    {
        var one = (to ?? from)!; // one of them is there
        return new(one.Name, one.Release.Domain, from, to, one.Actor!.Profile.Targets.Default); // no union
    }

    private static ActorCoverage Measured(ActorProfile profile, AttackRelease release, params DetectionRule[] rules) =>
        ProgramCoverage.Of(release, Measure.SetOf([.. rules]), [new ActorResolver(release, []).Resolve(profile with { From = [] }) with { Profile = profile }], new(), null, RuleEvidence.None, TemporaryRepository.Day).Actors[0];

    private static ActorProfile Profile(int number, string path, string text)
    {
        List<Diagnostic> found = [];
        var profile = ProfileReader.Read(path, Encoding.UTF8.GetBytes(text), [Measure.Attack, Ics], found);
        Assert.True(profile is not null, LintRuleTests.Lines(found));
        return profile with { Number = number };
    }

    private static Technique Of(string id) => TechniqueId.TryParse(id, out var parsed) ? Measure.Attack.Find(parsed)! : throw new InvalidOperationException(id);

    private static ComparedTree Tree(string name, BaseKind how) => new(name, Commit, how);

    private static DiagnosticInfo Info(string id) => new() { Id = id, Title = "Title", Severity = Severity.Error, Rationale = "It matters." };
}
