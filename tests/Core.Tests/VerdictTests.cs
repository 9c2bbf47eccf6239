using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Git;
using Merlon.Core.Programs;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Two states of one repository, compared. What git has to do with it is tested elsewhere.</summary>
public class VerdictTests
{
    private const string Profile = "name: Fox\ntechniques: [T1059.001, T1003.001, T1047, T1105, T1055]\n";

    // Four of five: T1055 has no rule.
    private static readonly (string Path, string Text)[] Standard =
    [
        ("merlon.yml", "gate: { targets: { default: 80 } }\n"),
        ("actors/fox.yml", Profile),
        ("rules/a.yml", Rule("1", "t1059.001")),
        ("rules/b.yml", Rule("2", "t1003.001")),
        ("rules/c.yml", Rule("3", "t1047")),
        ("rules/d.yml", Rule("4", "t1105")),
    ];

    [Fact]
    public void Nothing_changed_says_nothing()
    {
        var verdict = Compare([]);
        Assert.Equal("", Lines(verdict));
        Assert.True(verdict.Passed);
        Assert.Equal("4/5 4/5", $"{verdict.Actors[0].Base!.Covered} {verdict.Actors[0].Head!.Covered}");
    }

    [Fact]
    public void What_both_sides_have_is_parsed_once()
    {
        Compare([("rules/b.yml", Rule("2", "t1003.002"))], null, out var comparison, out var head);
        var (from, to) = (comparison.Base!.Rules.SigmaFiles, head.Rules.SigmaFiles);
        Assert.Equal(["rules/a.yml", "rules/c.yml", "rules/d.yml"], from.Where(file => to.Contains(file, ReferenceEqualityComparer.Instance)).Select(file => file.Path));
        Assert.Same(head.Config, comparison.Base.Config);
        Compare([], null, out comparison, out head);
        Assert.Same(head.Rules, comparison.Base!.Rules);
    }

    [Fact]
    public void A_removed_rule_is_an_error_where_its_actor_is_below_target() => Assert.Equal("""
        lost T1003.001 Fox Windows deployable->none error actors/fox.yml:2 [removed rules/b.yml:4: its file is gone]
        MRL5002 error actors/fox.yml:2: T1003.001 LSASS Memory is no longer deployable on Windows for Fox: 'rule 2' removed (its file is gone); to restore it, put 'rule 2' back into rules/b.yml
        MRL5001 error merlon.yml:1: Fox: deployable 3/5 (60.0%) is below the target of 80%; 1 more technique is needed
        """, Lines(Compare([("rules/b.yml", null)])));

    [Fact]
    public void A_loss_is_a_warning_where_the_target_still_holds() => Assert.Equal("""
        lost T1003.001 Fox Windows deployable->none warning actors/fox.yml:2 [removed rules/b.yml:4: its file is gone]
        MRL5002 warning actors/fox.yml:2: T1003.001 LSASS Memory is no longer deployable on Windows for Fox: 'rule 2' removed (its file is gone); to restore it, put 'rule 2' back into rules/b.yml
        """, Lines(Compare([("merlon.yml", "gate: { targets: { default: 60 } }\n"), ("rules/b.yml", null)], [("merlon.yml", "gate: { targets: { default: 60 } }\n")])));

    [Theory]
    [InlineData("tags: [attack.t1003.001]", "tags: [attack.t1003.002]", "retagged rules/b.yml:1: no longer tagged T1003.001")]
    [InlineData("status: test", "status: experimental", "demoted rules/b.yml:4: status test -> experimental")]
    [InlineData("status: test", "status: deprecated", "demoted rules/b.yml:4: status test -> deprecated")]
    [InlineData("level: high", "level: informational", "demoted rules/b.yml:4: level high -> informational")]
    [InlineData("tags: [attack.t1003.001]", "tags: [attack.t1003.001, detection.threat-hunting]", "demoted rules/b.yml:4: tag detection.threat-hunting is in coverage.notTags")]
    [InlineData("condition: s", "condition: other", "invalid rules/b.yml:4: the rule is not valid")]
    [InlineData("product: windows", "product: linux", "log source changed rules/b.yml:4: watches Linux, and T1003.001 exists on Windows")]
    public void A_loss_says_what_the_change_did_to_the_rule(string from, string to, string change)
    {
        var verdict = Compare([("rules/b.yml", Rule("2", "t1003.001").Replace(from, to, StringComparison.Ordinal))]);
        var loss = Assert.Single(verdict.Lost);
        Assert.Equal(change, Text(loss.Changes.Single()));
        Assert.Equal("T1003.001", loss.Technique.Id.ToString());
        Assert.NotEqual("", loss.Restore);
        Assert.Equal(loss.Cause == ChangeCause.Retagged ? 1 : 4, loss.Span.Line);
    }

