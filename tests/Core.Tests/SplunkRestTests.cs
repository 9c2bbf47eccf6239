using System.Text;
using System.Text.Json;
using CsCheck;
using Merlon.Core.Programs;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

public class SplunkRestTests
{
    private const string Path = "export.json";

    private static RuleSet Read(string text, SearchScope scope = SearchScope.Correlation, string? names = null, bool idsInNames = false) =>
        SplunkScene.Read(SplunkScene.Source("splunk-rest", scope, names, idsInNames), (Path, text));

    private static string Entry(string name, string content) => $$"""{"name": "{{name}}", "acl": {"app": "search", "owner": "ann"}, "content": { {{content}} } }""";

    private static string Answer(params ReadOnlySpan<string> entries) => $$"""{"updated": "2026-09-01T23:30:00-02:00", "entry": [{{string.Join(",\n", entries)}}], "paging": {"total": {{entries.Length}}, "perPage": 30, "offset": 0}, "messages": []}""";

    [Fact]
    public void An_entry_has_all_that_the_answer_says()
    {
        var rules = Read(Answer(Entry("Dump", """
            "search": "index=a\n| where b", "description": "22222222-0000-4000-8000-000000000002", "disabled": false, "is_scheduled": true, "action.correlationsearch.enabled": "1",
            "action.correlationsearch.label": "Dump it", "action.correlationsearch.annotations": "{\"mitre_attack\": [\"T1003.001\"], \"data_source\": [\"AWS CloudTrail\"]}", "alert.severity": 5
            """)));
        var rule = Assert.Single(rules.Rules);
        Assert.Equal("", SplunkScene.Found(rules));
        Assert.Equal(("Dump", "search/ann/Dump", "Dump it", "high", RuleState.Deployed), (rule.Title, rule.Id, rule.Label, rule.SigmaLevel, rule.State));
        Assert.Equal(["aws"], rule.Products);
        Assert.Equal(["22222222-0000-4000-8000-000000000002"], rule.Mentions);
        Assert.Equal(QueryHash.Of("index=a\n| where b"), rule.QueryHash);
        Assert.Equal((1, 62, 66), (rule.Span.Line, rule.Span.Column, rule.Span.EndColumn));
        Assert.Equal(new DateOnly(2026, 9, 2), rules.Read[0].Exported);
    }

    [Theory]
    [InlineData("""{\"mitre_attack\": [\"T1059\", \"T1027\"]}""", "T1059 T1027")]
    [InlineData("""{\"x\": \"\u00e9 \/ \\\\\", \"mitre_attack\":\n \"T1059, T1027\"}""", "T1059 T1027")]
    [InlineData("""{\"mitre_attack\": \"https:\/\/attack.mitre.org\/techniques\/T1021\/\"}""", "T1021")]
    public void Techniques_stand_where_they_are_written(string annotations, string placed)
    {
        var text = Answer(Entry("A", $"""
            "action.correlationsearch.enabled": true,
            "action.correlationsearch.annotations": "{annotations}"
            """));
        var rules = Read(text);
        Assert.Equal("", SplunkScene.Found(rules));
        Assert.Equal($"search/ann/A: {placed}", SplunkScene.Tags(rules));
        Assert.Equal(placed.Replace(' ', '\n'), SplunkScene.Placed(rules, (Path, text)));
    }

    [Fact]
    public void Annotations_may_be_a_map_of_the_answer_itself()
    {
        var text = Answer(Entry("A", "\"action.correlationsearch.annotations\": {\n  \"mitre_attack\": [\n\"t1003\"]}"));
        var rules = Read(text);
        Assert.Equal("search/ann/A: T1003", SplunkScene.Tags(rules));
        Assert.Equal("t1003", SplunkScene.Placed(rules, (Path, text)));
    }

    [Theory]
    [InlineData("1", "1", "Disabled")]
    [InlineData("\"1\"", "\"1\"", "Disabled")]
    [InlineData("true", "true", "Disabled")]
    [InlineData("0", "1", "Deployed")]
    [InlineData("\"0\"", "\"true\"", "Deployed")]
    [InlineData("false", "false", "Available")]
    [InlineData("null", "null", "Available")]
    [InlineData("[]", "1", "Available")]
    public void Truth_values_have_any_type(string disabled, string isScheduled, string state) =>
        Assert.Equal(state, Read(Answer(Entry("A", $"\"action.correlationsearch.enabled\": 1, \"disabled\": {disabled}, \"is_scheduled\": {isScheduled}"))).Rules[0].State.ToString());

