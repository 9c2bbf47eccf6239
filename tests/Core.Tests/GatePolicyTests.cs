using Merlon.Core.Programs;
using Xunit;
using static Merlon.Core.Tests.History;

namespace Merlon.Core.Tests;

/// <summary>What a branch does to its own judge.</summary>
public sealed class GatePolicyTests : GateScene
{
    [Fact]
    public void A_target_that_is_lowered_beside_a_loss_fails_at_its_line_until_somebody_accepts_it()
    {
        Work.Write("merlon.yml", "gate:\n  targets:\n    default: 60\n");
        Work.Delete("rules/b.yml");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows warning: removed rules/b.yml:5
            policy weaker merlon.yml:3 gate.targets.default: 80 -> 60
            MRL5002 warning actors/fox.yml:2
            MRL5006 error merlon.yml:3
            """);
        AssertSays("""
            passed, base main by merge-base
            lost T1003.001 Fox on Windows warning: removed rules/b.yml:5
            policy weaker merlon.yml:3 gate.targets.default: 80 -> 60
            MRL5002 warning actors/fox.yml:2
            MRL5006 info merlon.yml:3
            """, Gate(acceptsPolicy: true));
    }

    [Fact]
    public void A_target_that_is_lowered_where_nothing_needs_it_is_told_and_passes()
    {
        Work.Replace("merlon.yml", "80", "60");
        Commits("""
            passed, base main by merge-base
            policy weaker merlon.yml:1 gate.targets.default: 80 -> 60
            """);
    }

    [Theory]
    [InlineData("policy: head", "gate.policy", "head")]
    [InlineData("belowTarget: warn", "gate.belowTarget", "warn")]
    [InlineData("level: claimed", "gate.level", "claimed")]
    public void A_change_is_judged_by_the_policy_that_it_found(string weaker, string key, string value)
    {
        Work.Replace("merlon.yml", "gate: {", $"gate: {{ {weaker},");
        Work.Replace("merlon.yml", "80", "60");
        Work.Replace("rules/b.yml", "status: test", "status: experimental");
        Work.Commit("change");
        var said = Said.In(Gate());
        Assert.StartsWith("failed", said, StringComparison.Ordinal);
        Assert.Contains("lost T1003.001 Fox on Windows", said, StringComparison.Ordinal);
        Assert.Contains($"policy weaker merlon.yml:1 {key}:  -> {value}\n", said, StringComparison.Ordinal);
        Assert.Contains("MRL5006 error merlon.yml:1", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("change")]
    [InlineData("HEAD")]
    [InlineData("HEAD~1")]
    [InlineData("baseline")]
    public void A_change_does_not_say_what_it_is_compared_with(string chosen)
    {
        Work.Replace("merlon.yml", "gate: {", $"gate: {{ base: {chosen},");
        Work.Commit("choose the base");
        Work.Delete("rules/b.yml");
        Work.Commit("lose");
        Work.Replace("rules/c.yml", "Rule 3", "Rule three");
        Commits($"""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: removed rules/b.yml:5
            floor Fox 3/5 of 80 error
            policy changed merlon.yml:1 gate.base:  -> {chosen}
            MRL5002 error actors/fox.yml:2
            MRL5001 error merlon.yml:1
            """);
    }

    [Fact]
    public void An_exclusion_that_makes_the_floor_pass_is_named()
    {
        Work.Replace("merlon.yml", "80", "75");
        Start();
        Work.Delete("rules/b.yml");
        Work.Write("actors/fox.yml", Fox + "exclude:\n  - { id: T1003.001, kind: not-applicable, reason: none of ours }\n");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: removed rules/b.yml:5
            policy weaker actors/fox.yml:4 Fox: exclude[T1003.001]:  -> not-applicable
            other profile Fox: 80.0% -> 75.0% by profiles: 1 technique gone
            MRL5006 error actors/fox.yml:4
            MRL5007 info merlon.yml:1
            """);
    }

    [Fact]
    public void A_rule_is_retired_with_an_accepted_gap()
    {
        Work.Replace("merlon.yml", "80", "60");
        Start();
        Work.Delete("rules/b.yml");
        Work.Write("actors/fox.yml", Fox + "exclude:\n  - { id: T1003.001, kind: accepted, reason: the sensor is gone }\n");
        Commits("""
            passed, base main by merge-base
            lost T1003.001 Fox on Windows info accepted: removed rules/b.yml:5
            policy weaker actors/fox.yml:4 Fox: exclude[T1003.001]:  -> accepted
            MRL5002 info actors/fox.yml:2
            """);
    }

    [Fact]
    public void A_technique_that_leaves_the_profile_with_its_rule_is_lost_under_the_profile_that_was()
    {
        Work.Replace("merlon.yml", "80", "75");
        Start();
        Work.Delete("rules/b.yml");
        Work.Replace("actors/fox.yml", "T1003.001, ", "");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: removed rules/b.yml:5
            policy weaker actors/fox.yml:2 Fox: techniques[T1003.001]: listed -> 
            other profile Fox: 80.0% -> 75.0% by profiles: 1 technique gone
            MRL5006 error actors/fox.yml:2
            MRL5007 info merlon.yml:1
            """);
    }

    [Fact]
    public void An_actor_that_leaves_takes_its_floor_along_and_is_named()
    {
        Work.Write("actors/owl.yml", "name: Owl\ntechniques: [T1047]\n");
        Start();
        Work.Delete("rules/b.yml");
        Work.Delete("actors/fox.yml");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: removed rules/b.yml:5
            policy weaker actors/fox.yml:1 Fox: Fox -> 
            other actor Fox: actor is gone: 4/5 (80.0%)
            MRL5006 error actors/fox.yml:1
            MRL5007 info merlon.yml:1
            """);
    }

    [Fact]
    public void A_finding_about_a_weaker_policy_is_not_turned_off_by_who_weakens_it()
    {
        Work.Write("merlon.yml", "lint: { MRL5006: off }\ngate: { targets: { default: 60 } }\n");
        Work.Delete("rules/b.yml");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows warning: removed rules/b.yml:5
            policy weaker merlon.yml:1 lint.MRL5006:  -> off
            policy weaker merlon.yml:2 gate.targets.default: 80 -> 60
            MRL5002 warning actors/fox.yml:2
            MRL5006 error merlon.yml:1
            """);
    }

    [Theory]
    [InlineData("lint: { MRL5002: warning }", "regression: any")]
    [InlineData("lint: { MRL50xx: off }", "regression: any")]
    [InlineData("lint: { MRL5001: off, MRL5002: off }", "targets: { default: 80 }")]
    public void A_severity_that_is_lowered_to_hide_a_loss_is_named(string lint, string gate)
    {
        Work.Write("merlon.yml", $"gate: {{ {gate} }}\n");
        Start();
        Work.Write("merlon.yml", $"{lint}\ngate: {{ {gate} }}\n");
        Work.Delete("rules/b.yml");
        Work.Commit("change");
        var said = Said.In(Gate());
        Assert.StartsWith("failed", said, StringComparison.Ordinal);
        Assert.Contains("\nMRL5006 error merlon.yml:1", said, StringComparison.Ordinal);
        Assert.Contains("lost T1003.001 Fox on Windows error", said, StringComparison.Ordinal);
        Assert.StartsWith("passed", Said.In(Gate(acceptsPolicy: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_comment_that_holds_back_an_error_of_a_tag_is_named()
    {
        Work.Replace("rules/d.yml", "    - attack.t1105", "    - attack.t1105\n    # merlon-disable-next-line MRL3001 -- a name of ours\n    - attack.t9999");
        Commits("""
            failed, base main by merge-base
            policy weaker rules/d.yml:6 suppression of MRL3001:  -> merlon-disable-next-line MRL3001
            MRL5006 error rules/d.yml:6
            """);
    }

    [Fact]
    public void A_baseline_of_lint_that_grows_to_hide_an_error_of_a_tag_is_named()
    {
        Work.Write("merlon.yml", "lint: { baseline: lint.tsv }\ngate: { targets: { default: 80 } }\n");
        Work.Write("lint.tsv", WriteBaseline());
        Start();
        Work.Replace("rules/d.yml", "    - attack.t1105", "    - attack.t1105\n    - attack.t9999");
        Work.Write("lint.tsv", WriteBaseline());
        Work.Commit("change");
        var said = Said.In(Gate());
        Assert.StartsWith("failed", said, StringComparison.Ordinal);
        Assert.Contains("MRL5006 error lint.tsv:", said, StringComparison.Ordinal);
        Assert.StartsWith("passed", Said.In(Gate(acceptsPolicy: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_that_passes_costs_points_and_says_so()
    {
        Work.Replace("merlon.yml", "80", "90");
        Work.Write("actors/fox.yml", Fox + "exclude:\n  - { id: T1055, kind: not-applicable, reason: r, until: 2026-12-01 }\n");
        Start();
        Work.Replace("rules/c.yml", "Rule 3", "Rule three");
        Work.Commit("change");
        AssertSays("""
            passed, base main by merge-base
            MRL4009 info actors/fox.yml:4
            MRL5007 info merlon.yml:1
            """, Gate());
        AssertSays("""
            failed, base main by merge-base
            floor Fox 4/5 of 90 error: 100.0% -> 80.0% by exclusions that expired (4/4 -> 4/5)
            other expired Fox T1055: exclusion of T1055 held until 2026-12-01; Fox 100.0% -> 80.0% (4/4 -> 4/5) with all that expired
            MRL4008 warning actors/fox.yml:4
            MRL5001 error merlon.yml:1
            """, Gate(day: "2026-12-02"));
    }

    [Fact]
    public void An_exclusion_that_ended_is_an_error_where_its_file_changes_and_a_warning_elsewhere()
    {
        Work.Write("actors/fox.yml", Fox + "exclude:\n  - { id: T1055, kind: not-applicable, reason: r, until: 2026-11-01 }\n");
        Start();
        Work.Replace("rules/c.yml", "Rule 3", "Rule three");
        Commits("""
            passed, base main by merge-base
            other expired Fox T1055: exclusion of T1055 held until 2026-11-01; Fox 100.0% -> 80.0% (4/4 -> 4/5) with all that expired
            MRL4008 warning actors/fox.yml:4
            """);
        Work.Replace("actors/fox.yml", "name: Fox", "name: Fox\ndescription: A thief");
        Commits("""
            failed, base main by merge-base
            other expired Fox T1055: exclusion of T1055 held until 2026-11-01; Fox 100.0% -> 80.0% (4/4 -> 4/5) with all that expired
            MRL4008 error actors/fox.yml:5
            """);
    }

    [Fact]
    public void A_base_whose_configuration_is_broken_is_told_and_its_rules_are_compared_all_the_same()
    {
        Work.Write("merlon.yml", "gaet: 1\n");
        Start();
        Work.Write("merlon.yml", "gate: { targets: { default: 80 } }\n");
        Work.Delete("rules/b.yml");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: removed rules/b.yml:5
            floor Fox 3/5 of 80 error
            MRL5002 error actors/fox.yml:2
            MRL5005 warning merlon.yml:1
            MRL5001 error merlon.yml:1
            """);
    }

    [Fact]
    public void A_base_without_the_program_has_nothing_to_lose()
    {
        foreach (var path in new[] { "merlon.yml", "actors/fox.yml", "rules/a.yml", "rules/b.yml", "rules/c.yml", "rules/d.yml" })
            Work.Move(path, $"prod/{path}");
        Work.Write("readme", "Rules");
        Work.Git("rm", "-rq", "--cached", ".");
        Work.Git("add", "readme");
        Work.Git("commit", "--quiet", "-m", "nothing yet");
        Work.Git("branch", "--force", "main");
        Work.Commit("change");
        AssertSays("""
            passed, base main by merge-base
            gained T1003.001 Fox: new rule prod/rules/b.yml:5
            gained T1047 Fox: new rule prod/rules/c.yml:5
            gained T1059.001 Fox: new rule prod/rules/a.yml:5
            gained T1105 Fox: new rule prod/rules/d.yml:5
            policy stricter prod/actors/fox.yml:1 Fox:  -> Fox
            policy stricter prod/merlon.yml:1 gate.targets.default:  -> 80
            other actor Fox: new actor: 0/5 (0.0%)
            """, Gate(folder: Work.PathOf("prod")));
    }

    private string WriteBaseline() => Check.Run(new() { Directory = Work.Root, Date = TemporaryRepository.Day, WriteBaseline = true, Baseline = Work.PathOf("lint.tsv") }).Baseline!.Text; // asked for
}