    [Fact]
    public void A_file_that_breaks_is_named_at_its_defect()
    {
        var loss = Assert.Single(Compare([("rules/b.yml", Rule("2", "t1003.001") + "tags: [\n")]).Lost);
        Assert.Equal((ChangeCause.Unreadable, "rules/b.yml"), (loss.Cause, loss.Span.Path));
    }

    [Fact]
    public void A_moved_rule_is_the_same_rule() =>
        Assert.Equal("", Lines(Compare([("rules/b.yml", null), ("rules/deep/moved.yml", Rule("2", "t1003.001"))])));

    [Fact]
    public void A_file_that_is_split_loses_nothing() => Assert.Equal("", Lines(Compare(
        [("rules/c.yml", Rule("3", "t1047")), ("rules/d.yml", Rule("4", "t1105"))],
        [("rules/c.yml", Rule("3", "t1047") + "---\n" + Rule("4", "t1105")), ("rules/d.yml", null)])));

    [Fact]
    public void A_rule_that_replaces_another_is_its_successor()
    {
        var loss = Assert.Single(Compare([("rules/b.yml", Rule("9", "t1003.002") + $"related: [{{ id: {Id("2")}, type: obsolete }}]\n")]).Lost);
        Assert.Equal("replaced rules/b.yml:4: replaced by 'rule 9', which does not prove T1003.001", Text(loss.Changes.Single()));
    }

    [Fact]
    public void A_pattern_that_no_longer_matches_loses_too()
    {
        var loss = Assert.Single(Compare([("merlon.yml", "rules: [rules/a.yml, rules/c.yml, rules/d.yml]\ngate: { targets: { default: 80 } }\n")]).Lost);
        Assert.Equal("unlisted rules/b.yml:4: 'rules' no longer matches rules/b.yml", Text(loss.Changes.Single()));
    }

    [Fact]
    public void Telemetry_that_leaves_loses_what_reads_it()
    {
        var verdict = Compare([("logs.yml", "collected: [{ product: linux }]\n")], [("merlon.yml", "coverage: { logSources: logs.yml }\n"), ("logs.yml", "collected: [{ product: windows }]\n")]);
        Assert.Equal(4, verdict.Lost.Length);
        Assert.All(verdict.Lost, loss => Assert.Equal(ChangeCause.TelemetryGone, loss.Cause));
    }

    [Fact]
    public void A_first_inventory_is_another_way_to_measure_and_no_loss()
    {
        var verdict = Compare([("merlon.yml", "coverage: { logSources: logs.yml }\n"), ("logs.yml", "collected: [{ product: linux }]\n")]);
        Assert.Empty(verdict.Lost);
        Assert.Equal("Configuration Fox: 80.0% -> 0.0% by coverage.logSources is new: 4 techniques no longer covered", Others(verdict));
    }

    [Fact]
    public void A_larger_profile_is_no_loss_and_its_cost_is_told()
    {
        var verdict = Compare([("actors/fox.yml", Profile.Replace("T1055]", "T1055, T1014, T1021.001]", StringComparison.Ordinal))]);
        Assert.Empty(verdict.Lost);
        Assert.Equal("Profile Fox: 80.0% -> 57.1% by profiles: 2 techniques new", Others(verdict));
        Assert.Equal("Fox: deployable 4/7 (57.1%) is below the target of 80%; 2 more techniques are needed (80.0% -> 57.1% by profiles (4/5 -> 4/7))", verdict.Diagnostics.Single().Message);
    }

    [Fact]
    public void Two_causes_at_once_are_told_apart()
    {
        var verdict = Compare([("actors/fox.yml", Profile.Replace("T1055]", "T1055, T1014]", StringComparison.Ordinal)), ("rules/b.yml", null)]);
        Assert.Equal("T1003.001", Assert.Single(verdict.Lost).Technique.Id.ToString());
        Assert.Equal("Profile Fox: 80.0% -> 66.6% by profiles: 1 technique new", Others(verdict));
        Assert.Equal("80.0% -> 66.6% by profiles (4/5 -> 4/6), 66.6% -> 50.0% by rules (4/6 -> 3/6)", Assert.Single(verdict.Floors).Why);
    }

    [Fact]
    public void A_new_release_is_no_loss()
    {
        var verdict = Compare([("merlon.yml", "attack: { release: '19.1' }\n"), ("actors/fox.yml", "name: Fox\nfrom: [G0046]\n")], [("merlon.yml", "attack: { release: '16.1' }\n"), ("actors/fox.yml", "name: Fox\nfrom: [G0046]\n")]);
        Assert.Empty(verdict.Lost);
        Assert.StartsWith("Release Fox: ", Others(verdict), StringComparison.Ordinal);
        Assert.Contains(" by ATT&CK 16.1 -> 19.1: ", Others(verdict), StringComparison.Ordinal);
    }

