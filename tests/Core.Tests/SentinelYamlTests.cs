using CsCheck;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Analytics rules and hunting queries as the repository of Sentinel has them.</summary>
public class SentinelYamlTests
{
    private const string Whole = """
        id: 6c1a5b1e-0000-4000-8000-000000000001
        name: Own rule
        description: |
          Made from 6C1A5B1E-0000-4000-8000-000000000002
        severity: Medium
        status: Preview
        kind: Scheduled
        requiredDataConnectors:
          - connectorId: SecurityEvents
            dataTypes:
              - SecurityEvent
          - connectorId: MicrosoftThreatProtection
            dataTypes: [DeviceProcessEvents]
        tactics:
          - CredentialAccess
          - "LateralMovement"
        relevantTechniques:
          - T1003.001
          - 't1055'
        tags:
          - Own
          - Schema: x
        query: |
          Event
          | take 1
        version: 1.0.0
        """;

    private static RuleFile Read(string text) => Inventoried.Read("sentinel-yaml", text);

    [Fact]
    public void A_rule_is_read_with_all_that_is_said_of_it()
    {
        var file = Read(Whole);
        Assert.Equal("", Inventoried.Found(file));
        var rule = Assert.Single(file.Rules);
        Assert.Equal(("Own rule", "6c1a5b1e-0000-4000-8000-000000000001", "test", "medium", RuleState.Available), (rule.Title, rule.Id, rule.Status, rule.SigmaLevel, rule.State));
        Assert.Equal("credential-access@15:5-21 lateral-movement@16:6-21 T1003.001@18:5-14 T1055@19:6-11", Inventoried.Tags(rule));
        Assert.Equal(["SecurityEvents", "SecurityEvent", "MicrosoftThreatProtection", "DeviceProcessEvents"], rule.DataSources);
        Assert.Equal("windows|Own", $"{string.Join(' ', rule.Products)}|{string.Join(' ', rule.Tags)}");
        Assert.Equal(["6c1a5b1e-0000-4000-8000-000000000002", "6c1a5b1e-0000-4000-8000-000000000001"], rule.Mentions);
        Assert.Equal(QueryHash.Of("Event\n| take 1\n"), rule.QueryHash);
    }

    [Theory]
    [InlineData("AzureActiveDirectory", "azure")]
    [InlineData("OfficeATP", "m365")]
    [InlineData("AWSS3", "aws")]
    [InlineData("GCPIAMDataConnector", "gcp")]
    [InlineData("Syslog", "linux")]
    [InlineData("WindowsForwardedEvents", "windows")]
    [InlineData("MicrosoftThreatProtection", "")]
    public void A_connector_says_what_is_watched(string connector, string product) =>
        Assert.Equal(product, string.Join(' ', Assert.Single(Read($"name: x\nquery: a\nrequiredDataConnectors:\n- connectorId: {connector}\n").Rules).Products));

    [Fact]
    public void A_hunting_query_has_no_severity_and_may_lack_its_id()
    {
        var rule = Assert.Single(Read("name: x\nquery: a\ntactics: [Execution]\nrelevantTechniques: [T1059, T1059.001]").Rules);
        Assert.Equal((null, null, null, "execution@3:11-20 T1059@4:22-27 T1059.001@4:29-38"), (rule.Id, rule.SigmaLevel, rule.Status, Inventoried.Tags(rule)));
    }

    [Theory]
    [InlineData("relevantTechniques: T1003, T1055", "T1003@3:21-26 T1055@3:28-33", "")]
    [InlineData("relevantTechniques: [T1208]", "T1208@3:22-27", "")]
    [InlineData("relevantTechniques: [T10031]", "T10031?@3:22-28", "")]
    [InlineData("relevantTechniques: [Credential]", "Credential?@3:22-32", "")]
    [InlineData("relevantTechniques:\n  -\n  - T1003", "T1003@5:5-10", "")]
    [InlineData("relevantTechniques: [{a: T1003}]", "", "MRL1103@3:22")]
    [InlineData("tactics: CredentialAccess, Initial Access", "credential-access@3:10-26 initial-access@3:28-42", "")]
    [InlineData("tactics: [T1003]", "T1003?@3:11-16", "")]
    [InlineData("tactics: [Malware]", "malware@3:11-18", "")]
    [InlineData("tactics:\n  - |\n    CredentialAccess\n", "credential-access@5:5-21", "")]
    [InlineData("severity: Critcal", "", "MRL1103@3:11")]
    [InlineData("requiredDataConnectors: x", "", "MRL1103@3:25")]
    public void What_is_odd_is_found_at_its_place(string text, string tags, string found)
    {
        var file = Read($"name: x\nquery: a\n{text}");
        Assert.Equal((tags, found), (Inventoried.Tags(Assert.Single(file.Rules)), Inventoried.Found(file)));
    }

