using Xunit;
using static Merlon.Core.Tests.History;

namespace Merlon.Core.Tests;

/// <summary>What a branch did to rules and to what they read, and what the gate says of it.</summary>
public sealed class GateLossTests : GateScene
{
    [Fact]
    public void Nothing_changed_passes() => Commits("passed, base main by merge-base");

    [Fact]
    public void A_rule_that_is_tagged_otherwise_loses_what_it_was_tagged_with()
    {
        Work.Replace("rules/b.yml", "t1003.001", "t1003.002");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: retagged rules/b.yml:1
            floor Fox 3/5 of 80 error
            MRL5001 error merlon.yml:1
            MRL5002 error rules/b.yml:1
            """);
    }

    [Fact]
    public void A_rule_that_is_demoted_loses()
    {
        Work.Replace("rules/b.yml", "status: test", "status: experimental");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: demoted rules/b.yml:5
            floor Fox 3/5 of 80 error
            MRL5001 error merlon.yml:1
            MRL5002 error rules/b.yml:5
            """);
    }

    [Fact]
    public void A_rule_that_is_deleted_loses()
    {
        Work.Delete("rules/b.yml");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: removed rules/b.yml:5
            floor Fox 3/5 of 80 error
            MRL5002 error actors/fox.yml:2
            MRL5001 error merlon.yml:1
            """);
    }

    [Fact]
    public void A_rule_that_moves_and_is_edited_loses_nothing()
    {
        Work.Move("rules/b.yml", "rules/windows/credentials.yml");
        Work.Replace("rules/windows/credentials.yml", "title: Rule 2", "title: Another title");
        Commits("passed, base main by merge-base");
    }

    [Fact]
    public void A_file_of_two_rules_that_is_split_loses_nothing()
    {
        Work.Write("rules/c.yml", Rule("3", "t1047") + "---\n" + Rule("4", "t1105"));
        Work.Delete("rules/d.yml");
        Start();
        Work.Write("rules/c.yml", Rule("3", "t1047"));
        Work.Write("rules/other/d.yml", Rule("4", "t1105"));
        Commits("passed, base main by merge-base");
    }

    [Fact]
    public void A_file_that_breaks_fails_by_name_and_loses_what_it_held()
    {
        Work.Replace("rules/b.yml", "level: high", "level: [");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: unreadable rules/b.yml:6
            floor Fox 3/5 of 80 error
            MRL5001 error merlon.yml:1
            MRL5002 error rules/b.yml:6
            MRL5003 error rules/b.yml:6
            """);
    }

    [Fact]
    public void A_file_that_breaks_fails_even_where_the_numbers_hold()
    {
        Work.Replace("merlon.yml", "80", "40");
        Start();
        Work.Replace("rules/b.yml", "level: high", "level: [");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows warning: unreadable rules/b.yml:6
            MRL5002 warning rules/b.yml:6
            MRL5003 error rules/b.yml:6
            """);
    }

    [Fact]
    public void A_filter_that_leaves_nothing_of_a_rule_loses_it()
    {
        Work.Write("rules/filter.yml", $$"""
            title: Known machines
            id: {{Id("9")}}
            logsource: { product: windows }
            filter:
                rules: [{{Id("2")}}]
                all: { CommandLine: '*' }
                condition: not all
            """);
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: filtered rules/b.yml:5
            floor Fox 3/5 of 80 error
            MRL5001 error merlon.yml:1
            MRL5002 error rules/b.yml:5
            """);
    }

    [Fact]
    public void Telemetry_that_is_no_longer_collected_loses_what_reads_it()
    {
        Work.Write("merlon.yml", "coverage: { logSources: logsources.yml }\ngate: { targets: { default: 80 } }\n");
        Work.Write("logsources.yml", "collected: [{ product: windows }, { product: linux }]\n");
        Work.Write("rules/b.yml", Rule("2", "t1136.001", "linux"));
        Work.Replace("actors/fox.yml", "T1003.001", "T1136.001");
        Start();
        Work.Write("logsources.yml", "collected: [{ product: windows }]\n");
        Commits("""
            failed, base main by merge-base
            lost T1136.001 Fox on Linux error: telemetry gone rules/b.yml:5
            floor Fox 3/5 of 80 error
            MRL5001 error merlon.yml:2
            MRL5002 error rules/b.yml:5
            """);
    }

    [Fact]
    public void Patterns_that_leave_a_rule_out_lose_it_and_are_policy()
    {
        Work.Write("merlon.yml", "rules: [rules/*.yml, '!rules/b.yml']\ngate: { targets: { default: 80 } }\n");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: unlisted rules/b.yml:5
            floor Fox 3/5 of 80 error
            policy changed merlon.yml:1 rules:  -> [rules/*.yml, !rules/b.yml]
            MRL5002 error actors/fox.yml:2
            MRL5001 error merlon.yml:2
            """);
    }

    [Fact]
    public void Both_rules_of_a_technique_in_one_change_are_one_loss()
    {
        Work.Write("rules/e.yml", Rule("5", "t1003.001"));
        Start();
        Work.Delete("rules/b.yml");
        Work.Replace("rules/e.yml", "status: test", "status: experimental");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: removed rules/b.yml:5; demoted rules/e.yml:5
            floor Fox 3/5 of 80 error
            MRL5002 error actors/fox.yml:2
            MRL5001 error merlon.yml:1
            """);
    }

    [Fact]
    public void One_of_two_rules_leaves_a_warning()
    {
        Work.Write("rules/e.yml", Rule("5", "t1003.001"));
        Start();
        Work.Delete("rules/b.yml");
        Commits("""
            passed, base main by merge-base
            last rule of T1003.001 on Windows: rules/e.yml
            MRL5004 warning rules/e.yml:5
            """);
    }

    [Fact]
    public void The_last_rule_of_Windows_is_lost_while_that_of_Linux_stays()
    {
        Work.Replace("actors/fox.yml", "T1003.001", "T1136.001");
        Work.Write("rules/b.yml", Rule("2", "t1136.001"));
        Work.Write("rules/e.yml", Rule("5", "t1136.001", "linux"));
        Start();
        Work.Delete("rules/b.yml");
        Commits("""
            passed, base main by merge-base
            lost T1136.001 Fox on Windows warning still covered: removed rules/b.yml:5
            MRL5002 warning actors/fox.yml:2
            """);
    }

    [Fact]
    public void A_floor_on_a_platform_makes_the_loss_of_its_last_rule_an_error()
    {
        Work.Replace("merlon.yml", "default: 80", "default: 80, platforms: { Windows: 80 }");
        Work.Replace("actors/fox.yml", "T1003.001", "T1136.001");
        Work.Write("rules/b.yml", Rule("2", "t1136.001"));
        Work.Write("rules/e.yml", Rule("5", "t1136.001", "linux"));
        Start();
        Work.Delete("rules/b.yml");
        Commits("""
            failed, base main by merge-base
            lost T1136.001 Fox on Windows error still covered: removed rules/b.yml:5
            floor union Windows 3/5 of 80 error
            MRL5002 error actors/fox.yml:2
            MRL5001 error merlon.yml:1
            """);
    }

    [Fact]
    public void A_new_release_costs_points_and_loses_nothing()
    {
        Work.Write("merlon.yml", "attack: { release: '16.1' }\ngate: { targets: { default: 5 } }\n");
        Work.Write("actors/fox.yml", "name: Fox\nfrom: [G0046]\n");
        Start();
        Work.Replace("merlon.yml", "16.1", "19.1");
        Commits("""
            passed, base main by merge-base
            other release Fox: 6.8% -> 5.3% by ATT&CK 16.1 -> 19.1: 13 techniques new, 1 technique gone
            """);
    }

    [Fact]
    public void A_new_release_with_a_rule_that_is_removed_loses_that_rule_only()
    {
        Work.Write("merlon.yml", "attack: { release: '16.1' }\ngate: { targets: { default: 5 } }\n");
        Work.Write("actors/fox.yml", "name: Fox\nfrom: [G0046]\n");
        Start();
        Work.Replace("merlon.yml", "16.1", "19.1");
        Work.Delete("rules/c.yml");
        Commits("""
            failed, base main by merge-base
            lost T1047 Fox on Windows error: removed rules/c.yml:5
            floor Fox 2/56 of 5 error: 6.8% -> 5.3% by ATT&CK 16.1 -> 19.1 (3/44 -> 3/56), 5.3% -> 3.5% by rules (3/56 -> 2/56)
            other release Fox: 6.8% -> 5.3% by ATT&CK 16.1 -> 19.1: 13 techniques new, 1 technique gone
            MRL5002 error actors/fox.yml:2
            MRL5001 error merlon.yml:2
            """);
    }

    [Fact]
    public void A_larger_profile_costs_points_and_loses_nothing()
    {
        Work.Replace("actors/fox.yml", "T1055]", "T1055, T1014, T1021.001]");
        Commits("""
            failed, base main by merge-base
            floor Fox 4/7 of 80 error: 80.0% -> 57.1% by profiles (4/5 -> 4/7)
            policy stricter actors/fox.yml:2 Fox: techniques[T1014]:  -> listed
            policy stricter actors/fox.yml:2 Fox: techniques[T1021.001]:  -> listed
            other profile Fox: 80.0% -> 57.1% by profiles: 2 techniques new
            MRL5001 error merlon.yml:1
            """);
    }

    [Fact]
    public void A_larger_profile_and_a_rule_that_is_tagged_otherwise_are_told_apart()
    {
        Work.Replace("actors/fox.yml", "T1055]", "T1055, T1014]");
        Work.Replace("rules/b.yml", "t1003.001", "t1003.002");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: retagged rules/b.yml:1
            floor Fox 3/6 of 80 error: 80.0% -> 66.6% by profiles (4/5 -> 4/6), 66.6% -> 50.0% by rules (4/6 -> 3/6)
            policy stricter actors/fox.yml:2 Fox: techniques[T1014]:  -> listed
            other profile Fox: 80.0% -> 66.6% by profiles: 1 technique new
            MRL5001 error merlon.yml:1
            MRL5002 error rules/b.yml:1
            """);
    }

    [Fact]
    public void What_is_gained_hides_no_loss()
    {
        Work.Delete("rules/b.yml");
        Work.Write("rules/e.yml", Rule("5", "t1055"));
        Commits("""
            passed, base main by merge-base
            lost T1003.001 Fox on Windows warning: removed rules/b.yml:5
            gained T1055 Fox: new rule rules/e.yml:5
            MRL5002 warning actors/fox.yml:2
            """);
    }

    [Fact]
    public void A_tag_that_is_added_to_a_rule_is_a_gain_by_tag_only()
    {
        Work.Replace("rules/d.yml", "- attack.t1105", "- attack.t1105\n    - attack.t1055");
        Commits("""
            passed, base main by merge-base
            gained T1055 Fox by tag only: retagged rules/d.yml:6
            """);
    }

    [Theory]
    [InlineData("regression: any", "failed", "error")]
    [InlineData("regression: off", "passed", "info")]
    [InlineData("belowTarget: warn", "passed", "warning")]
    public void The_policy_says_how_much_a_loss_matters(string policy, string outcome, string severity)
    {
        Work.Write("merlon.yml", $"gate: {{ {policy}, targets: {{ default: 40 }} }}\n");
        Start();
        Work.Delete("rules/b.yml");
        Commits($"""
            {outcome}, base main by merge-base
            lost T1003.001 Fox on Windows {severity}: removed rules/b.yml:5
            MRL5002 {severity} actors/fox.yml:2
            """);
    }

    [Fact]
    public void No_worse_forgives_a_floor_that_was_broken_before_and_no_loss()
    {
        Work.Write("merlon.yml", "gate: { belowTarget: no-worse, targets: { default: 90 } }\n");
        Start();
        Work.Replace("rules/b.yml", "Rule 2", "Rule two");
        Commits("""
            passed, base main by merge-base
            floor Fox 4/5 of 90 warning
            MRL5001 warning merlon.yml:1
            """);
        Work.Delete("rules/b.yml");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows error: removed rules/b.yml:5
            floor Fox 3/5 of 90 error
            MRL5002 error actors/fox.yml:2
            MRL5001 error merlon.yml:1
            """);
    }

    [Fact]
    public void A_technique_that_is_required_fails_without_a_floor()
    {
        Work.Write("merlon.yml", "");
        Work.Write("actors/fox.yml", "name: Fox\ntechniques:\n  - { id: T1003.001, required: true }\n  - T1047\n");
        Start();
        Work.Delete("rules/b.yml");
        Commits("""
            failed, base main by merge-base
            lost T1003.001 Fox on Windows warning: removed rules/b.yml:5
            MRL5001 error actors/fox.yml:3
            MRL5002 warning actors/fox.yml:3
            """);
    }
}