    [Fact]
    public void A_narrower_definition_is_no_loss()
    {
        var verdict = Compare([("merlon.yml", "coverage: { status: [stable] }\n")], [("merlon.yml", "")]);
        Assert.Empty(verdict.Lost);
        Assert.Equal("Definition Fox: 80.0% -> 0.0% by definition: 4 techniques no longer covered", Others(verdict));
    }

    [Fact]
    public void A_day_that_passes_is_no_loss_and_the_floor_says_so()
    {
        var verdict = Compare([("actors/fox.yml", Profile + "exclude: [{ id: T1055, kind: not-applicable, reason: r, until: 2026-11-23 }]\n")],
            [("merlon.yml", "gate: { targets: { default: 90 } }\n"), ("actors/fox.yml", Profile + "exclude: [{ id: T1055, kind: not-applicable, reason: r, until: 2026-11-23 }]\n")]);
        Assert.Empty(verdict.Lost);
        Assert.Equal("Expired Fox T1055: exclusion of T1055 held until 2026-11-23; Fox 100.0% -> 80.0% (4/4 -> 4/5) with all that expired", Others(verdict));
        Assert.Equal("100.0% -> 80.0% by exclusions that expired (4/4 -> 4/5)", Assert.Single(verdict.Floors).Why);
    }

    [Fact]
    public void The_last_rule_of_a_platform_is_lost_while_another_platform_stays()
    {
        var verdict = Compare([("rules/a.yml", null)], [("actors/fox.yml", "name: Fox\ntechniques: [T1136.001]\n"), ("rules/a.yml", Rule("1", "t1136.001")), ("rules/b.yml", Rule("2", "t1136.001", "linux")), ("rules/c.yml", null), ("rules/d.yml", null)]);
        var loss = Assert.Single(verdict.Lost);
        Assert.Equal("Windows True", $"{string.Join(',', loss.Platforms)} {loss.IsStillCovered}");
        Assert.Equal("1/1", verdict.Actors[0].Head!.Covered.ToString());
    }

    [Fact]
    public void Both_rules_of_a_technique_in_one_change_are_both_named()
    {
        var loss = Assert.Single(Compare([("rules/b.yml", null), ("rules/e.yml", Rule("5", "t1003.001").Replace("status: test", "status: experimental", StringComparison.Ordinal))], [("rules/e.yml", Rule("5", "t1003.001"))]).Lost);
        Assert.Equal("removed rules/b.yml:4: its file is gone|demoted rules/e.yml:4: status test -> experimental", string.Join('|', loss.Changes.Select(Text)));
        Assert.Equal("put 'rule 2' back into rules/b.yml; or set the status of 'rule 5' to test again", loss.Restore);
    }

    [Fact]
    public void A_removal_that_leaves_one_rule_is_a_warning()
    {
        var verdict = Compare([("rules/b.yml", null)], [("rules/e.yml", Rule("5", "t1003.001"))]);
        Assert.Empty(verdict.Lost);
        Assert.Equal("MRL5004 warning rules/e.yml:4: 'rule 5' is now the only rule for T1003.001 LSASS Memory on Windows: 'rule 2' removed (its file is gone)", Findings(verdict));
    }

    [Fact]
    public void Gains_say_how_they_came()
    {
        var verdict = Compare(
            [("rules/e.yml", Rule("5", "t1055")), ("rules/a.yml", Rule("1", "t1059.001, attack.t1014")), ("rules/f.yml", Rule("6", "t1021.001"))],
            [("actors/fox.yml", "name: Fox\ntechniques: [T1059.001, T1055, T1014, T1021.001]\n"), ("rules/f.yml", Rule("6", "t1021.001").Replace("status: test", "status: experimental", StringComparison.Ordinal))]);
        Assert.Equal("T1014 retagged True|T1021.001 promoted False|T1055 new rule False", string.Join('|', verdict.Gained.Select(gain => $"{gain.Technique.Id} {gain.Changes.Single().Cause.Name} {gain.IsByTagOnly}")));
    }

    [Fact]
    public void An_accepted_gap_is_lost_in_silence()
    {
        var profile = Profile + "exclude: [{ id: T1003.001, kind: accepted, reason: r }]\n";
        var verdict = Compare([("rules/b.yml", null)], [("actors/fox.yml", profile)]);
        var loss = Assert.Single(verdict.Lost);
        Assert.Equal((true, Severity.Info), (loss.IsAccepted, loss.Severity));
    }

