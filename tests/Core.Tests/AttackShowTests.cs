using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What <c>merlon attack show</c> says.</summary>
public class AttackShowTests
{
    private static readonly AttackRelease Release = AttackFactsTests.Release("enterprise-attack", "19.1");

    [Theory]
    [InlineData("T1059.001", "T1059.001 PowerShell (sub-technique, enterprise-attack 19.1)", "  parent: T1059 Command and Scripting Interpreter\n")]
    [InlineData("t1558", "T1558 Steal or Forge Kerberos Tickets (technique, enterprise-attack 19.1)", "  sub-techniques: T1558.001 Golden Ticket, T1558.002 Silver Ticket, ")]
    [InlineData("T1562.001", "T1562.001 Disable or Modify Tools (sub-technique, enterprise-attack 19.1)", "  status: revoked by T1685\n")]
    [InlineData("TA0112", "TA0112 Defense Impairment (tactic, enterprise-attack 19.1)", "  short name: defense-impairment\n")]
    [InlineData("stealth", "TA0005 Stealth (tactic, enterprise-attack 19.1)", "  techniques: T1006, ")]
    [InlineData("Carbon Spider", "G0046 FIN7 (group, enterprise-attack 19.1)", "  software: S0002, ")]
    [InlineData("S0154", "S0154 Cobalt Strike (malware, enterprise-attack 19.1)", "  status: live\n")]
    [InlineData("C0022", "C0022 Operation Dream Job (campaign, enterprise-attack 19.1)", "  groups: G0032\n")]
    [InlineData("DET0455", "DET0455 Abuse of PowerShell for Arbitrary Execution (detection strategy, enterprise-attack 19.1)", "  techniques: T1059.001\n")]
    [InlineData("dc0032", "DC0032 Process Creation (data component, enterprise-attack 19.1)", "WinEventLog:Sysmon (EventCode=1)")]
    public void An_object_is_found_by_id_or_name_and_described(string text, string head, string fact)
    {
        var shown = AttackText.Show(AttackEntry.Find(Release, text).First());
        Assert.StartsWith(head + "\n", shown, StringComparison.Ordinal);
        Assert.Contains(fact, shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T9999")]
    [InlineData("G9999")]
    [InlineData("nobody")]
    public void What_the_release_does_not_know_is_not_found(string text) => Assert.Empty(AttackEntry.Find(Release, text));

    [Theory] // direct, with software, with campaigns, with both
    [InlineData("G0046", 67, 185, 67, 185)]
    [InlineData("G0032", 93, 146, 119, 167)]
    [InlineData("G0016", 66, 230, 119, 250)]
    public void A_group_as_JSON_has_the_ids_by_where_they_come_from(string id, params int[] counts)
    {
        using var json = JsonDocument.Parse(AttackJson.Show([.. AttackEntry.Find(Release, id)]));
        string[] Ids(string from) => [.. json.RootElement.GetProperty("techniques").GetProperty(from).EnumerateArray().Select(one => one.GetString()!)]; // ids
        var (direct, software, campaigns) = (Ids("direct"), Ids("software"), Ids("campaigns"));
        int[] found = [direct.Length, direct.Union(software).Count(), direct.Union(campaigns).Count(), direct.Union(software).Union(campaigns).Count()];
        Assert.Equal(counts, found);
        Assert.All([direct, software, campaigns], ids => Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), ids));
    }

    [Theory]
    [InlineData("technique", "T1685.006")]
    [InlineData("tactic", "lateral movement")]
    [InlineData("group", "g0053")]
    [InlineData("software", "S0037")]
    [InlineData("campaign", "C0001")]
    [InlineData("strategy", "DET0455")]
    [InlineData("analytic", "AN1252")]
    [InlineData("component", "DC0024")]
    [InlineData("two", "Carbanak")]
    [InlineData("domains", "G0082")]
    public void What_is_shown_is_its_golden_file(string name, string text)
    {
        var entries = AttackEntry.Find(NamedReleases.Find("19.1", null, "", out _), text);
        Golden.Match($"{string.Concat(entries.Select(AttackText.Show))}{AttackJson.Show(entries)}", $"tests/fixtures/attack/show-{name}.txt");
    }

    [Fact]
    public void The_list_of_releases_as_JSON_is_its_golden_file() =>
        Golden.Match(AttackJson.List(AttackReleases.Embedded), "tests/fixtures/attack/list.json");

    [Theory]
    [InlineData("G0034", "ics-attack mobile-attack")]
    [InlineData("T1059", "")]
    [InlineData("collection", "")] // a tactic of this short name is another one in each
    public void Other_domains_that_know_it_are_named(string text, string domains) =>
        Assert.Equal(domains, string.Join(' ', Assert.Single(AttackEntry.Find(NamedReleases.Find("19.1", null, "", out _), text)).AlsoIn.Select(domain => domain.Name)));
}
