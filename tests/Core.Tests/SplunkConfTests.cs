using System.Text;
using CsCheck;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

public class SplunkConfTests
{
    private const string Path = "splunk/savedsearches.conf";

    private static RuleSet Read(string text, SearchScope scope = SearchScope.Correlation, string? names = null, bool idsInNames = false) =>
        SplunkScene.Read(SplunkScene.Source("splunk-conf", scope, names, idsInNames), (Path, text));

    private static RuleSet Read(params ReadOnlySpan<(string, string)> files) => SplunkScene.Read(SplunkScene.Source("splunk-conf"), files);

    private static string Annotated(string json, string name = "A") => $"[{name}]\naction.correlationsearch.annotations = {json}\n";

    [Fact]
    public void A_search_has_all_that_the_file_says()
    {
        var rules = Read("""
            # Made by hand
            [Threat - Dump - Rule]
            action.correlationsearch.enabled = 1
            action.correlationsearch.label = Dump
            action.correlationsearch.annotations = {"mitre_attack": ["T1003.001", "TA0006"], "data_source": ["Sysmon EventID 1", "CrowdStrike ProcessRollup2"]}
            action.correlationsearch.metadata = {"deprecated": 1, "detection_id": "0B2C0000-0000-4000-8000-000000000001"}
            action.escu.atomic_red_team_guids = ["11111111-0000-4000-8000-000000000001"]
            action.notable.param.severity = High
            description = Like 22222222-0000-4000-8000-000000000002 = that
            enableSched = 1
            disabled = 0
            search = index=a \
            | where b="=c"
            """);
        var rule = Assert.Single(rules.Rules);
        Assert.Equal("", SplunkScene.Found(rules));
        Assert.Equal(("Threat - Dump - Rule", "Threat - Dump - Rule", "Dump", "deprecated", "high"), (rule.Title, rule.Id, rule.Label, rule.Status, rule.SigmaLevel));
        Assert.Equal(RuleState.Deployed, rule.State);
        Assert.Equal("T1003.001 credential-access", string.Join(' ', rule.AttackTags.Select(tag => tag.Name)));
        Assert.Equal(["Sysmon EventID 1", "CrowdStrike ProcessRollup2"], rule.DataSources);
        Assert.Equal(["windows"], rule.Products);
        Assert.Equal(["22222222-0000-4000-8000-000000000002", "0b2c0000-0000-4000-8000-000000000001"], rule.Mentions);
        Assert.Equal((Guid.Parse("11111111-0000-4000-8000-000000000001"), 7, 39), (rule.OwnTests[0].Guid, rule.OwnTests[0].Span.Line, rule.OwnTests[0].Span.Column));
        Assert.Equal(QueryHash.Of("index=a \n| where b=\"=c\""), rule.QueryHash);
        Assert.Equal((Path, 2, 1, 23), (rule.Span.Path, rule.Span.Line, rule.Span.Column, rule.Span.EndColumn));
    }

    [Theory]
    [InlineData("{\"mitre_attack\": \"T1059.001, t1027 | T1105\"}", "T1059.001 T1027 T1105", "T1059.001 t1027 T1105")]
    [InlineData("{\"mitre_attack\": [\"https://attack.mitre.org/techniques/T1021/002/\"]}", "T1021.002", "T1021/002")]
    [InlineData("{\"mitre_attack\": [\"T1059\", \"T1059\"], \"é\": \"T1001\"}", "T1059", "T1059")]
    [InlineData("{\"é𝄞\": 1, \"mitre_attack\": [[\"TA0002:T1059\"], null, 1059]}", "execution T1059 ?1059", "TA0002 T1059 1059")]
    [InlineData("{\"mitre_attack\": [\"T1001\"], \"mitre_attack\": [\"T1002\"]}", "T1002", "T1002")]
    [InlineData("{\"mitre_attack\": \"\"}", "", "")]
    [InlineData("{\"mitre_attack\": [\"T10599\"]}", "?T10599", "T10599")]
    [InlineData("{\"mitre_attack\": [\"T1059\\u0020\"]}", "T1059", "T1059\\u0020")]
    [InlineData("{}", "", "")]
    [InlineData("null", "", "")]
    [InlineData("{\\\n\"mitre_attack\":\\\n   [\"T1059\",\\\n\"T1027\"]}", "T1059 T1027", "T1059 T1027")]
    public void Techniques_are_those_of_the_annotations_each_where_it_stands(string json, string tags, string placed)
    {
        var text = Annotated(json);
        var rules = Read(text);
        Assert.Equal("", SplunkScene.Found(rules));
        Assert.Equal($"A: {tags}".TrimEnd(), SplunkScene.Tags(rules).TrimEnd());
        Assert.Equal(placed.Replace(' ', '\n'), SplunkScene.Placed(rules, (Path, text)));
    }

