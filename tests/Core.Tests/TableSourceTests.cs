using Merlon.Core.Sources;
using Merlon.Core.Sources.Tables;
using Xunit;

namespace Merlon.Core.Tests;

public class TableSourceTests
{
    [Fact]
    public void Rows_become_rules()
    {
        var set = Tables.Set("csv", """
            name: Rule name
            id: key
            techniques: [MITRE, Other?]
            tactics: Tactic
            status: { from: State, values: { stable: [prod, Production], test: beta } }
            state: Enabled
            severity: { from: Severity, values: { critical: [P1] } }
            description: Text
            dataSources: Log
            products: { from: OS, values: { windows: [Win, Windows], linux: Linux } }
            tests: Tests
            release: Version
            query: Query
            """, """
            Rule Name;key;MITRE;Tactic;State;Enabled;Severity;Text;Log;OS;Tests;Version;Query
            One;1;T1059.001, T1003;Execution|Credential Access;PROD;yes;P1;see 5E4A5F0B-0C1F-4C6E-8D7A-1F0E2B3C4D5E;Sysmon;Windows;2536dee2-12fb-459a-8c37-971844fa73be;v13.1;a = 1
            "Two ""b"" x";2;"T1055,
            T9999.1";;odd;0;high;;;Solaris;;18;
            Three;3;;;;maybe;severe;;;;;x;
            """);
        Assert.Equal("""
            2:1 One [T1059.001@2:7-16, T1003@2:18-23, execution@2:24-33, credential-access@2:34-51]
            3:1 Two "b" x [T1055@3:17-9, T9999.1!@3:17-9]
            5:1 Three []
            """.ReplaceLineEndings("\n"), Tables.Rules(set));
        var (one, two) = (set.Rules[0], set.Rules[1]);
        Assert.Equal(("1", "stable", "critical", RuleState.Deployed, "13.1"), (one.Id, one.Status, one.SigmaLevel, one.State, one.Release));
        Assert.Equal("Sysmon/windows/5e4a5f0b-0c1f-4c6e-8d7a-1f0e2b3c4d5e/2536dee2-12fb-459a-8c37-971844fa73be", string.Join('/', one.DataSources.Concat(one.Products).Concat(one.Mentions).Concat(one.OwnTests.Select(test => $"{test.Guid}"))));
        Assert.Equal(64, one.QueryHash!.Length);
        Assert.Equal(("odd", "high", RuleState.Disabled, "18", null, 0), (two.Status, two.SigmaLevel, two.State, two.Release, two.QueryHash, two.Products.Length));
        Assert.Equal("""
            a.txt:5:12 MRL1103 'maybe' does not say whether the rule runs; give it to 'deployed' or 'disabled' with 'values'
            a.txt:5:18 MRL1103 'severe' is no severity; give it to one of informational, low, medium, high or critical with 'values'
            a.txt:5:29 MRL1103 'x' is no release of ATT&CK such as 18.1; the entry's own counts
            """.ReplaceLineEndings("\n"), Tables.Show(set.Diagnostics));
    }

    [Fact]
    public void A_column_that_is_not_there_is_an_error_with_the_nearest_one()
    {
        var set = Tables.Set("csv", "name: name\ntechniques: technique\nstatus: staus\nseverity: severity?\n", "name,technique,status\na,T1003,stable\n");
        Assert.Equal("a.txt:1:1 MRL1131 there is no column 'staus', which the map names; did you mean 'status'?", Tables.Show(set.Diagnostics));
        Assert.Single(set.Rules);
    }

    [Fact]
    public void A_path_that_no_file_has_is_an_error_and_one_that_some_have_is_none()
    {
        const string Map = "name: name\ntechniques: tags\nstatus: staus\nseverity: level?\n";
        var set = Tables.Set("yaml", Map, "name: a\ntags: [T1003]\nstatus: test\n", "name: b\n");
        Assert.Equal("map.yml:3:9 MRL1131 no record of siem has anything at 'staus'; did you mean 'status'; or write 'staus?', if it may be absent", Tables.Show(set.Diagnostics));
        Assert.Equal("1:1 a [T1003@2:8-13]\n1:1 b []", Tables.Rules(set));
    }

    [Fact]
    public void Techniques_that_an_expression_never_finds_are_an_error() =>
        Assert.Equal("map.yml:2:1 MRL1131 no rule of siem has anything that techniques match; correct the expression",
            Tables.Show(Tables.Set("json", "name: n\ntechniques: { from: t, match: 'attack\\.(.*)' }\n", """[{"n":"a","t":"T1003"}]""").Diagnostics));

