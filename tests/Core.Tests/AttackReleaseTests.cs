using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Xunit;

namespace Merlon.Core.Tests;

public class AttackReleaseTests
{
    private static readonly AttackRelease Enterprise = AttackFactsTests.Release("enterprise-attack", "19.1");
    private static readonly AttackRelease Mobile = AttackFactsTests.Release("mobile-attack", "19.0");

    [Theory]
    [InlineData("T1073", "T1574.002", "T1574.001")]
    [InlineData("T1150", "T1547.011", "T1647")]
    [InlineData("T1562.001", "T1685", "T1685")]
    public void A_chain_of_revocations_ends_in_a_live_technique(string id, string direct, string final)
    {
        Assert.Equal(Id(direct), Enterprise.Find(Id(id))!.RevokedBy);
        Assert.True(Enterprise.FinalReplacement(Id(id)) is { IsLive: true } replacement && replacement.Id == Id(final));
    }

    [Fact]
    public void Every_revoked_enterprise_technique_has_a_live_replacement() =>
        Assert.All(Enterprise.Techniques.Where(technique => technique.IsRevoked), technique => Assert.True(Enterprise.FinalReplacement(technique.Id)?.IsLive));

    [Fact]
    public void A_replacement_may_be_deprecated_or_missing()
    {
        Assert.True(Mobile.Find(Id("T1454")) is { IsRevoked: true, RevokedBy: null });
        Assert.Null(Mobile.FinalReplacement(Id("T1454")));
        Assert.Equal(8, Mobile.Techniques.Count(technique => Mobile.FinalReplacement(technique.Id) is { IsDeprecated: true }));
    }

    [Fact]
    public void What_is_not_revoked_has_no_replacement()
    {
        Assert.Null(Enterprise.FinalReplacement(Id("T1059")));
        Assert.Null(Enterprise.FinalReplacement(Id("T9999")));
    }

    [Fact]
    public void Twelve_enterprise_techniques_are_deprecated() =>
        Assert.Equal("T1026 T1034 T1043 T1051 T1053.004 T1061 T1062 T1064 T1108 T1149 T1153 T1175",
            string.Join(' ', Enterprise.Techniques.Where(technique => technique.IsDeprecated).Select(technique => technique.Id)));

    [Fact]
    public void Revoked_groups_and_software_name_their_replacement()
    {
        Assert.Equal("G0042>G0040 G0057>G0049 G0058>G0059 G0074>G0035 G0086>G0094 G0118>G0016",
            string.Join(' ', Enterprise.Groups.Where(group => group.IsRevoked).Select(group => $"{group.Id}>{group.RevokedBy}")));
        Assert.Equal("S0209>S0012 S9000>S0508",
            string.Join(' ', Enterprise.Software.Where(one => one.IsRevoked).Select(one => $"{one.Id}>{one.RevokedBy}")));
        Assert.Equal(9, Enterprise.Groups.Count(group => group.IsDeprecated));
    }

    [Theory]
    [InlineData("Carbanak", "G0008 S0030")]
    [InlineData("g0008", "G0008")]
    [InlineData("FANCY BEAR", "G0007")]
    [InlineData("C0022", "C0022")]
    [InlineData("nobody", "")]
    public void Names_aliases_and_ids_find_in_any_case(string text, string ids) =>
        Assert.Equal(ids, string.Join(' ', Enterprise.FindByName(text).Select(one => one.Id)));

    [Fact]
    public void A_live_object_comes_before_a_revoked_one_of_the_same_name()
    {
        // G0058 Charming Kitten was revoked by G0059, whose alias it became.
        Assert.Equal(["G0059", "G0058"], Enterprise.FindByName("charming kitten").Select(one => one.Id));
    }

    [Fact]
    public void Four_live_groups_use_no_technique_directly() =>
        Assert.Equal(["G0017", "G0055", "G0088", "G1028"], Enterprise.Groups.Where(group => group.IsLive && group.Techniques.IsEmpty).Select(group => group.Id));

    [Fact]
    public void Tactics_come_in_matrix_order_and_19_split_defense_evasion()
    {
        Assert.Equal("reconnaissance resource-development initial-access execution persistence privilege-escalation stealth defense-impairment " +
            "credential-access discovery lateral-movement collection command-and-control exfiltration impact", string.Join(' ', Enterprise.Tactics.Select(tactic => tactic.ShortName)));
        Assert.Equal("stealth", Enterprise.FindTactic("ta0005")?.ShortName);
        Assert.Null(Enterprise.FindTactic("defense-evasion"));
        Assert.Equal("TA0005", AttackFactsTests.Release("enterprise-attack", "18.1").FindTactic("Defense-Evasion")?.Id);
        Assert.Equal("TA0030", Mobile.FindTactic("defense-evasion")?.Id);
        Assert.Equal(["execution", "persistence", "stealth"], Enterprise.Find(Id("T1197"))!.Tactics);
    }

    [Fact]
    public void A_strategy_leads_from_a_technique_to_log_sources()
    {
        var strategy = AttackFactsTests.Release("enterprise-attack", "18.1").FindStrategy(Id("T1059.001"));
        Assert.Equal("DET0455", strategy?.Id);
        var analytic = Assert.Single(strategy!.Analytics);
        Assert.Equal(("AN1252", "Windows"), (analytic.Id, Assert.Single(analytic.Platforms)));
        Assert.Contains(new("DC0032", new("WinEventLog:Sysmon", "EventCode=1")), analytic.LogSources);
    }

    [Fact]
    public void Mobile_19_1_is_its_19_0()
    {
        Assert.True(AttackReleases.TryGet(AttackDomain.Mobile, "19.1", out var release));
        Assert.Same(Mobile, release);
        Assert.Equal("19.0", release.Version);
    }

    [Fact]
    public void A_release_that_is_not_embedded_is_a_diagnostic_that_lists_those_that_are()
    {
        Assert.False(AttackReleases.TryGet(AttackDomain.Ics, "17.0", out _));
        var diagnostic = AttackReleases.NotEmbedded(AttackDomain.Ics, "17.0", SourceSpan.StartOf("merlon.yml"));
        Assert.Equal(("MRL8012", "ATT&CK release '17.0' of ics-attack is not embedded; 16.1, 18.1, 19.1 are, and 'merlon attack import' makes a table of any other"),
            (diagnostic.Info.Id, diagnostic.Message));
    }

    [Theory]
    [InlineData("16.1", "© 2024 ")]
    [InlineData("18.1", "© 2025 ")]
    [InlineData("19.1", "© 2026 ")]
    public void The_copyright_designation_has_the_year_of_the_release(string version, string start) =>
        Assert.StartsWith(start, AttackFactsTests.Release("enterprise-attack", version).Copyright, StringComparison.Ordinal);

    internal static TechniqueId Id(string text)
    {
        Assert.True(TechniqueId.TryParse(text, out var id));
        return id;
    }
}