    [Theory]
    [InlineData("not json", 2, 40)]
    [InlineData("[\"T1059\"]", 2, 40)]
    [InlineData("{\"mitre_attack\": [\"T1059\"", 2, 40)]
    [InlineData("{\"mitre_attack\": [\"T1059\"]} x", 2, 68)]
    [InlineData("{\"mitre_attack\": [\"\\ud800\"]}", 2, 58)]
    public void Annotations_that_are_no_map_make_a_rule_of_which_nothing_is_known(string json, int line, int column)
    {
        var rules = Read(Annotated(json));
        Assert.Equal("its annotations cannot be read", Assert.Single(rules.Rules).Defect);
        var found = Assert.Single(rules.Diagnostics);
        Assert.Equal(("MRL1102", line, column), (found.Info.Id, found.Span.Line, found.Span.Column));
        Assert.Empty(Read(Annotated(json), names: "^B$").Diagnostics.Where(one => one.Info.Id != "MRL1105"));
    }

    [Fact]
    public void Maps_among_ids_are_told()
    {
        var rules = Read(Annotated("""{"mitre_attack": [{"id": "T1059"}, "T1027"]}"""));
        Assert.Equal("A: T1027", SplunkScene.Tags(rules));
        Assert.Equal($"{Path}:2:58: warning MRL1103: mitre_attack of 'A' holds a map; write a list of ids", SplunkScene.Found(rules));
    }

    [Fact]
    public void Names_hold_brackets_and_stanzas_of_one_name_are_one()
    {
        var rules = Read("[[T1101] Provider]\naction.correlationsearch.label = a\n[B]\naction.correlationsearch.label = b\n  [[T1101] Provider] \ndisabled = 1\naction.correlationsearch.label = c\n");
        Assert.Equal("[T1101] Provider c Disabled 1\nB b Available 3", SplunkScene.Lines(rules.Rules.Select(rule => $"{rule.Title} {rule.Label} {rule.State} {rule.Span.Line}")));
    }

    [Theory]
    [InlineData("1", "Disabled")]
    [InlineData("true", "Disabled")]
    [InlineData("T", "Disabled")]
    [InlineData("yes", "Disabled")]
    [InlineData("y", "Disabled")]
    [InlineData("ON", "Disabled")]
    [InlineData("0", "Deployed")]
    [InlineData("False", "Deployed")]
    [InlineData("f", "Deployed")]
    [InlineData("no", "Deployed")]
    [InlineData("n", "Deployed")]
    [InlineData("off", "Deployed")]
    [InlineData("", "Deployed")]
    [InlineData("maybe", "Available")]
    public void Truth_values_are_Splunks(string value, string state)
    {
        var rules = Read($"[A]\naction.correlationsearch.enabled = 1\nenableSched = t\ndisabled = {value}\n");
        Assert.Equal(state, rules.Rules[0].State.ToString());
        Assert.Equal(state == "Available" ? $"{Path}:4:12: warning MRL1103: 'maybe' is neither true nor false, so disabled of 'A' does not show that it runs; write 0 or 1" : "", SplunkScene.Found(rules));
    }

    [Theory]
    [InlineData("disabled = 1\n[A]\n", "Disabled")]
    [InlineData("[default]\ndisabled = 1\n[A]\n", "Disabled")]
    [InlineData("[default]\ndisabled = 1\n[A]\ndisabled = 0\n", "Deployed")]
    [InlineData("[A]\n[default]\ndisabled = 1\n[A]\n", "Disabled")]
    public void What_a_search_does_not_say_the_default_says(string text, string state) =>
        Assert.Equal(state, Read($"{text}action.correlationsearch.enabled = 1\nenableSched = 1\n").Rules[0].State.ToString());