    [Theory]
    [InlineData("Function:\n  Title: x\nFunctionName: y\n")]
    [InlineData("Parser:\n  Title: x\nParserName: y\nParserQuery: z\n")]
    [InlineData("kind: CustomDetection\nresourceType: Microsoft.Security/detectionRules\nproperties: {}\n")]
    [InlineData("name: x\nquery: a\ndestinationTable: y\nbinSize: 5\n")]
    public void What_is_clearly_something_else_is_passed_over(string text)
    {
        var file = Read(text);
        Assert.Equal(("", true, 0), (Inventoried.Found(file), file.IsWhole, file.Rules.Length));
    }

    [Theory]
    [InlineData("- a", "MRL1102@1:1", true)]
    [InlineData("just text", "MRL1102@1:1", true)]
    [InlineData("id: 1\nquery: a", "MRL1102@1:1", true)]
    [InlineData("name: x\nversion: 1", "MRL1102@1:1", true)]
    [InlineData("name: [x]\nquery: a", "MRL1103@1:7 MRL1102@1:1", true)]
    [InlineData("name: x\nquery: {", "MRL1001@2:9", false)]
    [InlineData("", "MRL1004@1:1", true)]
    public void A_file_without_a_rule_is_a_finding(string text, string found, bool isWhole)
    {
        var file = Read(text);
        Assert.Equal((found, isWhole, 0), (Inventoried.Found(file), file.IsWhole, file.Rules.Length));
    }

    [Fact]
    public void A_rule_with_a_key_twice_counts_for_nothing()
    {
        var file = Read("name: x\nquery: a\ntactics: [Execution]\ntactics: [Impact]\n");
        Assert.Equal(("MRL1003@4:1", "a part of it cannot be read"), (Inventoried.Found(file), Assert.Single(file.Rules).Defect));
    }

    [Fact]
    public void Names_leave_a_rule_out_without_a_word() => Assert.Empty(Inventoried.Read("sentinel-yaml", "name: x\nseverity: odd", "^y$").Diagnostics);

    [Fact]
    public void Any_part_of_a_file_is_read_or_found_and_twice_the_same()
    {
        Gen.Select(Gen.Int[0, Whole.Length], Gen.Int[0, 20]).Sample((start, length) =>
        {
            var text = Whole.Remove(start, Math.Min(length, Whole.Length - start));
            var (one, other) = (Read(text), Read(text));
            Assert.Equal(Inventoried.Found(one), Inventoried.Found(other));
            Assert.Equal(one.Rules.Select(Inventoried.Tags), other.Rules.Select(Inventoried.Tags));
            Assert.True(one.Rules.Length + one.Diagnostics.Length > 0);
        });
    }

    [Fact]
    public void Deep_nesting_is_a_finding() => Assert.Equal("MRL1005", Read($"name: x\nquery: {new string('[', 100_000)}").Diagnostics[0].Info.Id);

    [Fact]
    public void Published_files_are_read_or_have_a_finding_with_a_place()
    {
        foreach (var path in Directory.EnumerateFiles(Repository.SharedData("samples/sentinel"), "*.yaml"))
        {
            var file = Inventoried.Read("sentinel-yaml", File.ReadAllBytes(path));
            var found = Assert.Single(file.Diagnostics);
            Assert.Equal(("MRL1001", 3, false), (found.Info.Id, found.Span.Line, file.IsWhole));
        }
    }
}
