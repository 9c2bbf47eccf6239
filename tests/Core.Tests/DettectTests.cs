using CsCheck;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Xunit;

namespace Merlon.Core.Tests;

public class DettectTests
{
    private const string Details = "applicable_to: [endpoints], date_connected: 2020-05-01, products: [], available_for_data_analytics: true, data_quality: { device_completeness: 3 }";

    private static string File(params IEnumerable<(string Name, string Details)> sources) => $$"""
        version: 1.1
        file_type: data-source-administration
        name: ours
        domain: enterprise-attack
        systems:
          - { applicable_to: endpoints, platform: [Windows] }
          - { applicable_to: hosts, platform: [windows, Linux] }
        data_sources:
        {{string.Join('\n', sources.Select(source => $"  - {{ data_source_name: {source.Name}, data_source: [{{ {source.Details} }}] }}"))}}
        exceptions: []
        """;

    private static TemporaryRepository Repository(string file) => new(
        ("merlon.yml", "coverage: { logSources: dettect.yaml }\n"), ("dettect.yaml", file), ("actors/a.yml", "name: A\ntechniques: [T1059.001]\n"),
        ("rules/a.yml", Measure.RuleText("t1059.001").Replace("product: windows", "product: windows, category: process_creation", StringComparison.Ordinal)));

    private static string Inventory(string file)
    {
        using var repository = Repository(file);
        return string.Join('\n', repository.Load().Config.Inventory!.Collected.Select(entry => // given
            $"{string.Join('/', new[] { entry.Product, entry.Category, entry.Service }.OfType<string>())} on {string.Join(", ", entry.Platforms ?? [])} since {entry.Since:yyyy-MM-dd}"));
    }

    private static string Findings(string file)
    {
        using var repository = Repository(file);
        return LintRuleTests.Lines(repository.Check().Diagnostics).Trim();
    }

    [Theory]
    [InlineData("Process Creation", "windows/process_creation on Windows since 2020-05-01")]
    [InlineData("network connection creation", "windows/dns_query on Windows since 2020-05-01\nwindows/network_connection on Windows since 2020-05-01")]
    [InlineData("Module Load", "windows/image_load on Windows since 2020-05-01")]
    [InlineData("Logon Session Creation", "windows/security on Windows since 2020-05-01")]
    public void A_data_component_is_the_log_sources_that_analytics_read_for_it(string component, string expected) =>
        Assert.Equal(expected, Inventory(File((component, Details))));

