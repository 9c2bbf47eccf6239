using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Checks of files together, of correlations and of filters, where the fixtures leave a question open.</summary>
public class AcrossFilesTests
{
    private const string Id = "5b1e0f5c-0a3f-4c0e-9a52-6a1d3f0f7c11";
    private const string Other = "c9a2d1f4-63c7-4d3f-8c55-0e7b8f6f2a22";
    private const string Detection = "detection: { a: { f: v }, condition: a }\n";
    private const string Rule = "title: t\nstatus: test\ntags: [attack.t1110]\nlevel: high\nlogsource: { product: windows, service: security }\n" + Detection;

    private static readonly string[] Areas = ["MRL26", "MRL27", "MRL28"];

    [Fact]
    public void SigmaHQ_cites_rules_of_its_other_folders_has_two_odd_file_names_and_is_clean_otherwise()
    {
        var findings = Linter.Check(CorpusTests.SigmaHqSet, LintRuleTests.Context("19.1"), new() { Preset = Preset.Strict }).Where(IsOurs).ToArray();
        // An id under 'related' that stands at the head of none of the files: counted by another program over the text.
        Assert.Equal(235, findings.Count(finding => finding.Info.Id == "MRL2608"));
        Assert.Equal(
            ["MRL2606 win_appxpackaging_server_full_trust_package_installation.yml", "MRL2606 win_appxpackaging_server_unsigned_package_installation.yml"],
            findings.Where(finding => finding.Info.Id != "MRL2608").Select(finding => $"{finding.Info.Id} {finding.Span.Path}"));
    }

    [Theory]
    [InlineData($"id: {Id}", $"id: {Id}", true)]
    [InlineData($"id: {Id}", "id: '{5B1E0F5C-0A3F-4C0E-9A52-6A1D3F0F7C11}'", true)]
    [InlineData($"id: {Id}", "id: 5b1e0f5c0a3f4c0e9a526a1d3f0f7c11", true)]
    [InlineData($"id: {Id}", "id: urn:uuid:5b1e0f5c-0a3f-4c0e-9a52-6a1d3f0f7c11", true)]
    [InlineData($"id: {Id}", $"id: {Other}", false)]
    [InlineData("a: b", "a: b", false)]
    public void Ids_are_compared_as_UUIDs(string one, string two, bool same) =>
        Assert.Equal(same ? ["MRL2601 a.yml:1", "MRL2601 b.yml:1"] : [], Places(Check(("a.yml", $"{one}\n{Rule}"), ("b.yml", $"{two}\n{Rule}")), "MRL2601"));