    [Fact]
    public void Comments_blanks_byte_order_marks_and_ends_of_lines_change_nothing()
    {
        var text = "\uFEFF; comment\r\n \t \r\n[A]\r\n  # disabled = 1 \\\r\naction.correlationsearch.label=\\\r\n  a \\\r\n# b\r\njunk\r\nsearch = c\\\r\nd\r\n";
        var rules = Read(text);
        Assert.Equal("a \n# b", Assert.Single(rules.Rules).Label);
        Assert.Equal(QueryHash.Of("c\nd"), rules.Rules[0].QueryHash);
        Assert.Equal("", SplunkScene.Found(rules));
    }

    [Theory]
    [InlineData("action.correlationsearch.enabled = 1", "Correlation Alerts All")]
    [InlineData("action.correlationsearch.enabled = 0\naction.correlationsearch.annotations = {}", "All")]
    [InlineData("action.correlationsearch.enabled =\naction.correlationsearch.label = a", "Correlation Alerts All")]
    [InlineData("enableSched = 1\naction.email = 1", "Alerts All")]
    [InlineData("enableSched = 1\nalert.track = true", "Alerts All")]
    [InlineData("enableSched = 1\nactions = email", "Alerts All")]
    [InlineData("enableSched = 1\naction.email = 0\naction.email.useNSSubject = 1", "All")]
    [InlineData("action.email = 1", "All")]
    [InlineData("action.escu.search_type = investigative\naction.escu = 0", "All")]
    public void The_entry_says_which_searches_are_rules(string settings, string scopes) => Assert.Equal(scopes, string.Join(' ',
        new[] { SearchScope.Correlation, SearchScope.Alerts, SearchScope.All }.Where(scope => !Read($"[A]\n{settings}\n", scope).Rules.IsEmpty)));

    [Theory]
    [InlineData("action.notable.param.severity = critical\nalert.severity = 1", "critical")]
    [InlineData("action.notable.param.severity = unknown", null)]
    [InlineData("alert.severity = 1", "informational")]
    [InlineData("alert.severity = 2", "informational")]
    [InlineData("alert.severity = 3", "low")]
    [InlineData("alert.severity = 4", "medium")]
    [InlineData("alert.severity = 5", "high")]
    [InlineData("alert.severity = 6", "critical")]
    [InlineData("", null)]
    public void Severities_are_in_Sigmas_words(string settings, string? level)
    {
        var rules = Read($"[A]\naction.correlationsearch.enabled = 1\n{settings}\n");
        Assert.Equal(level, rules.Rules[0].SigmaLevel);
        Assert.Equal("", SplunkScene.Found(rules));
    }

