using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>The maps in docs/maps, on files of the product's form.</summary>
public class MapFileTests
{
    [Fact]
    public void Panther()
    {
        var set = Read("panther", "yaml", """
            AnalysisType: rule
            RuleID: "Acme.Login"
            DisplayName: "Acme Login"
            Enabled: false
            LogTypes: [Acme.Audit]
            Status: Experimental
            Severity: Info
            Reports:
              MITRE ATT&CK:
                - TA0006:T1556.006
                - TA006:T1556 # a digit is missing
              PCI: ["1.2.3"]
            """, "AnalysisType: global\nGlobalID: helpers\n", """
            AnalysisType: policy
            PolicyID: Acme.Bucket
            Enabled: true
            Severity: High
            """);
        Assert.Equal("1:1 Acme Login [credential-access@10:7-13, T1556.006@10:14-23, TA006!@11:7-12, T1556@11:13-18]\n1:1 Acme.Bucket []", Tables.Rules(set));
        Assert.Equal("Acme.Login experimental informational disabled Acme.Audit|Acme.Bucket  high available ", Facts(set));
    }

    [Fact]
    public void Chronicle()
    {
        var set = Read("chronicle", "text", """
            /* rules of Acme */
            rule acme_one {
              meta:
                rule_name = "Acme One"
                rule_id = "mr_1"
                description = "One { of } many"
                sigma_uuid = "5e4a5f0b-0c1f-4c6e-8d7a-1f0e2b3c4d5e"
                mitre_attack_tactic = "Credential Access"
                mitre_attack_technique = "OS Credential Dumping: LSASS Memory"
                mitre_attack_url = "https://attack.mitre.org/techniques/T1003/001/"
                mitre_attack_version = "v13.1"
                platform = "Windows"
                data_source = "Sysmon"
                severity = "Low"
              events:
                $e.metadata.event_type = "PROCESS_LAUNCH"
              condition:
                $e
            }

            rule acme_two {
             meta:
                mitre = "execution, t1059.001"
              condition: $e
            }
            rule acme_three {
              meta:
                technique = "T1055"
                tactic = "TA0005"
              condition: $e
            }
            """);
        Assert.Equal("""
            2:1 Acme One [credential-access@8:28-45, T1003.001@10:61-70]
            21:1 acme_two [T1059.001@23:25-34]
            26:1 acme_three [T1055@28:18-23, stealth@29:15-21]
            """.ReplaceLineEndings("\n"), Tables.Rules(set));
        Assert.Equal(("mr_1", "13.1", "low", "windows", "5e4a5f0b-0c1f-4c6e-8d7a-1f0e2b3c4d5e"), (set.Rules[0].Id, set.Rules[0].Release, set.Rules[0].SigmaLevel, Assert.Single(set.Rules[0].Products), Assert.Single(set.Rules[0].Mentions)));
    }

    [Fact]
    public void Falco()
    {
        var set = Read("falco", "yaml", """
            - required_engine_version: 0.57.0
            - macro: m
              condition: a
            - list: l
              items: [a]
            - rule: Shell in container
              desc: d
              condition: m
              enabled: false
              priority: WARNING
              tags: [maturity_incubating, container, mitre_execution, T1059.004, NIST_800-53_AU-10]
            - rule: Egress
              condition: m
              priority: NOTICE
              tags: [maturity_stable, mitre_exfiltration, TA0010, T102]
            - rule: Shell in container
              tags: [T1059]
              override: { tags: append }
            """);
        Assert.Equal("6:3 Shell in container [execution@11:48-57, T1059.004@11:59-68]\n12:3 Egress [exfiltration@15:47-53, T102!@15:55-59]", Tables.Rules(set));
        Assert.Equal("Shell in container test medium disabled |Egress stable low available ", Facts(set));
    }

    [Fact]
    public void Suricata()
    {
        var set = Read("suricata", "text", """
            # Acme's rules, with metadata
            alert http $HOME_NET any -> $EXTERNAL_NET any (msg:"ACME \"beacon\""; content:"x"; sid:1000001; rev:2; metadata:attack_target Client, signature_severity Major, mitre_tactic_id TA0011, mitre_tactic_name Command_And_Control, mitre_technique_id T1071, mitre_technique_name Application_Layer_Protocol;)
            #alert dns any any -> any any (msg:"ACME old"; sid:1000002; metadata:mitre_technique_id T1568;)
            alert tcp any any -> any any (msg:"ACME none"; sid:1000003;)
            """);
        Assert.Equal("2:1 ACME \\\"beacon\\\" [command-and-control@2:177-183, T1071@2:243-248]\n3:1 ACME old [T1568@3:89-94]\n4:1 ACME none []", Tables.Rules(set));
        Assert.Equal("1000001  high available http|1000002   disabled dns|1000003   available tcp", Facts(set));
    }