    [Fact]
    public void Documents_of_one_template_share_its_id_and_title()
    {
        var findings = Check(("a.yml", $"action: global\ntitle: t\nid: {Id}\nlogsource: {{ product: windows }}\n---\n{Detection}---\n{Detection}"));
        Assert.Equal(["MRL2601 a.yml:3", "MRL2602 a.yml:2"], Places(findings, "MRL2601", "MRL2602"));
        Assert.Contains(findings, finding => finding.Message.Contains("every document under this template", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("title: t", "title: t", true)]
    [InlineData("title: t", "title: T", false)]
    [InlineData("title: t", "title: 't'", true)]
    [InlineData("id: x", "id: y", false)]
    public void Titles_are_compared_as_written(string one, string two, bool same)
    {
        var rest = Rule.Replace("title: t\n", "", StringComparison.Ordinal);
        Assert.Equal(same ? ["MRL2602 a.yml:1", "MRL2602 b.yml:1"] : [], Places(Check(("a.yml", $"{one}\n{rest}"), ("b.yml", $"{two}\n{rest}")), "MRL2602"));
    }

    [Fact]
    public void Filters_are_left_out_of_what_names_and_files_are_compared_by()
    {
        var filter = $"title: t\nid: {Id}\nlogsource: {{ product: windows }}\nfilter: {{ rules: any, a: {{ f: v }}, condition: not a }}\n";
        // But nobody can tell which of the two an id means.
        Assert.Equal(["MRL2609 b/x.yml:2"], Places(Check(("a/x.yml", $"id: {Id}\n{Rule}"), ("b/x.yml", filter)), "MRL2601", "MRL2602", "MRL2603", "MRL2604", "MRL2605", "MRL2609")
            .Where(place => place.Contains(" b/", StringComparison.Ordinal)));
    }

    [Fact]
    public void One_file_of_many_documents_has_its_name_for_itself() =>
        Assert.Empty(Places(Check(("a/rule_of_two.yml", $"{Rule}---\n{Rule}")), "MRL2603"));

    [Theory]
    [InlineData("rules/a_234567890.yml", false, false)]
    [InlineData("rules/a_2345.yml", false, true)]
    [InlineData("a_234.yml", true, true)]
    [InlineData("rules/aB_34567890.yml", false, true)]
    [InlineData("rules/a-_34567890.yml", false, true)]
    [InlineData("rules/a2345678901.yml", false, true)]
    [InlineData("rules/a_234567890.yaml", false, true)]
    [InlineData("rules/a_234567890.yml.yml", false, false)]
    [InlineData("rules/äöü_äöü.yml", false, true)]
    public void A_file_name_has_a_length_and_a_form(string path, bool isOfUnusualLength, bool isUnconventional)
    {
        var findings = Check((path, Rule));
        Assert.Equal((isOfUnusualLength, isUnconventional), (Has(findings, "MRL2604"), Has(findings, "MRL2605")));
    }

    [Theory]
    [InlineData(77, false, false)]
    [InlineData(86, false, false)]
    [InlineData(87, true, false)]
    [InlineData(90, true, false)]
    [InlineData(91, true, true)]
    public void The_convention_counts_without_the_extension(int stem, bool isOfUnusualLength, bool isUnconventional) =>
        A_file_name_has_a_length_and_a_form($"a_{new string('x', stem - 2)}.yml", isOfUnusualLength, isUnconventional);

    [Theory]
    [InlineData("product: windows, category: process_creation", "proc_creation_win_a.yml", null)]
    [InlineData("product: windows, category: process_creation", "win_security_a.yml", "proc_creation_win_")]
    [InlineData("product: windows, category: nobody_has_it", "proc_creation_win_a.yml", "win_")]
    [InlineData("product: linux, service: auditd", "lnx_auditd_a.yml", null)]
    [InlineData("category: antivirus", "antivirus_a.yml", "av_")]
    [InlineData("category: antivirus, product: nobody", "antivirus_a.yml", null)]
    [InlineData("product: Windows", "a.yml", null)]
    public void A_file_name_begins_with_its_log_source(string source, string path, string? prefix) => Assert.Equal(prefix is null ? [] : [$"'{path}' holds a rule of"],
        Check((path, $"title: t\nlogsource: {{ {source} }}\n{Detection}")).Where(finding => finding.Info.Id == "MRL2606" && finding.Message.EndsWith($"'{prefix}'", StringComparison.Ordinal)).Select(finding => finding.Message[..(finding.Message.IndexOf(" of", StringComparison.Ordinal) + 3)]));

    [Theory]
    [InlineData("a: { f: [x, y] }, b: { g: 1 }, condition: a and b", "c: { g: '1' }, d: { f: [y, x, y] }, condition: all of them", true)]
    [InlineData("a: { f: x }, condition: a", "a: { f: [x] }, condition: 1 of a*", true)]
    [InlineData("a: { f: x }, condition: a", "a: { f: X }, condition: a", false)]
    [InlineData("a: { f: x }, condition: a", "a: { f|contains: x }, condition: a", false)]
    [InlineData("a: { f: x }, b: { f: y }, condition: a or b", "a: { f: x }, b: { f: y }, condition: a and b", false)]
    [InlineData("a: { f: x }, b: { f: y }, condition: a and not b", "a: { f: x }, b: { f: y }, condition: not a and b", false)]
    [InlineData("a: { f: null }, condition: a", "a: { f: 'null' }, condition: a", false)]
    [InlineData("a: { f: x }, condition: a, timeframe: 5m", "a: { f: x }, condition: a", false)]
    public void Detections_are_compared_by_what_they_look_for(string one, string two, bool same)
    {
        var rule = Rule.Replace(Detection, "", StringComparison.Ordinal);
        var findings = Check(("a.yml", $"{rule}detection: {{ {one} }}\n"), ("b.yml", $"{rule}detection: {{ {two} }}\n"));
        Assert.Equal(same, Has(findings, "MRL2610"));
        Assert.Empty(Places(Check(("a.yml", $"{rule}detection: {{ {one} }}\n"), ("b.yml", $"{rule.Replace("security", "system", StringComparison.Ordinal)}detection: {{ {two} }}\n")), "MRL2610"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("type: value_count", "8:2 condition names no field, which value_count requires")]
    [InlineData("type: [temporal]", "4:8 type is a list")]
    [InlineData("condition: { gt: 5, lte: 10 }", "")]
    [InlineData("condition: { gte: 5, lte: 5 }", "")]
    [InlineData("condition: { gt: 5, gte: 10 }", "8:22 'gt' or 'gte': only one")]
    [InlineData("condition: { eq: 5, lt: 10 }", "8:22 'eq' or 'lt': only one")]
    [InlineData("condition: { gt: 10, lt: 5 }", "8:23 no number is both gt 10 and lt 5")]
    [InlineData("condition: { min: 5 }", "8:15 'min' is not an operator")]
    [InlineData("condition: { gte: many }", "8:20 gte is 'many'; write a number")]
    [InlineData("condition: { gte: .inf }", "8:20 gte is '.inf'; write a number")]
    [InlineData("condition: { gte: '5' }", "")]
    [InlineData("condition: { }", "8:2 condition compares with nothing")]
    [InlineData("condition: a", "8:13 condition is 'a'; write a map")]
    [InlineData("condition: [1]", "8:13 condition is a list")]
    [InlineData("condition:", "3:1 correlation has no condition, which event_count requires")]
    [InlineData("timespan: 0m", "7:12 '0m' is no time at all")]
    [InlineData("timespan: 90", "7:12 '90' is not a timespan")]
    [InlineData("timespan: 5M", "")]
    [InlineData("timespan: 99999999999d", "7:12 '99999999999d' is not a timespan")]
    [InlineData("timespan: 999999999y", "7:12 '999999999y' is not a timespan")]
    [InlineData("timespan: [5m]", "7:12 timespan is a list")]
    [InlineData("timespan:", "3:1 correlation has no timespan")]
    [InlineData("rules: { a: b }", "5:9 rules is a map; write a list")]
    [InlineData("rules: [a, [b]]", "5:13 an item of rules is a list")]
    [InlineData("rules: a", "")]
    [InlineData("group-by: u", "")]
    [InlineData("group-by: { u: v }", "6:12 group-by is a map")]
    [InlineData("aliases: [x]", "9:11 aliases is a list")]
    [InlineData("aliases: { u: y }", "9:16 alias 'u' is a single value")]
    [InlineData("aliases: { u: { a: [y] } }", "9:21 the field of 'a' is a list")]
    [InlineData("type: temporal\ncondition: a", "")]
    [InlineData("type: temporal\ncondition: a and b", "8:19 'b' is not among the rules of this correlation; did you mean 'a'?")]
    [InlineData("type: temporal\ncondition: 1 of them", "5:10 'a' is listed but")]
    [InlineData("type: temporal\ncondition: a and", "8:15 condition ends where")]
    [InlineData("type: temporal\ncondition:", "")]
    public void Each_defect_of_a_correlation_is_reported_where_it_stands(string changes, string expected)
    {
        Dictionary<string, string> parts = new() { ["type"] = "event_count", ["rules"] = "[a]", ["group-by"] = "[u]", ["timespan"] = "5m", ["condition"] = "{ gte: 5 }", ["aliases"] = "" };
        foreach (var change in changes.Split('\n').Where(change => change.Length > 0))
            parts[change.Split(':')[0]] = change[(change.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        var rules = Read(("b.yml", $"title: t\ntags: [attack.t1110]\ncorrelation:\n{string.Concat(parts.Select(part => $" {part.Key}: {part.Value}\n"))}"), ("a.yml", $"name: a\n{Rule}"));
        var finding = rules.Diagnostics.InReportOrder().FirstOrDefault();
        Assert.StartsWith(expected, finding is null ? "" : $"{finding.Span.Line}:{finding.Span.Column} {finding.Message}", StringComparison.Ordinal);
        Assert.Equal(expected.Length == 0, finding is null);
        Assert.Equal(finding is null, rules.Documents[0].IsValid);
    }

    [Theory]
    [InlineData("maybe", "write true or false")]
    [InlineData("false", null)]
    [InlineData("", null)]
    public void Generate_is_a_truth_value(string value, string? message) => Assert.Equal(message,
        Read(("a.yml", $"title: t\ngenerate: {value}\ncorrelation: {{ type: event_count, rules: [a], group-by: [u], timespan: 5m, condition: {{ gte: 5 }} }}\n---\nname: a\n{Rule}")).Diagnostics.SingleOrDefault()?.Message.Split("; ")[^1]);

    [Fact]
    public void A_key_that_correlations_do_not_have_is_a_warning_and_leaves_them_valid()
    {
        var rules = Read(("a.yml", $"title: t\ncorrelation: {{ type: event_count, rules: [a], groupby: [u], timespan: 5m, condition: {{ gte: 5 }} }}\n---\nname: a\n{Rule}"));
        Assert.Equal("a.yml:2:47: warning MRL2701: 'groupby' is not a key of a correlation; did you mean 'group-by'?\n", LintRuleTests.Lines(rules.Diagnostics));
        Assert.True(rules.Documents[0].IsValid);
    }

    [Fact]
    public void The_parts_of_a_correlation_are_read()
    {
        var correlation = Read(("a.yml", $"title: t\ngenerate: true\ncorrelation: {{ type: value_count, rules: [a], group-by: [u], timespan: 90m, condition: {{ gt: 1, lte: 2.5, field: f }}, aliases: {{ u: {{ a: x }} }} }}\n---\nname: a\n{Rule}")).Documents[0].Correlation!;
        Assert.Equal(("value_count", "a", "u", TimeSpan.FromMinutes(90), true), (correlation.Type!.Value, correlation.Rules.Single().Value, correlation.GroupBy.Single().Value, correlation.Timespan!.Length, correlation.Generates));
        Assert.Equal([("gt", 1), ("lte", 2.5)], correlation.Condition!.Bounds.Select(bound => (bound.Operator.Value, bound.Value)));
        Assert.Equal(("f", "u", "a", "x"), (correlation.Condition.Fields.Single().Value, correlation.Aliases[0].Name.Value, correlation.Aliases[0].Fields[0].Rule.Value, correlation.Aliases[0].Fields[0].Field.Value));
    }

    [Theory]
    [InlineData("a base base a", "a")]
    [InlineData("b a base a", "a b")]
    [InlineData("b c a a", "a b c")]
    [InlineData("b c base a", "")]
    public void Correlations_that_read_each_other_in_a_circle_fail(string reads, string circling)
    {
        var text = string.Concat("abcd".Zip(reads.Split(' '), (name, read) =>
            $"---\ntitle: {name}\nname: {name}\ncorrelation: {{ type: event_count, rules: [base, {read}], group-by: [u], timespan: 5m, condition: {{ gte: 5 }} }}\n"));
        var rules = Read(("x.yml", $"name: base\n{Rule}{text}"));
        Assert.Equal(circling, string.Join(' ', rules.Rules.Where(rule => rule.Defect is not null).Select(rule => rule.Title)));
        Assert.Equal(circling.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, rules.Diagnostics.Count(finding => finding.Info.Id == "MRL2703"));
    }

    [Theory]
    [InlineData("type: temporal, rules: [a]", true, true)]
    [InlineData("type: temporal, rules: a, group-by: u", true, false)]
    [InlineData("type: TEMPORAL, rules: [a], group-by: []", true, true)]
    [InlineData("type: temporal_ordered, rules: [a, a], group-by: [u]", false, false)]
    [InlineData("type: event_count, rules: [a], condition: { gte: 1 }", false, true)]
    [InlineData("type: value_sum, rules: [a], condition: { gte: 1, field: f }", false, false)]
    [InlineData("type: value_count, rules: [a], group-by: '', condition: { gte: 1, field: f }", false, false)]
    public void Temporal_types_need_two_rules_and_most_types_a_grouping(string correlation, bool isAlone, bool isUngrouped)
    {
        var findings = Check(("a.yml", $"title: t\ncorrelation: {{ {correlation}, timespan: 5m }}\n---\nname: a\n{Rule}"));
        Assert.Equal((isAlone, isUngrouped), (Has(findings, "MRL2705"), Has(findings, "MRL2706")));
    }

    [Fact]
    public void A_correlation_that_other_correlations_read_needs_no_tags()
    {
        var counted = "title: c\nname: c\ncorrelation: { type: event_count, rules: [a], group-by: [u], timespan: 5m, condition: { gte: 5 } }\n";
        Assert.Equal(["MRL2707 b.yml:1"], Places(Check(("a.yml", $"name: a\n{Rule}"), ("b.yml", counted)), "MRL2707"));
        Assert.Equal([], Places(Check(("a.yml", $"name: a\n{Rule}"), ("b.yml", counted), ("d.yml", counted.Replace("[a]", "[c]", StringComparison.Ordinal).Replace(": c\n", ": d\n", StringComparison.Ordinal))), "MRL2707"));
    }

    [Theory]
    [InlineData("not a", null)]
    [InlineData("b and not a", null)]
    [InlineData("a", "condition: not a")]
    [InlineData("'a or b'", "condition: 'not (a or b)'")]
    [InlineData("\"1 of them\"", "condition: \"not 1 of them\"")]
    [InlineData("[a, b]", "condition: [a, b]")]
    [InlineData(">-\n    a\n    or b", "condition: >-\n    a\n    or b")]
    public void A_filter_is_negated(string condition, string? fixedTo)
    {
        var text = $"title: t\nlogsource: {{ product: windows }}\nfilter:\n  rules: any\n  a: {{ f: v }}\n  b: {{ f: w }}\n  condition: {condition}\n";
        var findings = Check(("a.yml", text), ("b.yml", Rule)).Where(finding => finding.Info.Id == "MRL2802").ToArray();
        Assert.Equal(fixedTo is null, findings.Length == 0);
        if (fixedTo is not null)
            Assert.EndsWith($"  {fixedTo}\n", Fixed(text, findings[0].Fix), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("product: windows", "any", "b.yml", null)]
    [InlineData("product: linux", "any", "b.yml", "no rule that is read here has log source linux")]
    [InlineData("product: windows, service: security", "[n]", "b.yml", null)]
    [InlineData("product: windows, category: process_creation", "[n]", "b.yml", "'n' is a rule of windows/security, which")]
    [InlineData("product: linux", "[nobody]", "b.yml", null)]
    [InlineData("product: linux", "ALL", "b.yml", "no rule that is read here has log source linux")]
    public void A_filter_applies_where_its_log_source_covers_the_rules(string source, string rules, string path, string? message)
    {
        var findings = Check(("a.yml", $"title: t\nlogsource: {{ {source} }}\nfilter: {{ rules: {rules}, a: {{ f: v }}, condition: not a }}\n"), (path, $"name: n\n{Rule}"));
        Assert.StartsWith(message ?? "", findings.SingleOrDefault(finding => finding.Info.Id == "MRL2804")?.Message ?? "", StringComparison.Ordinal);
        Assert.Equal(message is not null, Has(findings, "MRL2804"));
    }

    [Theory]
    [InlineData("rules: { a: b }", "rules is a map")]
    [InlineData("rules: [[a]]", "an item of rules is a list")]
    [InlineData("rules:", "filter does not say which rules it narrows")]
    [InlineData("rules: []", null)]
    public void The_rules_of_a_filter_are_ids_and_names(string rules, string? message)
    {
        var set = Read(("a.yml", $"title: t\nlogsource: {{ product: windows }}\nfilter:\n  {rules}\n  a: {{ f: v }}\n  condition: not a\n"));
        Assert.StartsWith(message ?? "", set.Diagnostics.SingleOrDefault()?.Message ?? "", StringComparison.Ordinal);
        Assert.Equal(message is null, set.Diagnostics.IsEmpty);
    }

    [Fact]
    public void The_level_of_a_filter_is_removed_with_its_line()
    {
        var text = "title: t\nlevel: low\nlogsource: { product: windows }\nfilter: { rules: any, a: { f: v }, condition: not a }\n";
        var finding = Check(("a.yml", text), ("b.yml", Rule)).Single(finding => finding.Info.Id == "MRL2805");
        Assert.Equal(text.Replace("level: low\n", "", StringComparison.Ordinal), Fixed(text, finding.Fix));
        Assert.True(finding.Fix!.IsSafe);
    }

    [Fact]
    public void A_rule_that_is_listed_twice_is_removed_with_its_line()
    {
        var text = "title: t\ncorrelation:\n  type: event_count\n  rules:\n    - a\n    - a\n  group-by: [u]\n  timespan: 5m\n  condition: { gte: 5 }\n";
        var finding = Check(("a.yml", text), ("b.yml", $"name: a\n{Rule}")).Single(finding => finding.Info.Id == "MRL2709");
        Assert.Equal(text.Replace("    - a\n    - a\n", "    - a\n", StringComparison.Ordinal), Fixed(text, finding.Fix));
    }

    [Fact]
    public void A_filter_is_no_rule_that_can_be_read() => Assert.Equal("correlation names 'f', which is a filter and has no events; name a rule", Read(
        ("a.yml", "title: t\ncorrelation: { type: event_count, rules: [f], group-by: [u], timespan: 5m, condition: { gte: 5 } }\n---\ntitle: u\nname: f\nlogsource: { product: windows }\nfilter: { rules: any, a: { f: v }, condition: not a }\n")).Diagnostics.Single().Message);

    [Theory]
    [InlineData("multi_global", "MRL2601:3 MRL2602:2 MRL2606:1")]
    [InlineData("corr_ok", "MRL2605:1 MRL2607:1 MRL2707:1")]
    [InlineData("corr_range", "MRL2607:1 MRL2707:1")]
    [InlineData("filter_ok", "MRL2803:3 MRL2804:3")]
    [InlineData("action_bad", "MRL2006:1")]
    public void Unusual_files_are_reported_where_they_are_unusual(string file, string expected)
    {
        var rules = RuleSet.Of([SigmaFile.Parse($"{file}.yml", File.ReadAllBytes(Repository.SharedData($"oracles/malformed/{file}.yml")))]);
        var findings = rules.Diagnostics.Concat(Linter.Check(rules, LintRuleTests.Context("19.1"), new() { Preset = Preset.Strict }).Where(IsOurs));
        Assert.Equal(expected, string.Join(' ', findings.OrderBy(finding => finding.Info.Id, StringComparer.Ordinal).Select(finding => $"{finding.Info.Id}:{finding.Span.Line}").Distinct()));
    }

    // The text after a fix; as it was where there is none.
    private static string Fixed(string text, Fix? fix)
    {
        var lines = text.Split('\n');
        foreach (var edit in (fix?.Edits ?? []).OrderByDescending(edit => (edit.Span.Line, edit.Span.Column)))
            text = $"{text[..Offset(edit.Span.Line, edit.Span.Column)]}{edit.NewText}{text[Offset(edit.Span.EndLine, edit.Span.EndColumn)..]}";
        return text;

        int Offset(int line, int column) => lines.Take(line - 1).Sum(before => before.Length + 1) + column - 1;
    }

    private static RuleSet Read(params (string Path, string Text)[] files) => RuleSet.Of([.. files.Select(file => SigmaFile.Parse(file.Path, Encoding.UTF8.GetBytes(file.Text)))]);

    private static Diagnostic[] Check(params (string Path, string Text)[] files)
    {
        var rules = Read(files);
        return [.. rules.Diagnostics.Concat(Linter.Check(rules, LintRuleTests.Context("19.1"), new() { Preset = Preset.Strict })).Where(IsOurs).InReportOrder()];
    }

    private static bool IsOurs(Diagnostic finding) => Areas.Any(area => finding.Info.Id.StartsWith(area, StringComparison.Ordinal));

    private static bool Has(IEnumerable<Diagnostic> findings, string id) => findings.Any(finding => finding.Info.Id == id);

    private static string[] Places(IEnumerable<Diagnostic> findings, params string[] ids) =>
        [.. findings.Where(finding => ids.Contains(finding.Info.Id)).OrderBy(finding => finding.Info.Id, StringComparer.Ordinal).Select(finding => $"{finding.Info.Id} {finding.Span.Path}:{finding.Span.Line}")];
}
