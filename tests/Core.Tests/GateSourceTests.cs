using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What a branch did to an inventory and to rules of another product, and what the gate says of it.</summary>
public sealed class GateSourceTests : GateScene
{
    private const string Siem = "siem.json";

    public GateSourceTests()
    {
        // One that is Rule 2 in another place, and one that only the SIEM has: the fifth technique.
        Work.Write("merlon.yml", "gate: { targets: { default: 80 } }\nrules:\n  - rules/**/*.yml\n  - { path: siem.json, format: inventory, source: siem, deploys: sigma }\n");
        Work.Write(Siem, Inventory("""{"name":"Rule 2","enabled":"deployed","attack":["T1003.001"],"query":"aa"}""", """{"name":"Hollow","id":"app/Hollow","enabled":"deployed","attack":["T1055"],"query":"bb"}"""));
        Start();
    }

    [Fact]
    public void Nothing_changed_passes() => Commits("passed, base main by merge-base");

    [Fact]
    public void A_search_that_is_gone_loses()
    {
        Work.Write(Siem, Inventory("""{"name":"Rule 2","enabled":"deployed","attack":["T1003.001"]}"""));
        Commits("""
            passed, base main by merge-base
            lost T1055 Fox on Linux, Windows, macOS warning: removed siem.json:3
            MRL5002 warning actors/fox.yml:2
            """);
    }

    [Fact]
    public void A_search_that_is_turned_off_loses()
    {
        Work.Replace(Siem, "\"app/Hollow\",\"enabled\":\"deployed\"", "\"app/Hollow\",\"enabled\":\"disabled\"");
        Commits("""
            passed, base main by merge-base
            lost T1055 Fox on Linux, Windows, macOS warning: disabled siem.json:3
            MRL5002 warning siem.json:3
            """);
    }

    [Fact]
    public void A_search_that_is_moved_and_renamed_by_its_label_loses_nothing()
    {
        Work.Write(Siem, Inventory("""{"name":"Hollow process","id":"app/Hollow","enabled":"deployed","attack":["T1055"]}""", """{"name":"Rule 2","enabled":"deployed"}"""));
        Commits("passed, base main by merge-base");
    }

    [Fact]
    public void A_sigma_rule_that_the_siem_no_longer_runs_is_lowered()
    {
        Work.Replace(Siem, "\"Rule 2\",\"enabled\":\"deployed\"", "\"Rule 2\",\"enabled\":\"disabled\"");
        Commits("""
            passed, base main by merge-base
            lowered T1003.001 Fox on Windows warning: disabled siem.json:2
            MRL5002 warning siem.json:2
            """);
    }

    [Fact]
    public void With_deployed_as_the_level_that_is_a_loss_and_the_reverse_a_gain()
    {
        Work.Write("merlon.yml", Work.Read("merlon.yml").Replace("default: 80 }", "default: 40 }, level: deployed", StringComparison.Ordinal));
        Start();
        Work.Write(Siem, Inventory("""{"name":"Rule 1","enabled":"deployed"}""", """{"name":"Rule 2","enabled":"available"}""", """{"name":"Hollow","id":"app/Hollow","enabled":"deployed","attack":["T1055"],"query":"bb"}"""));
        Commits("""
            passed, base main by merge-base
            lost T1003.001 Fox on Windows warning: disabled siem.json:3
            gained T1059.001 Fox: deployed rules/a.yml:5
            MRL5002 warning siem.json:3
            """);
    }

    [Fact]
    public void A_search_that_is_mapped_again_gains_by_tag_only()
    {
        Work.Replace(Siem, "[\"T1055\"]", "[]");
        Start();
        Work.Replace(Siem, "\"attack\":[]", "\"attack\":[\"T1055\"]");
        Commits("""
            passed, base main by merge-base
            gained T1055 Fox by tag only: retagged siem.json:3
            """);
    }

    [Fact]
    public void Names_that_leave_a_search_out_are_policy()
    {
        Work.Replace("merlon.yml", "deploys: sigma", "deploys: sigma, names: ^Rule");
        Commits("""
            passed, base main by merge-base
            lost T1055 Fox on Linux, Windows, macOS warning: removed siem.json:3
            policy changed merlon.yml:4 rules[siem.json].names:  -> ^Rule
            MRL5002 warning actors/fox.yml:2
            """);
    }

    [Fact]
    public void An_entry_that_is_gone_takes_its_rules_along()
    {
        Work.Replace("merlon.yml", "  - { path: siem.json, format: inventory, source: siem, deploys: sigma }\n", "");
        Commits("""
            passed, base main by merge-base
            lost T1055 Fox on Linux, Windows, macOS warning: unlisted siem.json:3
            lowered T1003.001 Fox on Windows warning: disabled rules/b.yml:5
            policy changed merlon.yml:4 rules[siem.json]: inventory -> 
            policy changed merlon.yml:4 rules[siem.json].deploys: sigma -> 
            MRL5002 warning actors/fox.yml:2
            MRL5002 warning rules/b.yml:5
            """);
    }

    [Fact]
    public void A_broken_inventory_fails_by_name()
    {
        Work.Write(Siem, Work.Read(Siem).Replace("\n]}", "\n", StringComparison.Ordinal));
        Commits("""
            failed, base main by merge-base
            MRL5003 error siem.json:5
            """);
    }

    private static string Inventory(params string[] rules) => $"{{\"schemaVersion\":1,\"rules\":[\n{string.Join(",\n", rules)}\n]}}\n";
}
