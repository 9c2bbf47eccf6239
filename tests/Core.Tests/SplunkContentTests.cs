using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

public class SplunkContentTests
{
    private const string Path = "detections/a.yml";

    private static RuleSet Read(string text, string? names = null, bool idsInNames = false) => SplunkScene.Read(SplunkScene.Source("splunk-content", names: names, idsInNames: idsInNames), (Path, text));

    [Fact]
    public void A_detection_has_all_that_the_file_says()
    {
        const string Text = """
            name: Dump of LSASS
            id: 11111111-0000-4000-8000-00000000000A
            version: 3
            status: production
            type: TTP
            description: Of 22222222-0000-4000-8000-000000000002
            data_source:
            - Sysmon EventID 1
            - Sysmon for Linux EventID 1
            - CrowdStrike ProcessRollup2
            search: '| tstats count'
            tags:
              mitre_attack_id:
              - T1003.001
              - "T1027"
              - TA0006
              atomic_guid:
              - 33333333-0000-4000-8000-000000000003
            """;
        var rules = Read(Text);
        var rule = Assert.Single(rules.Rules);
        Assert.Equal("", SplunkScene.Found(rules));
        Assert.Equal(("Dump of LSASS", "11111111-0000-4000-8000-00000000000A", "stable", RuleState.Available, null), (rule.Title, rule.Id, rule.Status, rule.State, rule.SigmaLevel));
        Assert.Equal("T1003.001\nT1027\nTA0006", SplunkScene.Placed(rules, (Path, Text)));
        Assert.Equal(["linux", "windows"], rule.Products);
        Assert.Equal(["11111111-0000-4000-8000-00000000000a", "22222222-0000-4000-8000-000000000002"], rule.Mentions);
        Assert.Equal((18, 5), (rule.OwnTests[0].Span.Line, rule.OwnTests[0].Span.Column));
        Assert.Equal(QueryHash.Of("| tstats count"), rule.QueryHash);
        Assert.Equal((1, 7), (rule.Span.Line, rule.Span.Column));
    }

    [Theory]
    [InlineData("production", "stable")]
    [InlineData("validation", "test")]
    [InlineData("experimental", "experimental")]
    [InlineData("deprecated", "deprecated")]
    [InlineData("removed", "unsupported")]
    [InlineData("draft", "draft")]
    public void Status_is_in_Sigmas_words(string status, string expected) => Assert.Equal(expected, Read($"name: A\nstatus: {status}\ntype: Hunting\nsearch: x\n").Rules[0].Status);

    [Theory]
    [InlineData("type: Baseline\nsearch: x\ntags: {}")]
    [InlineData("type: Investigation\nsearch: x\ntags: {}")]
    [InlineData("narrative: x\ntags: { category: [a] }")]
    [InlineData("definition: search x")]
    [InlineData("lookup_type: csv")]
    [InlineData("source: x\nsourcetype: y")]
    [InlineData("type: Response\nplaybook: x")]
    public void Other_things_of_contentctl_are_passed_over(string text)
    {
        var rules = Read($"name: A\n{text}\n");
        Assert.Empty(rules.Rules);
        Assert.Equal("MRL1105", Assert.Single(rules.Diagnostics).Info.Id);
    }

    [Theory]
    [InlineData("name: A\ntype: TTP\ntags: {}\n", "1:7: error MRL1102: 'A' has no search, and is nothing else that contentctl knows; add the search of a detection, or leave the file out")]
    [InlineData("title: A\nlogsource: {}\n", "1:1: error MRL1102: this has no name, and is nothing that contentctl knows; add the name of a detection, or leave the file out")]
    [InlineData("- A\n", "1:1: error MRL1102: document is a list; a detection is a map with a name and a search")]
    [InlineData("name: A\nsearch: x\ntags: [T1003]\n", "3:7: warning MRL1103: tags are a list; write a map")]
    [InlineData("name: A\nsearch: x\ntags: { mitre_attack_id: [{ a: b }] }\n", "3:27: warning MRL1103: an item of mitre_attack_id is a map; write a single value")]
    [InlineData("name: A\nsearch: x\ntags: { severity: urgent }\n", "3:19: warning MRL1103: 'urgent' is no severity; write informational, low, medium, high or critical")]
    public void What_cannot_be_used_is_told_where_it_stands(string text, string found) =>
        Assert.Equal($"{Path}:{found}", SplunkScene.Found(Read(text)).Split('\n')[0]);

    [Fact]
    public void Names_decide_before_anything_is_told() => Assert.Equal("MRL1105", Assert.Single(Read("name: A\ntype: TTP\n", names: "^B$").Diagnostics).Info.Id);

    [Fact]
    public void Single_ids_and_ids_in_names_are_read()
    {
        Assert.Equal("1: T1003 T1059", SplunkScene.Tags(Read("name: A T1001\nid: 1\nsearch: x\ntags: { mitre_attack_id: 'T1003, T1059', severity: High }\n", idsInNames: true)));
        Assert.Equal("1: T1001 T1002", SplunkScene.Tags(Read("name: A T1001\nid: 1\nsearch: x\ndescription: T1001 and T1002\n", idsInNames: true)));
    }

    [Fact]
    public void A_file_of_which_a_part_is_lost_makes_no_valid_rule()
    {
        var rules = Read("name: A\nsearch: x\nsearch: y\n");
        Assert.Equal([Path], rules.Unreadable);
        Assert.Equal("a part of it cannot be read", Assert.Single(rules.Rules).Defect);
        Assert.Equal([Path], Read("name: A\0\n").Unreadable);
        Assert.Equal([Path], Read($"a: {new string('[', 100_000)}").Unreadable);
    }

    [Theory]
    [InlineData("contentctl-anomalous_usage_of_7zip.yml", "9364ee8e-a39a-11eb-8f1d-acde48001122: T1560.001", "stable", "windows")]
    [InlineData("detections/detect_password_spray_attempts.yml", null, "stable", "windows")]
    [InlineData("detections/detect_distributed_password_spray_attempts.yml", null, "stable", "azure")]
    [InlineData("detections/3cx_supply_chain_attack_network_indicators.yml", null, "experimental", "windows")]
    public void Samples_of_the_security_content_have_no_finding(string name, string? tags, string status, string product)
    {
        var rules = Read(File.ReadAllText(Repository.SharedData($"samples/splunk/{name}")));
        Assert.Equal("", SplunkScene.Found(rules));
        var rule = Assert.Single(rules.Rules);
        Assert.NotEmpty(rule.Techniques);
        Assert.Equal(tags ?? SplunkScene.Tags(rules), SplunkScene.Tags(rules));
        Assert.Equal((status, product), (rule.Status, string.Join(' ', rule.Products)));
    }
}
