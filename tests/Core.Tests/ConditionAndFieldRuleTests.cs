using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Checks of conditions (MRL21xx), log sources and fields (MRL25xx) at their edges.</summary>
public class ConditionAndFieldRuleTests
{
    // What pySigma calls the finding, and the id here.
    private static readonly (string Issue, string Id)[] Counterparts =
    [
        ("DanglingDetectionIssue", "MRL2104"), ("AllOfThemConditionIssue", "MRL2105"), ("ThemConditionWithSingleDetectionIssue", "MRL2106"), ("SigmahqOfthemConditionIssue", "MRL2107"),
        ("SigmahqOfselectionConditionIssue", "MRL2108"), ("SigmahqMissingAsteriskConditionIssue", "MRL2109"), ("SpecificInsteadOfGenericLogsourceIssue", "MRL2501"),
        ("FieldnameLogsourceIssue", "MRL2502"), ("SigmahqLogsourceUnknownIssue", "MRL2503"), ("SigmahqSysmonMissingEventidIssue", "MRL2504"), ("SigmahqSpaceFieldNameIssue", "MRL2505"),
        ("SigmahqFieldnameCastIssue", "MRL2506"), ("SigmahqInvalidFieldnameIssue", "MRL2507"), ("SigmahqRedundantFieldIssue", "MRL2508"), ("SigmahqCategoryEventIdIssue", "MRL2509"),
        ("SigmahqCategoryWindowsProviderNameIssue", "MRL2510"),
    ];

    [Theory]
    [InlineData("{a: x, b: x, condition: a}", "MRL2104")]
    [InlineData("{a: x, _b: x, condition: 1 of them}", "MRL2104")]
    [InlineData("{a: x, _b: x, condition: a or 1 of _*}", "")]
    [InlineData("{a: x, timeframe: 5m, condition: a}", "MRL2104")]
    [InlineData("{sel_a: x, sel_ab: x, sel_b: x, condition: 1 of sel_a}", "MRL2104 MRL2109")]
    [InlineData("{sel_a: x, sel_ab: x, condition: 1 of sel_a}", "MRL2109")]
    [InlineData("{a: x, timeframe: 5m, condition: 1 of them}", "")]
    [InlineData("{a: x, b: x, condition: [a, b]}", "")]
    [InlineData("{a: x, b: x, condition: a and 1 of nope*}", "MRL2103 MRL2104")]
    [InlineData("{a: x, filter: x, condition: a and not filtr}", "MRL2102")]
    [InlineData("{a: x, b: x, condition: a and}", "MRL2101")]
    [InlineData("{a: x, b: x, condition: all   of   them}", "MRL2105")]
    [InlineData("{a: x, b: x, condition: all of *}", "")]
    [InlineData("{a: x, condition: all of them}", "MRL2105 MRL2106 MRL2107")]
    [InlineData("{a: x, condition: any of them}", "MRL2106 MRL2107")]
    [InlineData("{them_x: x, condition: them_x}", "")]
    [InlineData("{a_1: x, b: x, condition: b or 1 of a_*}", "MRL2108")]
    [InlineData("{a_1: x, b: x, condition: b or any of a_*}", "")]
    [InlineData("{a_1: x, a: x, condition: a or 1 of a_*}", "")]
    [InlineData("{a_1_x_1: x, a_2_x_1: x, condition: 1 of a*_x_*}", "")]
    [InlineData("{a_1_x_1: x, a_2_y_1: x, condition: a_2_y_1 or 1 of a*_x_*}", "MRL2108")]
    [InlineData("{a1: x, b: x, condition: b or 1 of a*}", "")]
    [InlineData("{filter_1: x, b: x, condition: b and not 1 of filter_*}", "")]
    [InlineData("{selection_x_1: x, condition: 1 of selection_x_*}", "")]
    [InlineData("{a: x, b: x, condition: b or 1 of a}", "MRL2109")]
    [InlineData("{a_x: x, b: x, condition: b or (all of a*x)}", "MRL2109")]
    [InlineData("{a: x, b: x, condition: a and (b and not a)}", "MRL2112")]
    [InlineData("{a: x, b: x, condition: a or b or not not not a}", "MRL2112")]
    [InlineData("{a: x, b: x, condition: a or b and not a}", "")]
    [InlineData("{a: x, b: x, condition: not a and (b or a)}", "")]
    [InlineData("{a_1: x, a_2: x, condition: 1 of a_* and not 1 of a_*}", "")]
    public void A_condition_is_checked(string detection, string ids) => Assert.Equal(ids, Ids($"logsource: {{product: p, service: s}}\ndetection: {detection}\n", "MRL21"));