    [Fact]
    public void Pages_stand_one_after_another()
    {
        string Page(string name, int offset) => $$"""{"entry": [{{Entry(name, "\"action.correlationsearch.enabled\": 1")}}], "paging": {"total": 2, "perPage": 1, "offset": {{offset}} } }""";
        var rules = Read($"{Page("A", 0)}\n{Page("B", 1)}");
        Assert.Equal("search/ann/A:\nsearch/ann/B:", SplunkScene.Tags(rules));
        Assert.Equal("", SplunkScene.Found(rules));
    }

    [Fact]
    public void A_page_that_is_missing_is_told_and_the_file_is_not_whole()
    {
        var rules = Read($$"""
            {"entry": [{{Entry("A", "\"action.correlationsearch.enabled\": 1")}}, 3],
              "paging": {"total": 31, "perPage": 30} }
            """);
        Assert.Equal("search/ann/A:", SplunkScene.Tags(rules));
        Assert.Equal([Path], rules.Unreadable);
        Assert.Contains($"{Path}:2:23: error MRL1110: only 2 of 31 saved searches are in the file; export them with count=0, or add the other pages", SplunkScene.Found(rules), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_is_told()
    {
        var rules = Read("""{"messages": [{"type": "WARN", "text": "call not properly authenticated"}, {"type": "ERROR", "text": "Unauthorized"}]}""");
        Assert.Equal($"{Path}:1:1: error MRL1101: Splunk answered with an error, 'Unauthorized'; export the searches again", SplunkScene.Found(rules));
        Assert.Equal([Path], rules.Unreadable);
    }

    [Theory]
    [InlineData("""{"messages": [{"type": "ERROR", "te\ud800xt": "Unauthorized"}]}""")]
    [InlineData("""{"\ud800": [], "messages": [{"type": "ERROR", "text": "Unauthorized"}]}""")]
    public void An_answer_with_half_of_a_surrogate_pair_is_unreadable(string answer) => Assert.Equal([Path], Read(answer).Unreadable);

    [Fact]
    public void Entries_that_are_none_are_told_and_the_others_read()
    {
        var rules = Read("""
            {"entry": [
              7,
              {"content": {}},
              {"name": "A"},
              {"name": "B", "content": []},
              {"name": "C", "content": {"action.correlationsearch.enabled": 1}}
            ]}
            """, names: "^[AC]$");
        Assert.Equal("C:", SplunkScene.Tags(rules));
        Assert.Equal($"""
            {Path}:2:3: error MRL1102: an entry is no map; give the answer of Splunk as it is
            {Path}:3:3: error MRL1102: an entry has no name; give the answer of Splunk as it is
            {Path}:4:13: error MRL1102: 'A' has no content, so nothing is known of it; give the answer of Splunk as it is
            """, SplunkScene.Found(rules), ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("{\"entry\": [{\"name\": \"A\", \"content\": {}}")]
    [InlineData("[clean")]
    [InlineData("{\"entries\": []}")]
    [InlineData("")]
    [InlineData("[A]\nsearch = b\n")]
    public void A_file_of_another_form_is_not_whole(string text)
    {
        var rules = Read(text, SearchScope.All);
        Assert.Equal([Path], rules.Unreadable);
        Assert.Contains(rules.Diagnostics, found => found.Info.Id == "MRL1101");
    }

    [Fact]
    public void Any_bytes_are_read_without_an_exception() => Gen.Select(Gen.Int[0, 400], Gen.Int[0, 12], Gen.Byte.Array[0, 3]).Sample((at, length, put) =>
    {
        var bytes = Encoding.UTF8.GetBytes(Answer(Entry("A", """ "disabled": "1", "action.correlationsearch.annotations": "{\"mitre_attack\": [\"T1059\"]}" """), Entry("B", "\"is_scheduled\": 1")));
        at = Math.Min(at, bytes.Length);
        byte[] broken = [.. bytes[..at], .. put, .. bytes[Math.Min(bytes.Length, at + length)..]];
        _ = RuleSet.Of([RuleFiles.Parse(Path, new MemoryStream(broken), SplunkScene.Source("splunk-rest", SearchScope.All, idsInNames: true))]);
    });

    [Fact]
    public void The_fixture_of_OpenCTI_reads_as_its_connector_says()
    {
        var bytes = File.ReadAllBytes(Repository.SharedData("samples/derived/splunk-rest-saved-searches-from-opencti-fixture.json"));
        RuleSet Of(SearchScope scope, bool idsInNames) => RuleSet.Of([RuleFiles.Parse(Path, new MemoryStream(bytes), SplunkScene.Source("splunk-rest", scope, idsInNames: idsInNames))]);
        Assert.Equal("DA-ESS-ContentUpdate/nobody/ESCU - Windows PowerShell Encoded Command - Rule: T1059.001 T1027", SplunkScene.Tags(Of(SearchScope.Correlation, false)));
        var alerts = Of(SearchScope.Alerts, true);
        Assert.Equal("""
            ESCU - Windows PowerShell Encoded Command - Rule Deployed high T1059.001 T1027
            Brute force on VPN (T1110) Disabled high T1110 T1110.003
            """, SplunkScene.Lines(alerts.Rules.Select(rule => $"{rule.Title} {rule.State} {rule.SigmaLevel} {string.Join(' ', rule.AttackTags.Select(tag => tag.Name))}")), ignoreLineEndingDifferences: true);
        Assert.Equal(3, Of(SearchScope.All, true).Rules.Length);
        Assert.Equal("", SplunkScene.Found(alerts));
        Assert.Equal(new DateOnly(2026, 9, 1), alerts.Read[0].Exported);
        var lines = new Dictionary<string, string[]> { [Path] = Encoding.UTF8.GetString(bytes).Split('\n') };
        Assert.Equal("T1059.001 T1027 T1110 T1110/003", string.Join(' ', alerts.Rules.SelectMany(rule => rule.AttackTags).Select(tag => SplunkScene.At(lines, tag.Span))));
    }

    /// <summary>The same searches in a file, in an answer and in a table are the same rules.</summary>
    [Fact]
    public void ESCU_is_the_same_in_every_form()
    {
        using var file = File.OpenRead(Repository.SharedData("samples/splunk/escu-2022-06-29-savedsearches.conf"));
        var conf = RuleSet.Of([RuleFiles.Parse("default/savedsearches.conf", file, SplunkScene.Source("splunk-conf"))]);
        var stanzas = Stanzas(file.Name).ToArray();
        var json = JsonSerializer.Serialize(new { entry = stanzas.Select(stanza => new { name = stanza.Name, content = stanza.Settings }) });
        string[] columns = ["title", .. stanzas.SelectMany(stanza => stanza.Settings.Keys).Distinct(), "is_scheduled"];
        var csv = string.Concat(stanzas.Select(stanza => Row(columns.Select(column => column == "title" ? stanza.Name : stanza.Settings.GetValueOrDefault(column, "")))).Prepend(Row(columns)));
        Assert.Equal(Told(conf), Told(Read(json)));
        Assert.Equal(Told(conf), Told(SplunkScene.Read(SplunkScene.Source("splunk-csv"), ("a.csv", csv))));

        static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n";

        static string Told(RuleSet rules) => SplunkScene.Lines(rules.Rules.Select(rule => $"{rule.Title} {rule.Label} {rule.State} {rule.SigmaLevel} {rule.Status} {rule.QueryHash} {string.Join(' ', rule.AttackTags.Select(tag => tag.Name))} {string.Join(' ', rule.Mentions)}"));
    }

    // Nothing but what this one file holds: names, keys, and values that go on.
    private static IEnumerable<(string Name, Dictionary<string, string> Settings)> Stanzas(string path)
    {
        (string Name, Dictionary<string, string> Settings)? stanza = null;
        foreach (var line in File.ReadAllText(path).Replace("\\\n", "\u0001", StringComparison.Ordinal).Split('\n'))
            if (line.StartsWith('['))
            {
                if (stanza is { } before)
                    yield return before;
                stanza = (line[1..^1], []);
            }
            else if (!line.StartsWith('#') && line.Split('=', 2) is [var key, var value])
                stanza?.Settings.Add(key.Trim(), value.Replace('\u0001', '\n').Trim());
        if (stanza is { } last)
            yield return last;
    }
}