    [Fact]
    public void Records_of_json_lie_where_the_map_says()
    {
        var set = Tables.Set("json", """
            records: data.rules[]
            where: { kind: [rule], "meta[\"a.b\"]": "^x" }
            name: title
            techniques: threat[].technique[].id
            subtechniques: threat[].technique[].sub[].id?
            tactics: threat[].tactic
            """, """
            {"data":{"rules":[
            {"kind":"rule","meta":{"a.b":"x1"},"title":"One","threat":[{"tactic":"TA0002","technique":[{"id":"T1059","sub":[{"id":"T1059.001"}]},{"id":"T1003"}]}]},
            {"kind":"Rule","meta":{"a.b":"y"},"title":"Two","threat":[]},
            {"kind":"macro","meta":{"a.b":"x"},"title":"Three"},
            {"kind":"RULE","meta":{"a.b":"xx"},"title":"Four","threat":[{"technique":{"id":5}}]}]}}
            """);
        Assert.Equal("2:1 One [execution@2:71-77, (T1059)@2:99-104, T1059.001@2:120-129, T1003@2:141-146]\n5:1 Four [5!@5:80-81]", Tables.Rules(set));
        Assert.Equal("", Tables.Show(set.Diagnostics));
    }

    [Fact]
    public void Lines_of_json_and_documents_of_yaml_are_records()
    {
        Assert.Equal("1:1 a [T1003@1:16-21]\n2:1 b [T1055@2:16-21]", Tables.Rules(Tables.Set("json", "name: n\ntechniques: t\n", "{\"n\":\"a\",\"t\":[\"T1003\"]}\n{\"n\":\"b\",\"t\": \"T1055\"}\n")));
        Assert.Equal("1:1 a [T1003@2:4-9]\n4:3 b [T1055@5:7-12]\n6:3 c [T1003@6:15-20]", Tables.Rules(Tables.Set("yaml", "name: n\ntechniques: t\n", "n: a\nt: T1003\n---\n- n: b\n  t: \"T1055\"\n- {n: c, t: [ T1003 ]}\n")));
    }

    [Fact]
    public void Pieces_of_a_text_are_records()
    {
        var set = Tables.Set("text", """
            records: '^rule (?<name>\w+)(?<rest>[^\n]*)$'
            name: name
            techniques: { match: 'attack=(\S+)' }
            status: { from: rest, match: 'status=(?<id>\w+)' }
            """, "rule é1 attack=T1003 status=test\n# rule two attack=T1055\nrule two attack=T1055/001 attack=T15\r\n");
        Assert.Equal("1:1 é1 [T1003@1:16-21]\n3:1 two [T1055.001@3:17-26, T15!@3:34-37]", Tables.Rules(set));
        Assert.Equal("test", set.Rules[0].Status);
    }

    [Fact]
    public void A_number_of_rules_stands_for_as_many_without_names()
    {
        var set = Tables.Set("csv", "techniques: t\ncount: n\n", "t,n\nT1003,2\nT1055,0\nT1059,1001\nT1047,-1\nT1012,\n");
        Assert.Equal((2 + 1000, true, "T1003 (1 of 2)", "T1059 (1000 of 1001)"), (set.Rules.Length, set.Rules.All(rule => rule.IsUnnamed), set.Rules[0].Title, set.Rules[^1].Title));
        Assert.Equal("""
            a.txt:4:7 MRL1103 '1001' is more rules than one record may stand for; 1000 count
            a.txt:5:7 MRL1102 '-1' is no number of rules; write a whole one
            a.txt:6:1 MRL1102 this record has no number at 'n'; write how many rules it stands for
            """.ReplaceLineEndings("\n"), Tables.Show(set.Diagnostics));
        Assert.Equal(1000, Tables.Set("csv", "techniques: t\ncount: n\n", "t,n\nT1059,1000\n").Rules.Length);
    }

