using System.Globalization;
using System.Text;
using CsCheck;
using Merlon.Core.Sources;
using Merlon.Core.Sources.Elastic;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Rules and hunts as the repository of Elastic's rules has them.</summary>
public class ElasticTomlTests
{
    private const string Whole = """"
        [metadata]
        integration = ["endpoint", "windows"]
        maturity = "production"
        min_stack_version = "9.5.0"

        [rule]
        index = ["logs-a.*"]
        description = """
        Made from 6C1A5B1E-0000-4000-8000-000000000001.
        """
        name = "Own dump of memory"
        rule_id = "6c1a5b1e-0000-4000-8000-000000000002"
        severity = "high"
        tags = ["OS: Windows", "Domain: Endpoint", "Data Source: Sysmon", "Data Source: Okta", "Linux"]
        query = '''
        a = "b"
        '''

        [[rule.threat]]
        framework = "MITRE ATT&CK"
        [[rule.threat.technique]]
        id = "T1003"
        reference = "https://attack.mitre.org/techniques/T1003/"
          [[rule.threat.technique.subtechnique]]
          id = "T1003.001"
          reference = "https://attack.mitre.org/techniques/T1003/001/"
        [[rule.threat.technique]]
        id = 't1055'
        [rule.threat.tactic]
        id = "TA0006"
        name = "Credential Access"

        [[rule.threat]]
        framework = "MITRE ATLAS"
        [[rule.threat.technique]]
        id = "AML.T0051"

        [[rule.threat]]
        framework = "MITRE ATT&CK"
        [[rule.threat.technique]]
        id = "T1055"
        [rule.threat.tactic]
        name = "Execution"
        """";

    private static string Rule(string rest) => $"[rule]\nname = \"x\"\n{rest}";

    private static RuleFile Read(string text) => Inventoried.Read("elastic-toml", text);

    private static DetectionRule Only(string text) => Assert.Single(Read(text).Rules);

    [Fact]
    public void A_rule_is_read_with_all_that_is_said_of_it()
    {
        var file = Read(Whole);
        Assert.Equal(("", true), (Inventoried.Found(file), file.IsWhole));
        var rule = Assert.Single(file.Rules);
        Assert.Equal(("Own dump of memory", "6c1a5b1e-0000-4000-8000-000000000002", "stable", "high", RuleState.Available, null), (rule.Title, rule.Id, rule.Status, rule.SigmaLevel, rule.State, rule.Release));
        Assert.Equal("[T1003]@22:7-12 T1003.001@25:9-18 T1055@28:7-12 credential-access@30:7-13 execution@43:9-18", Inventoried.Tags(rule));
        Assert.Equal(["linux", "okta", "windows"], rule.Products);
        Assert.Equal(["Sysmon", "Okta", "endpoint", "windows", "logs-a.*"], rule.DataSources);
        Assert.Equal(["6c1a5b1e-0000-4000-8000-000000000001", "6c1a5b1e-0000-4000-8000-000000000002"], rule.Mentions);
        Assert.Equal(QueryHash.Of("a = \"b\"\n"), rule.QueryHash);
        Assert.Equal((6, 2), (rule.Span.Line, rule.Span.Column));
        Assert.Equal(["T1003.001", "T1055"], rule.Techniques.Select(tag => tag.Name));
    }