    [Fact]
    public void Sekoia()
    {
        var set = Read("sekoia", "yaml", "uuid: 5e4a5f0b-0c1f-4c6e-8d7a-1f0e2b3c4d5e\nrule: Acme\ndetection:\n  condition: a\nattack:\n  - T1021.007\ndata_sources:\n  - Acme logs\n");
        Assert.Equal("1:1 Acme [T1021.007@6:5-14]", Tables.Rules(set));
        Assert.Equal("5e4a5f0b-0c1f-4c6e-8d7a-1f0e2b3c4d5e   available Acme logs", Facts(set));
    }

    [Fact]
    public void Car()
    {
        var set = Read("car", "yaml", "title: Acme\nid: CAR-2026-01-001\nplatforms: [Windows]\ncoverage:\n  - technique: T1547\n    tactics: [TA0003]\n    subtechniques: [T1547.001]\n    coverage: Moderate\n  - technique: T1012\n    tactics: [TA0007]\n");
        Assert.Equal("1:1 Acme [(T1547)@5:16-21, persistence@6:15-21, T1547.001@7:21-30, T1012@9:16-21, discovery@10:15-21]", Tables.Rules(set));
        Assert.Equal("windows", Assert.Single(Assert.Single(set.Rules).Products));
    }

    [Fact]
    public void OpenTide()
    {
        var set = Read("opentide", "yaml", """
            name: Acme rule
            metadata:
              uuid: 5e4a5f0b-0c1f-4c6e-8d7a-1f0e2b3c4d5e
              schema: rule::1.0
            techniques:
              - T1003.001
            response:
              alert_severity: High
            configurations:
              sentinel: { enabled: true, status: STAGING }
            """, "name: Acme objective\nmetadata:\n  uuid: 5e4a5f0b-0c1f-4c6e-8d7a-1f0e2b3c4d5f\n  schema: objective::1.0\n");
        Assert.Equal("1:1 Acme rule [T1003.001@6:5-14]", Tables.Rules(set));
        Assert.Equal("5e4a5f0b-0c1f-4c6e-8d7a-1f0e2b3c4d5e test high available ", Facts(set));
    }

    [Theory]
    [InlineData("panther", "yaml", "*.yml", "4 rules: T0018.000! T1475 T1556 T1636.003 TA0027 TA003! TA0035 TA005! TA006! credential-access")]
    [InlineData("chronicle", "text", "*.yaral", "4 rules: T1003 T1003.001 T1562 T1600.001 credential-access defense-evasion")]
    [InlineData("sekoia", "yaml", "*.yml", "2 rules: T1021.007 T1578.003")]
    [InlineData("car", "yaml", "*.yaml", "1 rules: T1012 T1112 T1547 T1547.001 T1574 T1574.011 discovery persistence privilege-escalation stealth")]
    [InlineData("falco", "yaml", "*.yaml", "56 rules: T1005 T1020 T1046 T1053.003 T1055.008 T1059 T1059.004 T1070 T1083 T1098 T1098.004 T1190 T1204 T1485 T1505 T1543 T1546.004 T1548.001 T1552 T1552.001 T1552.005 T1555 T1556 T1557.002 T1565 T1610 T1611 T1620 T1622 collection command-and-control credential-access defense-evasion discovery execution exfiltration impact initial-access persistence privilege-escalation")]
    public void Samples_of_the_products_are_read(string product, string format, string pattern, string expected)
    {
        var files = Directory.EnumerateFiles(Repository.SharedData($"samples/{product}"), pattern).Order(StringComparer.Ordinal).ToArray();
        var set = Read(product, format, [.. files.Select(File.ReadAllText)]);
        Assert.Equal(expected, $"{set.Rules.Length} rules: {string.Join(' ', set.Rules.SelectMany(rule => rule.AttackTags).Select(tag => tag.Name + (tag.Kind == AttackTagKind.Malformed ? "!" : "")).Distinct().Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public void Every_map_is_tested_and_says_how_it_is_used() =>
        Assert.Equal(["car", "chronicle", "falco", "opentide", "panther", "sekoia", "suricata"], Directory.EnumerateFiles(Repository.PathOf("docs/maps")).Where(file => File.ReadLines(file).Take(4).Any(line => line.StartsWith("# - { path: ", StringComparison.Ordinal))).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    // Nothing but the rules: no finding.
    private static RuleSet Read(string product, string format, params string[] contents)
    {
        var source = Tables.Source(format, File.ReadAllText(Repository.PathOf($"docs/maps/{product}.yml")), $"docs/maps/{product}.yml");
        var set = RuleSet.Of([.. contents.Select((content, index) => Tables.File(source, content, $"{(char)('a' + index)}.txt"))]);
        Assert.Equal("", Tables.Show(set.Diagnostics));
        return set;
    }

    private static string Facts(RuleSet set) => string.Join('|', set.Rules.Select(rule => $"{rule.Id} {rule.Status} {rule.SigmaLevel} {rule.State.Name} {string.Join(',', rule.DataSources)}"));
}