    [Theory]
    [InlineData("{product: windows, service: sysmon}", "EventID: 16", "MRL2501")]
    [InlineData("{product: windows, service: sysmon}", "EventID: [1, 2]", "MRL2501 MRL2501")]
    [InlineData("{product: windows, service: sysmon}", "EventID: '1'", "")]
    [InlineData("{product: windows, service: sysmon}", "EventID: 30", "")]
    [InlineData("{product: windows, service: sysmon}", "EventID|gte: 1", "")]
    [InlineData("{product: windows, service: sysmon}", "eventid: 1", "MRL2504")]
    [InlineData("{product: windows, service: sysmon, category: x}", "EventID: 255", "MRL2501 MRL2503")]
    [InlineData("{service: sysmon}", "EventID: 1", "MRL2503")]
    [InlineData("{product: windows, service: security}", "EventID: [4688, 1]", "MRL2501")]
    [InlineData("{product: windows, service: security, definition: d}", "Any Field: 1", "MRL2505")]
    [InlineData("{product: windows, servce: security}", "x: 1", "MRL2502")]
    [InlineData("{product: windows, category: ''}", "x: 1", "MRL2503")]
    [InlineData("{product: Windows}", "x: 1", "MRL2503 MRL2512")]
    [InlineData("{product: windows, category: process_creation, definition: d}", "Image: 1", "")]
    [InlineData("{product: windows, category: process_creation}", "IMAGE: 1", "MRL2506 MRL2507 MRL2511")]
    [InlineData("{product: windows, category: process_creation}", "Imagee|contains: a", "MRL2507 MRL2511")]
    [InlineData("{product: windows, category: process_creation}", "CommadnLine: a", "MRL2507 MRL2511")]
    [InlineData("{product: windows, category: process_creation}", "Command: a", "MRL2507")]
    [InlineData("{product: windows, category: process_creation}", "'|contains': a", "")]
    [InlineData("{product: windows, category: process_creation}", "EventID: 1", "MRL2508 MRL2509")]
    [InlineData("{product: linux, category: process_creation}", "EventID: 1", "MRL2507")]
    [InlineData("{product: windows, category: ps_script, definition: d}", "Provider_Name: Microsoft-Windows-PowerShell", "MRL2510")]
    [InlineData("{product: windows, category: ps_script}", "Provider_Name|contains: Microsoft-Windows-PowerShell", "")]
    [InlineData("{product: windows, category: ps_script}", "Provider_Name: microsoft-windows-powershell", "")]
    [InlineData("{product: windows, category: process_access}", "Provider_Name: [Other, Microsoft-Windows-Kernel-Audit-API-Calls]", "MRL2510")]
    [InlineData("{product: linux, service: auditd}", "a1: x", "")]
    [InlineData("{product: aws, service: cloudtrail}", "anything.at-all: x", "")]
    public void A_field_is_checked_against_its_log_source(string source, string field, string ids)
    {
        var expected = string.Join(' ', ids.Split(' ').Distinct());
        Assert.Equal(ids, Ids($"logsource: {source}\ndetection:\n  a:\n    {field}\n  condition: a\n", "MRL25"));
        Assert.Equal(expected, string.Join(' ', Ids($"logsource: {source}\ndetection:\n  a:\n    - keyword\n    - {field}\n  condition: a\n", "MRL25").Split(' ').Distinct()));
        // Filters and correlations have their own ways with fields; what is left are typing errors of the log source itself.
        Assert.DoesNotContain("MRL250", Ids($"logsource: {source}\nfilter:\n  rules: any\n  a:\n    {field}\n  condition: not a\n", "MRL25"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{a: x, condition: 1 of them}", "a", true)]
    [InlineData("{a: x, condition: \"not  all of them\"}", "not  a", true)]
    [InlineData("{selection_a: x, selection_b: x, condition: all of them}", "all of selection*", true)]
    [InlineData("{a: x, b: x, condition: b or 1 of a}", "b or a", true)]
    [InlineData("{a: x, ab: x, condition: ab or 1 of a}", "ab or a", false)]
    [InlineData("{ab: x, condition: all of a}", "all of a*", false)]
    [InlineData("{a_1: x, condition: not (1 of a_*)}", "not (a_1)", true)]
    public void A_selector_is_mended(string detection, string condition, bool isSafe)
    {
        var yaml = $"title: t\nlogsource: {{product: p, service: s}}\ndetection: {detection}\n";
        var fix = Find(yaml).Select(finding => finding.Fix).OfType<Fix>().First();
        Assert.Equal(isSafe, fix.IsSafe);
        Assert.Contains($"condition: {condition}}}", Apply(yaml, fix).Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{product: windows, category: process_creation}", "commandline|contains: x", "CommandLine|contains: x")]
    [InlineData("{product: windows, category: process_creation}", "'ParentImgae': x", "'ParentImage': x")]
    [InlineData("{product: Windows}", "x: x", "{product: windows}")]
    [InlineData("{product: windows, categroy: process_creation}", "x: x", "{product: windows, category: process_creation}")]
    public void A_name_is_mended_and_somebody_looks(string source, string field, string mended)
    {
        var yaml = $"title: t\nlogsource: {source}\ndetection:\n  a:\n    {field}\n  condition: a\n";
        var fix = Find(yaml).Select(finding => finding.Fix).OfType<Fix>().First();
        Assert.False(fix.IsSafe);
        Assert.Contains(mended, Apply(yaml, fix), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{a b: x, condition: 1 of them}")]
    [InlineData("{'1': x, condition: 1 of them}")]
    [InlineData("{'': x, condition: 1 of them}")]
    [InlineData("{no: x, condition: 1 of no}")]
    [InlineData("{and: x, condition: 1 of them}")]
    public void A_name_that_a_condition_cannot_say_is_put_into_none(string detection) =>
        Assert.All(Find($"title: t\nlogsource: {{product: p, service: s}}\ndetection: {detection}\n"), finding => Assert.Null(finding.Fix));

    [Fact]
    public void What_does_not_stand_in_the_file_as_it_is_gets_no_fix() =>
        Assert.All(Find("title: &t 1 of them\nlogsource: {product: p, service: s}\ndetection: {a: x, condition: *t }\n"), finding => Assert.Null(finding.Fix));

    [Fact]
    public void SigmaHQ_has_what_is_known_of_it()
    {
        var rules = CorpusTests.SigmaHqSet;
        // The findings are of the half of the rules whose condition trees are there too.
        var covered = File.ReadLines(Repository.SharedData("oracles/condition-trees.jsonl")).Select(line => Path.GetFileName(line.Split('"')[3])).ToHashSet();
        var findings = File.ReadLines(Repository.SharedData("oracles/lint-findings.tsv")).Select(line => line.Split('\t')).ToArray();
        foreach (var (issue, id) in Counterparts)
        {
            var known = findings.Where(row => row[1] == issue).Select(row => Path.GetFileName(row[0])).Order(StringComparer.Ordinal);
            var found = LintRules.All.Single(check => check.Info.Id == id).CheckAll(rules, LintRuleTests.Context("19.1")).Select(finding => finding.Span.Path).Distinct().Where(covered.Contains);
            Assert.Equal((id, string.Join(' ', known)), (id, string.Join(' ', found.Order(StringComparer.Ordinal))));
        }
    }

    [Fact]
    public void Unusual_rules_have_what_is_known_of_them()
    {
        foreach (var row in File.ReadLines(Repository.SharedData("oracles/malformed.tsv")).Skip(1).Select(line => line.Split('\t')).Where(row => row[2].StartsWith("('0', '0',", StringComparison.Ordinal)))
        {
            var rules = RuleSet.Of([SigmaFile.Parse("f.yml", File.ReadAllBytes(Repository.SharedData($"oracles/malformed/{row[0]}.yml")))]);
            var found = rules.Diagnostics.Concat(Linter.Check(rules, LintRuleTests.Context("19.1"), new() { Preset = Preset.SigmaHq })).Select(finding => finding.Info.Id).ToHashSet();
            // That list seems to come from a run without the taxonomy: it has no word about 'A', which most of these rules search.
            foreach (var (issue, id) in Counterparts.Append(("DanglingConditionIssue", "MRL2103")).Where(pair => pair.Item2 != "MRL2507"))
                Assert.Equal((row[0], id, row[3].Contains(issue, StringComparison.Ordinal)), (row[0], id, found.Contains(id)));
        }
    }

    [Fact]
    public void SigmaHQ_has_nothing_that_is_broken()
    {
        var rules = CorpusTests.SigmaHqSet;
        foreach (var id in new[] { "MRL2104", "MRL2112", "MRL2502", "MRL2511", "MRL2512" })
            Assert.Equal("", LintRuleTests.Lines(LintRules.All.Single(check => check.Info.Id == id).CheckAll(rules, LintRuleTests.Context("19.1"))));
    }

    [Fact]
    public void The_taxonomy_is_whole()
    {
        var known = Taxonomy.Find(new(Text("process_creation"), Text("windows"), null))!; // is there
        Assert.Contains("CommandLine", known.Fields.AsEnumerable());
        Assert.Equal("category: process_creation, product: windows", $"{known}");
        Assert.Equal(["registry_add", "registry_delete", "registry_event"], Taxonomy.CategoriesOf("sysmon", 12));
        Assert.Empty(Taxonomy.CategoriesOf("security", 1));
        Assert.Null(Taxonomy.Find(new(Text("process_creation"), null, null)));
    }

    private static SigmaText Text(string value) => new(value, default);

    private static IEnumerable<Diagnostic> Find(string yaml)
    {
        var rules = RuleSet.Of([SigmaFile.Parse("f.yml", Encoding.UTF8.GetBytes(yaml))]);
        return rules.Diagnostics.Concat(Linter.Check(rules, LintRuleTests.Context("19.1"), new() { Preset = Preset.Strict }))
            .Where(finding => finding.Info.Id.StartsWith("MRL21", StringComparison.Ordinal) || finding.Info.Id.StartsWith("MRL25", StringComparison.Ordinal));
    }

    private static string Ids(string yaml, string area) => string.Join(' ', Find("title: t\n" + yaml).Select(finding => finding.Info.Id).Where(id => id.StartsWith(area, StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    private static string Apply(string yaml, Fix fix)
    {
        var lines = yaml.Split('\n');
        foreach (var (span, text) in fix.Edits)
            lines[span.Line - 1] = lines[span.Line - 1][..(span.Column - 1)] + text + lines[span.Line - 1][(span.EndColumn - 1)..];
        return string.Join('\n', lines);
    }
}