    [Fact]
    public void Systems_say_on_which_platforms() => Assert.Equal("linux/process_creation on Linux since 2020-05-01\nwindows/process_creation on Windows since 2020-05-01",
        string.Join('\n', Inventory(File(("Process Creation", Details.Replace("endpoints", "hosts", StringComparison.Ordinal)))).Split('\n').Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("[Sysmon]", "windows/process_creation on Windows since 2020-05-01", "")]
    [InlineData("[Windows Event Log]", "windows/process_creation on Windows since 2020-05-01", "")]
    [InlineData("[None]", "windows/process_creation on Windows since 2020-05-01", "")]
    [InlineData("[Our EDR]", "windows/process_creation on Windows since 2020-05-01", "")]
    [InlineData("[Okta]", "", "dettect.yaml:9:25: warning MRL8031: no Sigma log source is known for Process Creation on Windows from Okta; name it in a logsources.yml if rules read it")]
    public void A_product_that_is_known_narrows_to_what_it_writes(string products, string expected, string finding)
    {
        var file = File(("Process Creation", Details.Replace("products: []", $"products: {products}", StringComparison.Ordinal)));
        Assert.Equal((expected, finding), (Inventory(file), Findings(file)));
    }

    [Theory]
    [InlineData("date_connected: 2020-05-01", "date_connected:", "")]
    [InlineData("date_connected: 2020-05-01, ", "", "")]
    [InlineData("2020-05-01", "2099-01-01", "")]
    [InlineData("2020-05-01", "May", "dettect.yaml:9:103: warning MRL8032: 'May' is not a day of the form 2026-11-01")]
    [InlineData("device_completeness: 3", "device_completeness: 0, timeliness: 5", "")]
    [InlineData("device_completeness: 3", "device_completeness: 6", "dettect.yaml:9:202: warning MRL8032: device_completeness is '6'; write a whole number from 0 to 5")]
    [InlineData("device_completeness: 3", "timeliness: 5", "")]
    [InlineData("analytics: true", "analytics: False", "")]
    [InlineData("analytics: true", "analytics: maybe", "dettect.yaml:9:159: warning MRL8032: 'maybe' is not true or false")]
    [InlineData("[endpoints]", "[laptops]", "dettect.yaml:9:75: warning MRL8032: 'laptops' is neither a system nor a platform here, so nothing is taken for collected there")]
    public void What_is_not_connected_or_not_understood_is_not_collected(string old, string with, string finding)
    {
        var file = File(("Process Creation", Details.Replace(old, with, StringComparison.Ordinal)));
        using var repository = Repository(file);
        Assert.Equal("claimed", repository.Load().Coverage[0].Actors[0].Techniques[0].Level.Name);
        Assert.Equal(finding, Findings(file));
    }

    [Fact]
    public void What_is_collected_makes_rules_deployable()
    {
        using var repository = Repository(File(("Process Creation", Details)));
        Assert.Equal("deployable", repository.Load().Coverage[0].Actors[0].Techniques[0].Level.Name);
    }

    [Theory]
    [InlineData("all", "windows")]
    [InlineData("Windows", "windows")]
    [InlineData("Azure AD", "")]
    public void Platforms_may_stand_for_systems(string applicableTo, string expected) =>
        Assert.Equal(expected.Length > 0, Inventory(File(("Process Creation", Details.Replace("[endpoints]", $"[{applicableTo}]", StringComparison.Ordinal)))).Contains("windows/process_creation on Windows", StringComparison.Ordinal));

    [Fact]
    public void Version_1_0_has_one_platform_and_one_state()
    {
        const string Old = """
            %YAML 1.2
            ---
            version: 1.0
            file_type: data-source-administration
            platform: Windows
            data_sources:
              # of older releases
              - data_source_name: Process monitoring
                date_registered: 2019-03-01
                date_connected: 2017-01-01
                products: [Windows event log]
                available_for_data_analytics: True
                comment: ''
                data_quality:
                  device_completeness: 5
                our own key: x
              - data_source_name: Process Creation
                date_connected: 2017-01-01
                data_quality: { device_completeness: 1 }
              - data_source_name: Module Load
                date_registered:
                date_connected:
                products: [None]
                data_quality: { device_completeness: 0 }
            """;
        Assert.Equal("windows/process_creation on Windows since 2017-01-01", Inventory(Old));
        Assert.Equal("dettect.yaml:8:23: warning MRL8031: 'Process monitoring' is not a data component of ATT&CK 19.1", Findings(Old));
    }

    [Theory]
    [InlineData("file_type: data-source-administration", "file_type: technique-administration", "dettect.yaml:2:12: error MRL8030: file_type is 'technique-administration'; a log source inventory is read from 'data-source-administration'")]
    [InlineData("file_type: data-source-administration", "file_type: []", "dettect.yaml:2:12: error MRL8030: file_type is a list; a log source inventory is read from 'data-source-administration'")]
    [InlineData("version: 1.1", "version: 2.0", "dettect.yaml:1:10: error MRL8030: version is '2.0'; 1.0 and 1.1 can be read")]
    [InlineData("version: 1.1\n", "", "dettect.yaml:1:1: error MRL8030: version is missing; 1.0 and 1.1 can be read")]
    [InlineData("data_sources:", "data_sources: none\nothers:", "dettect.yaml:8:15: error MRL8030: data_sources is 'none'; a list of data sources is read")]
    public void Another_file_is_an_error(string old, string with, string finding) =>
        Assert.Equal(finding, Findings(File(("Process Creation", Details)).ReplaceLineEndings("\n").Replace(old, with, StringComparison.Ordinal)));

    [Fact]
    public void A_misspelt_component_is_named_with_the_nearest() =>
        Assert.Equal("dettect.yaml:9:25: warning MRL8031: 'Proces Creation' is not a data component of ATT&CK 19.1; did you mean 'Process Creation'?", Findings(File(("Proces Creation", Details))));

    [Fact]
    public void Any_damage_is_a_finding_and_never_an_exception()
    {
        var whole = File(("Process Creation", Details), ("Module Load", Details)).ReplaceLineEndings("\n");
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[0, 20], Gen.String[Gen.Char["[]{}:,-#'\" \n\0é"], 0, 3]).Sample((at, length, put) =>
        {
            using var repository = Repository(whole[..at] + put + whole[Math.Min(whole.Length, at + length)..]);
            Assert.All(repository.Check().Diagnostics, finding => Assert.True(finding.Span.Line > 0 && finding.Info.Severity >= Severity.Info));
        }, iter: 60);
    }
}