    [Fact]
    public void A_record_without_a_name_costs_itself_and_names_leave_others_out_unsaid()
    {
        const string Rows = "name,t,severity\na,T1003,low\n,T1055,odd\nb,T1055,odd\n";
        var all = Tables.Set("csv", "name: name\ntechniques: t\nseverity: severity\n", Rows);
        Assert.Equal("2:1 a [T1003@2:3-8]\n4:1 b [T1055@4:3-8]", Tables.Rules(all));
        Assert.Equal("MRL1102@3 MRL1103@4", string.Join(' ', all.Diagnostics.Select(found => $"{found.Info.Id}@{found.Span.Line}")));
        var some = RuleSet.Of([Tables.File(Tables.Source("csv", "name: name\ntechniques: t\nseverity: severity\n", names: "^a"), "name,t,severity\na,T1003,low\nb,T1055,odd\n")]);
        Assert.Equal(("2:1 a [T1003@2:3-8]", ""), (Tables.Rules(some), Tables.Show(some.Diagnostics)));
    }

    [Fact]
    public void Ids_in_names_count_only_where_the_entry_says_so()
    {
        const string Map = "name: name\ntechniques: t\n";
        const string Rows = "name,t\nDump T1003.001 of lsass,\nT1055 injection,T1059\n";
        Assert.Equal("2:1 Dump T1003.001 of lsass []\n3:1 T1055 injection [T1059@3:17-22]", Tables.Rules(Tables.Set("csv", Map, Rows)));
        var loose = RuleSet.Of([Tables.File(Tables.Source("csv", Map, idsInNames: true), Rows)]);
        Assert.Equal("2:1 Dump T1003.001 of lsass [T1003.001@2:6-15]\n3:1 T1055 injection [T1059@3:17-22]", Tables.Rules(loose));
    }

    [Theory]
    [InlineData("csv", "name,t\na,T1003\nb,\"T10", "MRL1101 3:3", 1)]
    [InlineData("json", "[{\"name\":\"a\",\"t\":\"T1003\"},{", "MRL1101 1:28", 1)]
    [InlineData("json", "{\"name\":\"a\",\"t\":\"T1003\"}\n{\n{\"name\":\"b\",\"t\":1}", "MRL1102 3:1", 2)]
    [InlineData("yaml", "name: a\nt: T1003\n---\nname: [", "MRL1001 4:8", 1)]
    [InlineData("yaml", "name: a\nt: {x: T1003}\n", "MRL1103 2:4", 1)]
    public void What_is_lost_of_a_file_is_said(string format, string content, string expected, int rules)
    {
        var file = Tables.File(Tables.Source(format, "name: name\ntechniques: t\n"), content);
        Assert.Equal(expected, string.Join(' ', file.Diagnostics.Select(found => $"{found.Info.Id} {found.Span.Line}:{found.Span.Column}")));
        Assert.Equal((rules, expected[..7] is "MRL1102" or "MRL1103"), (file.Rules.Length, file.IsWhole));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_told()
    {
        var rows = Tables.File(Tables.Source("csv", "name: name\ntechniques: t\n"), new MemoryStream([.. "name,t\na"u8, 0xE9, .. ",T1003\nb,T1055\n"u8]));
        Assert.Equal("MRL1102 2", string.Join(' ', rows.Diagnostics.Select(found => $"{found.Info.Id} {found.Span.Line}")));
        Assert.Equal(("b", true), (Assert.Single(rows.Rules).Title, rows.IsWhole));
        var text = Tables.File(Tables.Source("text", "records: '^(?<name>.+)$'\nname: name\ntechniques: name\n"), new MemoryStream([0x61, 0xE9]));
        Assert.False(text.IsWhole);
    }

    [Fact]
    public void Hostile_files_end_with_findings()
    {
        foreach (var hostile in new[] { "", "\0", new string('\0', 100_000), new string('[', 100_000), new string(',', 100_000), "\"", "{", "name,t\n" + new string('\n', 100_000), "\uFEFF", "name: \u001b[31m\n", string.Concat(Enumerable.Repeat("rule ", 100_000)) })
            foreach (var format in new[] { "csv", "json", "yaml", "text" })
            {
                var source = Tables.Source(format, (format == "text" ? "records: '^rule (?<name>.*) (?<t>.*)$'\n" : "") + "name: name\ntechniques: t\n");
                Assert.InRange(RuleSet.Of([Tables.File(source, hostile)]).Diagnostics.Length, 0, 1001);
            }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_file_has_as_many_records_as_it_may_and_no_more(int beyond)
    {
        using Repeated content = new("n,t\n"u8.ToArray(), "a,T1003\n"u8.ToArray(), TableSource.MaxRecords + beyond, []);
        var file = Tables.File(Tables.Source("csv", "name: n\ntechniques: t\n"), content);
        Assert.Equal((TableSource.MaxRecords, beyond == 0, beyond), (file.Rules.Length, file.IsWhole, file.Diagnostics.Length));
    }
}