    [Theory]
    [InlineData("any", "error")]
    [InlineData("off", "info")]
    [InlineData("below-target", "warning")]
    public void Policy_decides_how_much_a_loss_matters(string regression, string severity)
    {
        (string, string?)[] config = [("merlon.yml", $"gate: {{ regression: {regression}, targets: {{ default: 50 }} }}\n")];
        Assert.Equal(severity, Assert.Single(Compare([("rules/b.yml", null)], config).Lost).Severity.Name);
    }

    [Fact]
    public void A_floor_of_a_platform_or_tactic_makes_its_losses_errors()
    {
        (string, string?)[] config = [("merlon.yml", "gate: { targets: { tactics: { credential-access: 100 } } }\n")];
        Assert.Equal("T1003.001 error|T1047 warning", string.Join('|', Compare([("rules/b.yml", null), ("rules/c.yml", null)], config).Lost.Select(loss => $"{loss.Technique.Id} {loss.Severity.Name}")));
    }

    [Fact]
    public void No_worse_forgives_what_was_below_and_lost_nothing()
    {
        (string, string?)[] config = [("merlon.yml", "gate: { belowTarget: no-worse, targets: { default: 90 } }\n")];
        Assert.True(Compare([], config).Passed);
        Assert.False(Compare([("rules/b.yml", null)], config).Passed);
        Assert.False(Compare([("actors/fox.yml", Profile.Replace("T1055]", "T1055, T1014]", StringComparison.Ordinal))], [("merlon.yml", "gate: { belowTarget: no-worse, targets: { default: 80 } }\n")]).Passed);
    }

    private static Verdict Compare((string Path, string? Text)[] change, (string Path, string? Text)[]? start = null) => Compare(change, start, out _, out _);

    private static Verdict Compare((string Path, string? Text)[] change, (string Path, string? Text)[]? start, out Comparison comparison, out Snapshot head)
    {
        using TemporaryRepository from = new(), to = new();
        foreach (var (path, text) in Standard)
        {
            from.Write(path, text);
            to.Write(path, text);
        }
        foreach (var (path, text) in start ?? [])
        {
            Put(from, path, text);
            Put(to, path, text);
        }
        foreach (var (path, text) in change)
            Put(to, path, text);
        ParsedFiles parsed = new(isSha256: false);
        var request = to.Request();
        var read = Snapshot.Load(request, ProgramFiles.Find(request), out var errors, parsed);
        Assert.True(read is not null, LintRuleTests.Lines(errors));
        head = read;
        comparison = Comparison.Of(from.Request(), head, new("working tree", null, BaseKind.None), new WorkingTree(from.Root), new("base", new('1', 40), BaseKind.Given), parsed);
        return comparison.Verdict;
    }

    private static void Put(TemporaryRepository repository, string path, string? text)
    {
        if (text is null)
            File.Delete(repository.PathOf(path));
        else
            repository.Write(path, text);
    }

    private static string Id(string digit) => $"00000000-0000-4000-8000-{digit.PadLeft(12, '0')}";

    private static string Rule(string digit, string tag, string product = "windows") =>
        $"title: rule {digit}\nid: {Id(digit)}\nstatus: test\ntags: [attack.{tag}]\nlevel: high\nlogsource: {{ product: {product} }}\ndetection: {{ s: {{ f: x{digit} }}, condition: s }}\n";

    private static string Lines(Verdict verdict) => string.Join('\n', verdict.Lost.Select(Text).Concat(verdict.Diagnostics.Select(Text)));

    private static string Text(Loss loss) =>
        $"lost {loss.Technique.Id} {loss.Actor} {string.Join(',', loss.Platforms)} {loss.From.Name}->{loss.To.Name} {loss.Severity.Name} {loss.Span.Path}:{loss.Span.Line} [{string.Join("|", loss.Changes.Select(Text))}]";

    private static string Text(RuleChange change) => $"{change.Cause.Name} {change.Span.Path}:{change.Span.Line}: {change.Detail}";

    private static string Text(Diagnostic diagnostic) => $"{diagnostic.Info.Id} {diagnostic.Severity.Name} {diagnostic.Span.Path}:{diagnostic.Span.Line}: {diagnostic.Message}";

    private static string Findings(Verdict verdict) => string.Join('\n', verdict.Diagnostics.Select(Text));

    private static string Others(Verdict verdict) =>
        string.Join('\n', verdict.Others.Select(other => $"{other.Kind}{(other.Actor is null ? "" : $" {other.Actor}")}{(other.Technique is null ? "" : $" {other.Technique}")}: {other.Detail}"));
}
