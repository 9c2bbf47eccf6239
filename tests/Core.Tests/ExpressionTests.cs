using System.Text;
using System.Text.Json.Nodes;
using Merlon.Core.Report;
using Merlon.Core.Sigma;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What a rule asks for: conditions, selections, modifiers and values.</summary>
public class ExpressionTests
{
    [Fact]
    public void Trees_are_those_of_the_reference_implementation()
    {
        var rules = Repository.SharedData("sigmahq");
        var count = 0;
        foreach (var line in File.ReadLines(Path.Combine(Repository.SharedData("oracles"), "condition-trees.jsonl")))
        {
            var expected = JsonNode.Parse(line)!;
            var path = (string)expected["path"]!;
            var parsed = Parse(path, File.ReadAllBytes(Path.Combine(rules, path)));
            Assert.True(JsonNode.DeepEquals(expected["tree"], parsed["conditions"]), $"{path}\n{parsed["conditions"]!.ToJsonString()}");
            count++;
        }
        Assert.Equal(1586, count);
    }

    // Sigma 2.1, section "Wildcards": '*' and '?' stand for wildcards in the second column.
    [Theory]
    [InlineData(@"abc", "abc")]
    [InlineData(@"a*b", "a|*|b")]
    [InlineData(@"a?b", "a|?|b")]
    [InlineData(@"a\*b", "a*b")]
    [InlineData(@"a\\*b", @"a\|*|b")]
    [InlineData(@"a\\\*b", @"a\*b")]
    [InlineData(@"a\\\\*b", @"a\\|*|b")]
    [InlineData(@"a\b", @"a\b")]
    [InlineData(@"a\\b", @"a\b")]
    [InlineData(@"a\\\b", @"a\\b")]
    [InlineData(@"a\\\\b", @"a\\b")]
    [InlineData(@"C:\Windows\*", @"C:\Windows*")]
    [InlineData(@"C:\Windows\\*", @"C:\Windows\|*")]
    [InlineData(@"\\server\share", @"\server\share")]
    [InlineData(@"\\\\server\\share", @"\\server\share")]
    [InlineData(@"tail\", @"tail\")]
    [InlineData(@"tail\\", @"tail\")]
    [InlineData(@"**", "*|*")]
    [InlineData("", "")]
    public void A_text_is_read_with_its_escapes(string written, string parts) => Assert.Equal(parts, string.Join('|', SigmaString.Parse(written).Parts.Select(Show)));

    [Theory]
    [InlineData("F|contains: a", """{"f":"F","v":{"s":[{"w":"*"},"a",{"w":"*"}]}}""")]
    [InlineData("F|contains: '*a*'", """{"f":"F","v":{"s":[{"w":"*"},"a",{"w":"*"}]}}""")]
    [InlineData("F|contains|all: [a, b]", """{"and":[{"f":"F","v":{"s":[{"w":"*"},"a",{"w":"*"}]}},{"f":"F","v":{"s":[{"w":"*"},"b",{"w":"*"}]}}]}""")]
    [InlineData("F|re: 'a.*b\\d'", """{"f":"F","v":{"re":"a.*b\\d","fl":""}}""")]
    [InlineData("F|re|s|i|multiline: x", """{"f":"F","v":{"re":"x","fl":"ims"}}""")]
    [InlineData("F|re|contains: ^x", """{"f":"F","v":{"re":"^x.*","fl":""}}""")]
    [InlineData("F|re: 5", """{"f":"F","v":{"re":"5","fl":""}}""")]
    [InlineData("F|cased|contains: AbC", """{"f":"F","v":{"s":[{"w":"*"},"AbC",{"w":"*"}],"cased":true}}""")]
    [InlineData("F|cidr: '2001:db8::/32'", """{"f":"F","v":{"cidr":"2001:db8::/32"}}""")]
    [InlineData("F|exists: true", """{"f":"F","v":{"exists":true}}""")]
    [InlineData("F|fieldref|endswith: Other", """{"f":"F","v":{"ref":"Other","sw":false,"ew":true}}""")]
    [InlineData("F|fieldref|neq: Other", """{"not":{"f":"F","v":{"ref":"Other","sw":false,"ew":false}}}""")]
    [InlineData("F|expand: '%Servers%'", """{"f":"F","v":{"s":[{"ph":"Servers"}]}}""")]
    [InlineData(@"F|expand: 'a%b%c\%d'", """{"f":"F","v":{"s":["a",{"ph":"b"},"c%d"]}}""")]
    [InlineData("F|windash: -a", """{"f":"F","v":{"any":[{"s":["-a"]},{"s":["/a"]},{"s":["–a"]},{"s":["—a"]},{"s":["―a"]}]}}""")]
    [InlineData("F|windash: –a", """{"f":"F","v":{"any":[{"s":["-a"]},{"s":["/a"]},{"s":["–a"]},{"s":["—a"]},{"s":["―a"]}]}}""")]
    [InlineData("F|windash: a-b", """{"f":"F","v":{"any":[{"s":["a-b"]}]}}""")]
    [InlineData("F|base64: cmd", """{"f":"F","v":{"s":["Y21k"]}}""")]
    [InlineData(@"F|base64: 'a\?b'", """{"f":"F","v":{"s":["YT9i"]}}""")]
    [InlineData("F|base64: é", """{"f":"F","v":{"s":["w6k="]}}""")]
    [InlineData("F|base64offset|contains: foobar", """{"f":"F","v":{"any":[{"s":[{"w":"*"},"Zm9vYmFy",{"w":"*"}]},{"s":[{"w":"*"},"Zvb2Jhc",{"w":"*"}]},{"s":[{"w":"*"},"mb29iYX",{"w":"*"}]}]}}""")]
    [InlineData("F|base64offset: http://", """{"f":"F","v":{"any":[{"s":["aHR0cDovL"]},{"s":["h0dHA6Ly"]},{"s":["odHRwOi8v"]}]}}""")]
    // The bytes C3 A9 at each of their three places in base64, without what their neighbours decide.
    [InlineData("F|base64offset: é", """{"f":"F","v":{"any":[{"s":["w6"]},{"s":["Op"]},{"s":["Dq"]}]}}""")]
    [InlineData("F|wide: cmd", """{"f":"F","v":{"s":["c\u0000m\u0000d\u0000"]}}""")]
    [InlineData("F|wide|base64: cmd", """{"f":"F","v":{"s":["YwBtAGQA"]}}""")]
    [InlineData("F|utf16le|base64: é", """{"f":"F","v":{"s":["6QA="]}}""")]
    [InlineData("F|utf16|base64: cmd", """{"f":"F","v":{"s":["//5jAG0AZAA="]}}""")]
    [InlineData("F|utf16be|base64: cmd", """{"f":"F","v":{"s":["AGMAbQBk"]}}""")]
    [InlineData("F|wide|base64offset|contains: ab", """{"f":"F","v":{"any":[{"s":[{"w":"*"},"YQBiA",{"w":"*"}]},{"s":[{"w":"*"},"EAYg",{"w":"*"}]},{"s":[{"w":"*"},"hAGIA",{"w":"*"}]}]}}""")]
    [InlineData("F|gte: 5.5", """{"f":"F","v":{"cmp":"gte","n":5.5}}""")]
    [InlineData("F|neq: [x, y]", """{"not":{"or":[{"f":"F","v":{"s":["x"]}},{"f":"F","v":{"s":["y"]}}]}}""")]
    [InlineData("F|neq|all: [x, y]", """{"not":{"and":[{"f":"F","v":{"s":["x"]}},{"f":"F","v":{"s":["y"]}}]}}""")]
    [InlineData("F|hour: 5", """{"f":"F","v":{"ts":"hour","n":5}}""")]
    [InlineData("F|hour|gte: 8", """{"f":"F","v":{"cmp":"gte","n":8,"ts":"hour"}}""")]
    [InlineData("'|all': [a, b]", """{"and":[{"f":null,"v":{"s":["a"]}},{"f":null,"v":{"s":["b"]}}]}""")]
    [InlineData("F: null", """{"f":"F","v":{"null":true}}""")]
    [InlineData("F: ''", """{"f":"F","v":{"s":[]}}""")]
    [InlineData("F: []", """{"f":"F","v":{"null":true}}""")]
    [InlineData("F: true", """{"f":"F","v":{"b":true}}""")]
    [InlineData("F: 'true'", """{"f":"F","v":{"s":["true"]}}""")]
    [InlineData("F: 0x10", """{"f":"F","v":{"n":16}}""")]
    [InlineData("F: 0o17", """{"f":"F","v":{"n":15}}""")]
    [InlineData("F: 1000.0", """{"f":"F","v":{"n":1000}}""")]
    [InlineData("F: 00000429", """{"f":"F","v":{"s":["00000429"]}}""")]
    [InlineData("F: 10.0.0.1", """{"f":"F","v":{"s":["10.0.0.1"]}}""")]
    [InlineData("F: 2024-01-01", """{"f":"F","v":{"s":["2024-01-01"]}}""")]
    public void An_item_becomes(string item, string tree) => AssertTree($"s: {{{item}}}", "s", tree);

    [Theory]
    [InlineData("s: {a: 1, b: 2}", "s", """{"and":[{"f":"a","v":{"n":1}},{"f":"b","v":{"n":2}}]}""")]
    [InlineData("s: [a, b]", "s", """{"or":[{"f":null,"v":{"s":["a"]}},{"f":null,"v":{"s":["b"]}}]}""")]
    [InlineData("s: [{a: 1, b: 2}, c]", "s", """{"or":[{"and":[{"f":"a","v":{"n":1}},{"f":"b","v":{"n":2}}]},{"f":null,"v":{"s":["c"]}}]}""")]
    [InlineData("a: x, b: y, c: z", "a and b and c", """{"and":[{"f":null,"v":{"s":["x"]}},{"f":null,"v":{"s":["y"]}},{"f":null,"v":{"s":["z"]}}]}""")]
    [InlineData("a: x, b: y, c: z", "a or b and not c", """{"or":[{"f":null,"v":{"s":["x"]}},{"and":[{"f":null,"v":{"s":["y"]}},{"not":{"f":null,"v":{"s":["z"]}}}]}]}""")]
    [InlineData("a1: x, a2: y, _a3: z", "all of them", """{"and":[{"f":null,"v":{"s":["x"]}},{"f":null,"v":{"s":["y"]}}]}""")]
    [InlineData("a1: x, b: y", "1 of a*", """{"f":null,"v":{"s":["x"]}}""")]
    [InlineData("notepad: x", "notepad", """{"f":null,"v":{"s":["x"]}}""")]
    public void A_condition_becomes(string selections, string condition, string tree) => AssertTree(selections, condition, tree);

    [Theory]
    [InlineData("F|contains|re: x", "MRL2204", 12)]
    [InlineData("F|i: x", "MRL2204", 3)]
    [InlineData("F|exists|contains: true", "MRL2204", 3)]
    [InlineData("'|exists': true", "MRL2204", 3)]
    [InlineData("F|contians: x", "MRL2202", 3)]
    [InlineData("F|: x", "MRL2202", 3)]
    [InlineData("F|contains: 5", "MRL2203", 13)]
    [InlineData("F|contains: null", "MRL2203", 13)]
    [InlineData("F|gt: '5'", "MRL2203", 7)]
    [InlineData("F|exists: 'yes'", "MRL2203", 11)]
    [InlineData("F|day: '5'", "MRL2203", 8)]
    [InlineData("F|base64: 'a*'", "MRL2203", 11)]
    [InlineData("F|fieldref: 'a*'", "MRL2203", 13)]
    [InlineData("F|windash: '-a -b -c -d -e -f -g'", "MRL2203", 12)]
    [InlineData("F|cidr: 5", "MRL2203", 9)]
    public void An_item_that_means_nothing_is_located_and_the_rule_is_not_valid(string item, string id, int column)
    {
        var file = SigmaFile.Parse("r.yml", Encoding.UTF8.GetBytes($"title: a\nlogsource: {{product: x}}\ndetection:\n  condition: s\n  s:\n   - {item}\n"));
        var finding = Assert.Single(file.Diagnostics);
        Assert.Equal((id, 6), (finding.Info.Id, finding.Span.Line));
        Assert.Equal(column + 5, finding.Span.Column);
        Assert.False(file.Rules.Single().IsValid);
    }

    [Theory]
    [InlineData("s: {F: a, G: b}", "s", false)]
    [InlineData("s: [{F: a}, {G: b}]", "s", true)]
    [InlineData("s: {F: null}", "s", true)]
    [InlineData("s: {F|exists: false}", "s", true)]
    [InlineData("s: {F|exists: true}", "s", false)]
    [InlineData("s: {F|neq: a}", "s", true)]
    [InlineData("s: {G: b}, f: {F: a}", "s and not f", true)]
    [InlineData("s: {G: b}, f: {F: a}", "s and f", false)]
    [InlineData("s: {G: b}, f: {F: a}", "1 of them", true)]
    [InlineData("s: {G: b}, f: {F: a}", "all of them", false)]
    public void A_rule_can_do_without_a_field(string selections, string condition, bool can)
    {
        var file = SigmaFile.Parse("r.yml", Encoding.UTF8.GetBytes($"title: a\nlogsource: {{product: x}}\ndetection: {{{selections}, condition: {condition}}}\n"));
        Assert.Equal(can, FieldUse.CanMatchWithout(Assert.Single(file.Rules), new HashSet<string> { "F" }));
    }

    private static void AssertTree(string selections, string condition, string tree)
    {
        var parsed = Parse("r.yml", Encoding.UTF8.GetBytes($"title: a\nlogsource: {{product: x}}\ndetection: {{{selections}, condition: {condition}}}\n"));
        Assert.Empty(parsed["errors"]!.AsArray());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(tree), Assert.Single(parsed["conditions"]!.AsArray())), parsed["conditions"]!.ToJsonString());
    }

    private static JsonNode Parse(string path, byte[] bytes) =>
        Assert.Single(JsonNode.Parse(ParseJson.Write([SigmaFile.Parse(path, bytes)]))!["documents"]!.AsArray())!;

    private static string Show(StringPart part) => part.Kind switch { StringPartKind.Any => "*", StringPartKind.One => "?", _ => part.Text };
}