    [Fact]
    public void Severities_that_are_none_are_told()
    {
        var rules = Read("[A]\naction.correlationsearch.enabled = 1\naction.notable.param.severity = urgent\n[B]\naction.correlationsearch.enabled = 1\nalert.severity = 9\n[C]\naction.notable.param.severity = no rule\n");
        Assert.Equal($"""
            {Path}:3:33: warning MRL1103: 'urgent' is no severity of 'A'; write informational, low, medium, high, critical or unknown
            {Path}:6:18: warning MRL1103: '9' is no severity of 'B'; write a number from 1 to 6
            """, SplunkScene.Found(rules), ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("action.correlationsearch.metadata = {\"deprecated\": 0}", null)]
    [InlineData("action.correlationsearch.metadata = {\"deprecated\": \"1\"}", "deprecated")]
    [InlineData("action.correlationsearch.metadata = {\"deprecated\": true}", "deprecated")]
    [InlineData("action.correlationsearch.label = ESCU - Deprecated - A - Rule", "deprecated")]
    [InlineData("action.correlationsearch.label = Deprecated tools", null)]
    public void Deprecated_searches_say_so(string settings, string? status) => Assert.Equal(status, Read($"[A]\naction.correlationsearch.enabled = 1\n{settings}\n").Rules[0].Status);

    [Fact]
    public void Metadata_that_are_none_are_told() => Assert.Equal($"{Path}:3:37: warning MRL1103: action.correlationsearch.metadata of 'A' are no map in JSON, so they do not tell whether it is deprecated; correct them",
        SplunkScene.Found(Read("[A]\naction.correlationsearch.enabled = 1\naction.correlationsearch.metadata = x\n")));

    [Fact]
    public void Mappings_stand_in_for_annotations_that_are_not_there()
    {
        const string Mapped = "[A]\naction.correlationsearch.enabled = 1\naction.escu.mappings = {\"mitre_attack\": [\"T1003\"]}\n";
        Assert.Equal("A: T1003", SplunkScene.Tags(Read(Mapped)));
        Assert.Equal("A:", SplunkScene.Tags(Read($"{Mapped}action.correlationsearch.annotations = {{}}\n")));
    }

    [Fact]
    public void Ids_in_names_count_where_the_entry_says_so_and_there_are_no_others()
    {
        var text = "[[T1101] Provider]\naction.correlationsearch.label = Provider t1101\ndescription = See \\\n https://attack.mitre.org/techniques/T1547/005/ and TA0003\n" + Annotated("{\"mitre_attack\": [\"T1003\"]}", "T1059 too");
        Assert.Equal("[T1101] Provider:\nT1059 too: T1003", SplunkScene.Tags(Read(text)));
        var rules = Read(text, idsInNames: true);
        Assert.Equal("[T1101] Provider: T1101 T1547.005\nT1059 too: T1003", SplunkScene.Tags(rules));
        Assert.Equal("T1101\nT1547/005\nT1003", SplunkScene.Placed(rules, (Path, text)));
    }

    [Fact]
    public void Local_is_laid_over_default_within_an_app()
    {
        const string Default = "[default]\ndisabled = 1\nenableSched = 1\n[A]\naction.correlationsearch.annotations = {\"mitre_attack\": [\"T1003\"]}\nsearch = a\n[B]\naction.correlationsearch.enabled = 1\ndisabled = 1\n";
        const string Local = "[default]\ndisabled = 0\n[C]\naction.correlationsearch.enabled = 1\n[A]\naction.correlationsearch.annotations = {\"mitre_attack\": [\"T1059\"]}\n";
        (string, string)[] files = [("etc/apps/One/default/savedsearches.conf", Default), ("etc/apps/One/local/savedsearches.conf", Local), ("etc/apps/Two/default/savedsearches.conf", Default), ("etc/users/ann/One/local/savedsearches.conf", Local)];
        var rules = Read(files);
        Assert.Equal("", SplunkScene.Found(rules));
        Assert.Equal("""
            One/A Deployed T1059 etc/apps/One/default/savedsearches.conf:4
            One/B Disabled  etc/apps/One/default/savedsearches.conf:7
            One/C Deployed  etc/apps/One/local/savedsearches.conf:3
            Two/A Disabled T1003 etc/apps/Two/default/savedsearches.conf:4
            Two/B Disabled  etc/apps/Two/default/savedsearches.conf:7
            One/ann/C Available  etc/users/ann/One/local/savedsearches.conf:3
            One/ann/A Available T1059 etc/users/ann/One/local/savedsearches.conf:5
            """, SplunkScene.Lines(rules.Rules.Select(rule => $"{rule.Id} {rule.State} {string.Join(' ', rule.AttackTags.Select(tag => tag.Name))} {rule.Span.Path}:{rule.Span.Line}")), ignoreLineEndingDifferences: true);
        Assert.Equal("etc/apps/One/local/savedsearches.conf", rules.Rules[0].AttackTags[0].Span.Path);
        Array.Reverse(files);
        Assert.Equal(rules.Rules.Select(rule => (rule.Id, rule.State)).Order(), Read(files).Rules.Select(rule => (rule.Id, rule.State)).Order());
    }

    [Fact]
    public void Files_in_no_app_are_by_themselves_and_the_first_of_two_searches_counts()
    {
        var rules = Read(("a/savedsearches.conf", Annotated("{}")), ("b/savedsearches.conf", Annotated("{}")), ("default/savedsearches.conf", Annotated("{}", "C")));
        Assert.Equal("A a/savedsearches.conf\nC default/savedsearches.conf", SplunkScene.Lines(rules.Rules.Select(rule => $"{rule.Id} {rule.Span.Path}")));
        Assert.Equal("MRL1104", Assert.Single(rules.Diagnostics).Info.Id);
    }

    [Theory]
    [InlineData("[A")]
    [InlineData("[]")]
    [InlineData("[A] # the first")]
    public void A_header_that_is_not_closed_is_told_where_it_would_be_a_rule(string header)
    {
        var rules = Read($"{header}\naction.correlationsearch.enabled = 1\n[B\nx = 1\n[C]\naction.correlationsearch.enabled = 1\n");
        Assert.Equal("C:", SplunkScene.Tags(rules));
        Assert.Equal($"{Path}:1:1: error MRL1102: the header of this stanza does not end with ']'; close it", SplunkScene.Found(rules));
    }

    [Theory]
    [InlineData("{\"entry\": [\n{\"search\": \"a=b\"}]}\n", 1, 1)]
    [InlineData("title,search\nA,b\n", 1, 1)]
    [InlineData("\n{\"a=\": 1}\n", 2, 1)]
    public void A_file_of_another_format_is_not_read(string text, int line, int column)
    {
        var rules = Read(text);
        Assert.Equal([Path], rules.Unreadable);
        var found = Assert.Single(rules.Diagnostics);
        Assert.Equal(("MRL1101", line, column), (found.Info.Id, found.Span.Line, found.Span.Column));
    }

    [Fact]
    public void A_NUL_ends_the_file_and_what_comes_before_counts()
    {
        var rules = Read(Annotated("{}") + "x\0y\n" + Annotated("{}", "B"));
        Assert.Equal("A:", SplunkScene.Tags(rules));
        Assert.Equal([Path], rules.Unreadable);
        Assert.Equal($"{Path}:3:2: error MRL1101: file cannot be read on: the control character U+0000 is no text; save the file as UTF-8", SplunkScene.Found(rules));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_told_once()
    {
        var file = RuleFiles(Encoding.Latin1.GetBytes(Annotated("{}", "Zürich") + "[Genève]\n"));
        var found = Assert.Single(file.Diagnostics);
        Assert.Equal(("MRL1103", 1, 3), (found.Info.Id, found.Span.Line, found.Span.Column));
        Assert.Empty(RuleFiles(Encoding.Unicode.Preamble.ToArray().Concat(Encoding.Unicode.GetBytes(Annotated("{}", "Zürich"))).ToArray()).Diagnostics);
    }

    private static RuleFile RuleFiles(byte[] bytes) => Programs.RuleFiles.Parse(Path, new MemoryStream(bytes), SplunkScene.Source("splunk-conf"));

    [Fact]
    public void A_line_of_fifty_megabytes_costs_no_more_than_its_rule()
    {
        var (line, less) = (new string('x', 50 << 20), new string('x', 5 << 20));
        var rules = Read($"[A]\naction.correlationsearch.enabled = 1\nhow = {less}\n[B]\naction.correlationsearch.enabled = 1\nsearch = a \\\n{line}\n[C]\naction.correlationsearch.enabled = 1\nsearch = {less}\\\n{less}\ndisabled = 1\n");
        Assert.Equal("A  Available\nB its search is too long to be read Available\nC its search is too long to be read Disabled", SplunkScene.Lines(rules.Rules.Select(rule => $"{rule.Title} {rule.Defect} {rule.State}")));
        Assert.Equal($"""
            {Path}:6:10: error MRL1102: search of 'B' has more than 4194304 characters; shorten it
            {Path}:10:10: error MRL1102: search of 'C' has more than 4194304 characters; shorten it
            """, SplunkScene.Found(rules), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Deep_JSON_is_a_finding()
    {
        var rules = Read(Annotated($"{{\"mitre_attack\": {new string('[', 100_000)}"));
        Assert.NotNull(Assert.Single(rules.Rules).Defect);
        Assert.Equal("MRL1102", Assert.Single(rules.Diagnostics).Info.Id);
    }

    [Fact]
    public void Any_text_is_read_and_always_the_same() => Gen.Char["[]=\\\n\r\"{}#;\0T1059 adefultcionr.sh\u0085é\uD800"].Array[0, 200].Select(text => new string(text)).Sample(text =>
        SplunkScene.Tags(Read(text, SearchScope.All, idsInNames: true)) == SplunkScene.Tags(Read(text, SearchScope.All, idsInNames: true)));

    private static readonly Gen<string> Word = Gen.Char["ab[]= #\\\"é"].Array[1, 8].Select(text => new string(text).Trim(' ', '\\')).Where(text => text.Length > 0);

    /// <summary>A writer's own choices: where a value goes on, and what stands between settings.</summary>
    [Fact]
    public void What_is_written_is_read_back() => Gen.Select(Word, Word.Array[1, 4], Gen.Int[0, 3].Array[4], Gen.Bool).Sample((name, label, noise, isWindows) =>
    {
        StringBuilder text = new("# first\n");
        void Noise(int kind) => text.Append(kind switch { 1 => "\n  \n", 2 => "# [x] = \\\n", 3 => "unread = [a]\\\n[b]\\\n=c\n", _ => "" });
        Noise(noise[0]);
        text.Append($"[{name}]\n");
        Noise(noise[1]);
        text.Append($"action.correlationsearch.label {(noise[2] > 1 ? "=" : " = ")}{string.Join("\\\n", label)}{(noise[2] % 2 == 0 ? "  " : "")}\n");
        Noise(noise[3]);
        text.Append("action.correlationsearch.annotations = {\"mitre_attack\": \"T1003\"}\n");
        var written = isWindows ? text.ToString().ReplaceLineEndings("\r\n") : text.ToString();
        var rule = Assert.Single(Read(written, idsInNames: true).Rules);
        Assert.Equal((name, string.Join('\n', label)), (rule.Title, rule.Label));
        Assert.Equal("T1003", SplunkScene.At(new() { [Path] = written.Split('\n') }, Assert.Single(rule.AttackTags).Span));
    });

    [Fact]
    public void ESCU_of_June_2022_has_the_counts_that_are_known_of_it()
    {
        var path = Repository.SharedData("samples/splunk/escu-2022-06-29-savedsearches.conf");
        RuleSet Of(SearchScope scope)
        {
            using var file = File.OpenRead(path);
            return RuleSet.Of([Programs.RuleFiles.Parse("default/savedsearches.conf", file, SplunkScene.Source("splunk-conf", scope))]);
        }
        var rules = Of(SearchScope.Correlation);
        Assert.Equal("", SplunkScene.Found(rules));
        Assert.Equal(1026, Of(SearchScope.All).Rules.Length);
        Assert.Equal(916, rules.Rules.Length);
        Assert.Equal(854, rules.Rules.Count(rule => !rule.AttackTags.IsEmpty));
        Assert.Equal(225, rules.Rules.SelectMany(rule => rule.Techniques).Select(tag => tag.Name).Distinct().Count());
        Assert.All(rules.Rules, rule => Assert.Equal(RuleState.Disabled, rule.State));
        var lines = new Dictionary<string, string[]> { ["default/savedsearches.conf"] = File.ReadAllLines(path) };
        Assert.All(rules.Rules.SelectMany(rule => rule.AttackTags), tag => Assert.Equal(tag.Text, SplunkScene.At(lines, tag.Span)));
    }

    [Theory]
    [InlineData("escu-contentctl-test-savedsearches.conf")]
    [InlineData("escu-contentctl-test-savedsearches-conf-dir.conf")]
    public void Samples_of_contentctl_have_no_finding(string name)
    {
        using var file = File.OpenRead(Repository.SharedData($"samples/splunk/{name}"));
        var rules = RuleSet.Of([Programs.RuleFiles.Parse("a.conf", file, SplunkScene.Source("splunk-conf"))]);
        Assert.Equal("", SplunkScene.Found(rules));
        Assert.All(rules.Rules, rule => Assert.NotEmpty(rule.AttackTags));
    }
}
