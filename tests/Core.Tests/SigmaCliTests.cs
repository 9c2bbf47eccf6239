using System.Text;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Xunit;

namespace Merlon.Core.Tests;

public class SigmaCliTests
{
    [Fact]
    public void A_configuration_becomes_a_preset_severities_and_exceptions()
    {
        var text = Convert("""
            validators: [all, -attacktag, -sigmahq_tags_techniques_without_tactics, -dangling_condition]
            exclusions:
              0f06a3a5-6a09-413f-8743-e6cf35561297: [attacktag, attacktag]
              b69888d4-380c-45ce-9cf9-d9ce46e67821: attacktag
            config:
              sigmahq_title_length: { max_length: 80 }
            """, out var found);
        Assert.Equal("", found);
        Assert.StartsWith("# Written by 'merlon init' from conf.yml.\nlint:\n  preset: sigmahq\n", text, StringComparison.Ordinal);
        Assert.Contains("  MRL3001: off # attacktag\n", text, StringComparison.Ordinal);
        Assert.Contains("    MRL3001: # attacktag\n      - 0f06a3a5-6a09-413f-8743-e6cf35561297\n      - b69888d4-380c-45ce-9cf9-d9ce46e67821\n", text, StringComparison.Ordinal);
        Assert.Contains("# parameters of sigmahq_title_length are not taken over: max_length\n", text, StringComparison.Ordinal);
        Assert.Contains("# dangling_condition: MRL2103 stays on", text, StringComparison.Ordinal);
        AssertUsable(text);
    }

    [Fact]
    public void Without_all_only_what_is_named_is_on()
    {
        var text = Convert("validators: [attacktag]\n", out _);
        Assert.Contains("  preset: sigma\n", text, StringComparison.Ordinal);
        Assert.Contains("  MRL3002: warning # attacktag\n", text, StringComparison.Ordinal);
        AssertUsable(text);
    }

    [Theory]
    [InlineData("validators: [all, -escaped_wildcards]", "conf.yml:1:19: warning MRL8105: 'escaped_wildcards' is not a validator of pySigma or SigmaHQ; did you mean 'escaped_wildcard'?\n", "# validator -escaped_wildcards is not known\n")]
    [InlineData("validators: [our_own]", "conf.yml:1:14: warning MRL8105: 'our_own' is not a validator of pySigma or SigmaHQ; it is left out\n", "# validator our_own is not known\n")]
    [InlineData("exclusions: {0f06a3a5-6a09-413f-8743-e6cf35561297: our_own}", "conf.yml:1:52: warning MRL8105: 'our_own' is not a validator of pySigma or SigmaHQ; it is left out\n", "# validator our_own is not known; it was excluded for 0f06a3a5-6a09-413f-8743-e6cf35561297\n")]
    [InlineData("validators: [all]\nvalidators: []", "", "# key validators stands twice; the first one was taken\n")]
    [InlineData("more: 1", "", "# key more is not taken over\n")]
    [InlineData("config: {\"a\\nlint: off\": {b: c}}", "", "# parameters of a lint: off are not taken over: b\n")]
    [InlineData("exclusions: {a: attacktag}", "conf.yml:1:14: error MRL8002: 'a' is not the id of a rule; exclusions are by UUID\n", null)]
    [InlineData("validators: all", "conf.yml:1:13: error MRL8002: validators is a single value; write a list\n", null)]
    [InlineData("- a", "conf.yml:1:1: error MRL8005: file holds something else than one map; name a validation configuration of sigma-cli\n", null)]
    public void What_has_no_counterpart_is_said(string text, string expected, string? remark)
    {
        var written = Convert(text + "\n", out var found);
        Assert.Equal(expected, found);
        Assert.Equal(remark is null, written.Length == 0);
        Assert.Contains(remark ?? "", written, StringComparison.Ordinal);
        if (remark is not null)
            AssertUsable(written);
    }

    [Fact]
    public void The_configuration_of_SigmaHQ_is_understood_in_whole()
    {
        var text = Convert(File.ReadAllText(Repository.SharedData("sigmahq/tests/sigma_cli_conf.yml")), out var found);
        Assert.Equal("", found);
        // A rule that stands in it twice is excluded from both.
        Assert.Contains("sigmahq_category_windows_provider_name", text, StringComparison.Ordinal);
        Assert.Contains("7dc2dedd-7603-461a-bc13-15803d132355", text, StringComparison.Ordinal);
        AssertUsable(text);
    }

    [Fact]
    public void Every_validator_of_pySigma_is_in_the_table() => Assert.Equal(
        File.ReadLines(Repository.SharedData("oracles/pysigma-validators.tsv")).Skip(1).Select(line => line.Split('\t')).Select(row => (row[1], row[3])).OrderBy(row => row.Item1, StringComparer.Ordinal).ThenBy(row => row.Item2, StringComparer.Ordinal),
        SigmaCliNames.All.Select(name => (name.Validator, name.Issue)));

    [Fact]
    public void Every_id_of_the_table_exists() => Assert.All(SigmaCliNames.All.SelectMany(name => name.Ids), id => Assert.True(DiagnosticCatalog.Has(id), id));

    [Fact]
    public void The_page_has_the_table()
    {
        const string begin = "<!-- table -->\n", end = "<!-- end of table -->\n";
        var page = File.ReadAllText(Repository.PathOf("docs/pysigma.md")).ReplaceLineEndings("\n");
        var (start, stop) = (page.IndexOf(begin, StringComparison.Ordinal) + begin.Length, page.IndexOf(end, StringComparison.Ordinal));
        StringBuilder table = new("| validator | issue | findings | on in |\n|---|---|---|---|\n");
        foreach (var (validator, issue, ids) in SigmaCliNames.All)
            table.Append($"| `{validator}` | {issue} | {string.Join(", ", ids.Select(Link))} | {string.Join("; ", ids.Select(Presets).Distinct())} |\n");
        Golden.Match(page[..start] + table + page[stop..], "docs/pysigma.md");
    }

    private static string Link(string id) => DiagnosticCatalog.Has(id) ? $"[{id}](rules/{id}.md)" : id;

    private static string Presets(string id)
    {
        if (LintRules.All.FirstOrDefault(rule => rule.Info.Id == id) is not { } check)
            return DiagnosticCatalog.Has(id) ? "all" : "–";
        var names = PresetNames.All.Where(preset => check.Presets.HasFlag(preset.Preset)).Select(preset => preset.Name).ToArray();
        return names.Length == PresetNames.All.Length ? "all" : string.Join(", ", names);
    }

    private static string Convert(string text, out string found)
    {
        List<Diagnostic> diagnostics = [];
        var converted = SigmaCliConfiguration.Convert("conf.yml", Encoding.UTF8.GetBytes(text), diagnostics);
        found = LintRuleTests.Lines(diagnostics);
        return converted ?? "";
    }

    private static void AssertUsable(string config)
    {
        using TemporaryRepository repository = new(("merlon.yml", config));
        Assert.Equal("", LintRuleTests.Lines(repository.Load().Diagnostics));
    }
}