    [Fact]
    public void Line_ends_change_no_query_and_no_place()
    {
        var (one, other) = (Only(Whole), Only(Whole.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(one.QueryHash, other.QueryHash);
        Assert.Equal(Inventoried.Tags(one), Inventoried.Tags(other));
    }

    [Fact]
    public void A_hunt_is_a_rule_with_its_ids()
    {
        var hunt = Only("""
            [hunt]
            uuid = "6c1a5b1e-0000-4000-8000-000000000003"
            name = "Own hunt"
            integration = ["windows", "aws"]
            mitre = ["T1055", "T1003.001",
              "T10555"]
            query = ["a", "b"]
            """);
        Assert.Equal("T1055@5:11-16 T1003.001@5:20-29 T10555?@6:4-10", Inventoried.Tags(hunt));
        Assert.Equal(("6c1a5b1e-0000-4000-8000-000000000003", null, null, QueryHash.Of("a\nb")), (hunt.Id, hunt.Status, hunt.SigmaLevel, hunt.QueryHash));
        Assert.Equal(["aws", "windows"], hunt.Products);
    }

    [Theory]
    [InlineData("production", "stable")]
    [InlineData("development", "experimental")]
    [InlineData("beta", "test")]
    [InlineData("deprecated", "deprecated")]
    [InlineData("odd", "odd")]
    public void Maturity_becomes_a_status(string maturity, string status) => Assert.Equal(status, Only(Rule($"[metadata]\nmaturity = \"{maturity}\"")).Status);

    [Fact]
    public void A_building_block_counts_as_a_rule() => Assert.Single(Read(Rule("building_block_type = \"default\"\n[metadata]\nbypass_bbr_timing = true")).Rules);

    [Theory]
    [InlineData("threat = [{framework = \"MITRE ATT&CK\", technique = [{id = \"T1003\", subtechnique = [{id = \"T1003.9\"}]}]}]", "[T1003]@3:60-65 T1003.9?@3:91-98", "")]
    [InlineData("threat = [{tactic = {id = \"T1003\"}, technique = [{id = \"TA0006\"}]}]", "T1003?@3:28-33 TA0006?@3:57-63", "")]
    [InlineData("threat = [{tactic = {id = \"TA9999\"}, technique = [{name = \"x\"}]}]", "TA9999@3:28-34", "MRL1103@3:51")]
    [InlineData("threat = [{technique = [{id = \"T1003\", reference = \"https://attack.mitre.org/techniques/T1055/\"}]}]", "T1003@3:32-37", "MRL1103@3:52")]
    [InlineData("threat = \"T1003\"", "", "MRL1103@3:10")]
    [InlineData("threat = [{technique = \"T1003\"}]", "", "MRL1103@3:24")]
    [InlineData("threat = [{technique = [{id = [\"T1003\"]}]}]", "", "MRL1103@3:31 MRL1103@3:25")]
    [InlineData("severity = \"hihg\"", "", "MRL1103@3:12")]
    [InlineData("tags = [{a = 1}]", "", "MRL1103@3:9")]
    [InlineData("threat = [{technique = [{id = \"T\\u00310\\u00303\"}]}]", "T1003@3:31-48", "")]
    [InlineData("threat = [{technique = [{id = \"\"\"T1003\"\"\"}]}]", "T1003@3:31-42", "")]
    [InlineData("# \U0001F600\nthreat = [{technique = [{id = \"T1003\", name = \"\U0001F600\"}, {id = \"T1055\"}]}]", "T1003@4:32-37 T1055@4:61-66", "")]
    public void What_is_odd_is_found_at_its_place(string text, string tags, string found)
    {
        var file = Read(Rule(text));
        Assert.Equal((tags, found), (Inventoried.Tags(Assert.Single(file.Rules)), Inventoried.Found(file)));
        Assert.True(file.IsWhole);
    }

    [Theory]
    [InlineData("[rule]\nname = \"x\nq = 1\n", 2, 10)]
    [InlineData("[rule]\nname = \n", 2, 8)]
    [InlineData("[rule]\nname = \"a\"\nname = \"b\"\n", 3, 1)]
    [InlineData("[rule]\nname = \"a\"\n[rule]\nx = 1\n", 3, 2)]
    [InlineData("[rule]\na = 1\n[rule.a]\nx = 1\n", 3, 7)]
    [InlineData("[[rule]]\n[rule]\n", 2, 2)]
    [InlineData("x = {a = 1, a = 2}", 1, 13)]
    [InlineData("# \U0001F600\n\U0001F600 = 1", 2, 1)]
    [InlineData("a = \"\0\"", 1, 5)]
    [InlineData("b = 1\na = \"x\\", 2, 7)]
    [InlineData("a = \"\\uD800\"", 1, 7)]
    [InlineData("a = '''\nfoo", 2, 3)]
    public void A_file_that_is_no_TOML_is_one_finding_at_its_place(string text, int line, int column)
    {
        var file = Read(text);
        Assert.Equal(($"MRL1101@{line}:{column}", false), (Inventoried.Found(file), file.IsWhole));
        Assert.Empty(file.Rules);
    }

    [Theory]
    [InlineData("", "MRL1102@1:1")]
    [InlineData("[tool]\nname = \"x\"", "MRL1102@1:1")]
    [InlineData("[rule]\nquery = \"x\"", "MRL1102@1:2")]
    [InlineData("[rule]\nname = \" \"", "MRL1102@1:2")]
    [InlineData("rule = 3", "MRL1103@1:8")]
    [InlineData("[[rule]]\nname = \"x\"", "MRL1103@1:3")]
    public void A_file_without_a_rule_is_a_finding(string text, string found)
    {
        var file = Read(text);
        Assert.Equal((found, true), (Inventoried.Found(file), file.IsWhole));
        Assert.Empty(file.Rules);
    }

    [Fact]
    public void What_is_not_UTF8_is_told_by_its_byte()
    {
        var file = Inventoried.Read("elastic-toml", [.. Encoding.UTF8.GetPreamble(), .. "a = 'é"u8, 0xFF, .. "'"u8]);
        Assert.Equal("MRL1101@1:7", Inventoried.Found(file));
        Assert.Contains("0xFF", file.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_leave_a_rule_out_without_a_word()
    {
        Assert.Empty(Inventoried.Read("elastic-toml", Rule("severity = \"odd\""), "^y$").Diagnostics);
        Assert.Single(Inventoried.Read("elastic-toml", Rule(""), "^x$").Rules);
    }

    public static TheoryData<string> Hostile =>
    [
        $"a = {new string('[', 500_000)}", $"[{new string('[', 500_000)}", $"a = {string.Concat(Enumerable.Repeat("{a=", 200_000))}",
        $"{string.Join('.', Enumerable.Repeat("a", 400_000))} = 1", $"[{string.Join('.', Enumerable.Repeat("a", 400_000))}]", $"[[{string.Join('.', Enumerable.Repeat("a", 400_000))}]]",
        new string('"', 1_000_000), new string('$', 1_000_000), new string('\n', 1_000_000), new string('\r', 1000), $"a = \"{new string('\\', 99_999)}",
        string.Concat(Enumerable.Repeat("=\n", 300_000)), string.Concat(Enumerable.Repeat("[[a]]\n", 100_000)), new string(' ', (1 << 20) + 1),
    ];

    [Theory, MemberData(nameof(Hostile))]
    public void Hostile_text_ends_as_a_finding(string text) => Assert.Single(Read(text).Diagnostics);

    [Fact]
    public void Values_as_deep_as_allowed_are_read() => Assert.Equal("", Inventoried.Found(Read(Rule($"a = {new string('[', 60)}{new string(']', 60)}"))));

    [Fact]
    public void Any_text_is_read_or_found_and_twice_the_same()
    {
        string[] parts = ["[", "]", "[[rule]]\n", "[rule]\n", "name", " = ", "\"x\"", "'T1003'", "{", "}", ",", "\n", "threat", "technique", "id", ".", "#", "\"\"\"", "1", "\u0000", "\U0001F600", "\\"];
        Gen.Int[0, parts.Length - 1].Select(index => parts[index]).Array[0, 24].Select(string.Concat).Sample(text =>
        {
            var (one, other) = (Read(text), Read(text));
            Assert.Equal(Inventoried.Found(one), Inventoried.Found(other));
            Assert.Equal(one.Rules.Select(Inventoried.Tags), other.Rules.Select(Inventoried.Tags));
            Assert.True(one.Rules.Length + one.Diagnostics.Length > 0);
        });
    }

    [Fact]
    public void Every_id_is_found_where_it_was_written()
    {
        Gen.Select(Gen.Int[1000, 1999], Gen.Int[0, 5], Gen.Int[1, 999]).Sample((number, blank, sub) =>
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"[rule]\nname = 'x'\n{new string('\n', blank)}[[rule.threat]]\n[[rule.threat.technique]]\n{new string(' ', blank)}id = \"T{number}\"\nsubtechnique = [{{id = \"T{number}.{sub:D3}\"}}]\n");
            foreach (var tag in Only(text).AttackTags)
                Assert.Equal(tag.Name, text.Split('\n')[tag.Span.Line - 1][(tag.Span.Column - 1)..(tag.Span.EndColumn - 1)]);
        });
    }

    [Fact]
    public void Published_files_are_read()
    {
        var folder = Repository.SharedData("samples/elastic");
        Dictionary<string, DetectionRule> rules = [];
        foreach (var path in Directory.EnumerateFiles(folder, "*.toml").Order(StringComparer.Ordinal))
        {
            var file = Inventoried.Read("elastic-toml", File.ReadAllBytes(path));
            Assert.Equal((Path.GetFileName(path), ""), (Path.GetFileName(path), Inventoried.Found(file)));
            rules.Add(Path.GetFileNameWithoutExtension(path), Assert.Single(file.Rules));
        }
        Assert.Equal(["T1003.001"], rules["credential_access_lsass_memdump_file_created"].Techniques.Take(1).Select(tag => tag.Name));
        Assert.Equal(["T1562.001", "T1489"], rules["defense_evasion_elastic_agent_service_terminated"].Techniques.Select(tag => tag.Name));
        Assert.Empty(rules["impact_alert_from_a_process_with_cpu_spike"].Techniques);
        Assert.Equal(["T1055"], rules["hunt-createremotethread_by_source_process_with_low_occurrence"].Techniques.Select(tag => tag.Name));
    }

    [Fact]
    public void Two_thousand_files_take_little_time()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Repository.SharedData("samples/elastic"), "credential_access_lsass_memdump_file_created.toml"));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var file = 0; file < 200; file++)
            _ = TomlFile.TryParse("f", bytes, out _);
        TestContext.Current.TestOutputHelper?.WriteLine(watch.Elapsed.ToString());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }
}
