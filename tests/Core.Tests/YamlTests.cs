using System.Text;
using CsCheck;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;
using Xunit;

namespace Merlon.Core.Tests;

public class YamlTests
{
    [Fact]
    public void Spans_count_from_the_start_of_the_file_in_every_document()
    {
        var file = Parse("# head\na: one\n---\nb:\n  - 'two'\n...\n---\nc: {d: \"three\"}\n");
        Assert.Equal(3, file.Documents.Length);
        Assert.Equal("2:1-2:2 2:4-2:7", Spans(file, 0));
        Assert.Equal("4:1-4:2 5:5-5:10", Spans(file, 1));
        Assert.Equal("8:1-8:2 8:5-8:6 8:8-8:15", Spans(file, 2));
    }

    [Theory]
    [InlineData("k: one two", "two", "1:8-1:11")]
    [InlineData("k: 'one two'", "two", "1:9-1:12")]
    [InlineData("k: 'it''s two'", "two", "1:11-1:14")]
    [InlineData("k: \"a\\tb two\"", "two", "1:10-1:13")]
    [InlineData("k: |\n  one\n  two\n", "two", "3:3-3:6")]
    [InlineData("k: >-  # note\n  one\n  two\n", "two", "3:3-3:6")]
    [InlineData("k: >\n  one\n\n  two\n", "two", "4:3-4:6")]
    [InlineData("k: one\n  two", "two", "2:3-2:6")]
    [InlineData("k: one\r\n  two", "two", "2:3-2:6")]
    [InlineData("k: &x one two", "two", "1:11-1:14")]
    [InlineData("k: !!str &two one two", "two", "1:19-1:22")]
    [InlineData("k: !!str\n  one two", "two", "2:7-2:10")]
    [InlineData("k: &x |\n  one\n  two\n", "two", "3:3-3:6")]
    [InlineData("k: \"\\u0041 two\"", "two", "1:12-1:15")]
    [InlineData("k: \"one\\\n  two\"", "two", "2:3-2:6")]
    [InlineData("k: \"\\U0001F512 two\"", "two", "1:16-1:19")]
    public void A_part_of_a_scalar_has_its_place(string yaml, string part, string span)
    {
        var scalar = Assert.IsType<YamlScalar>(Root(Parse(yaml)).Find("k"));
        Assert.Equal(span, Text(scalar.SpanOf(scalar.Value.IndexOf(part, StringComparison.Ordinal), part.Length)));
    }

    [Fact]
    public void An_alias_has_its_own_place_and_so_has_each_part_of_it()
    {
        var alias = Assert.IsType<YamlScalar>(Root(Parse("a: &long some text\nb: *long\n")).Find("b"));
        Assert.Equal(("some text", "2:4-2:9", "2:4-2:9"), (alias.Value, Text(alias.Span), Text(alias.SpanOf(5, 4))));
    }

    [Fact]
    public void Merge_keys_bring_what_the_map_lacks()
    {
        var map = Assert.IsType<YamlMapping>(Root(Parse("base: &b {x: 1, y: 2}\nown:\n  <<: *b\n  y: 3\n")).Find("own"));
        Assert.Equal("y=3 x=1", string.Join(' ', map.Entries.Select(entry => $"{entry.Key.Value}={((YamlScalar)entry.Value).Value}")));
    }

    [Theory]
    [InlineData("", "1:1 MRL1004: file holds no YAML document; write a rule or delete it")]
    [InlineData("---\n---\n", "1:1 MRL1004: file holds no YAML document; write a rule or delete it")]
    [InlineData("a: 1\nb: 2\na: 3\n", "3:1 MRL1003: 'a' is already in this map, at line 1; keep one of them")]
    [InlineData("a:\n\tb: 1\n", "2:1 MRL1001: a tab indents this line; YAML allows only spaces there")]
    [InlineData("a: \u0000\n", "1:4 MRL1002: control character U+0000 is not allowed in YAML; remove it or write it as an escape in double quotes")]
    [InlineData("a: *b\n", "1:4 MRL1007: alias '*b' names no complete anchor before it")]
    [InlineData("a: &b [*b]\n", "1:8 MRL1007: alias '*b' names no complete anchor before it")]
    [InlineData("{a: 1}: b\n", "1:1 MRL1006: a map stands where a key is expected; write a single value")]
    public void What_is_wrong_is_found_at_its_place(string yaml, string finding) =>
        Assert.Equal(finding, Findings(Parse(yaml)));

    [Fact]
    public void Other_encodings_are_named()
    {
        const string message = "1:1 MRL1002: file is UTF-16 or UTF-32; save it as UTF-8";
        Assert.Equal(message, Findings(YamlFile.Parse("f.yml", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a: b")])));
        Assert.Equal(message, Findings(YamlFile.Parse("f.yml", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("a: b")])));
        Assert.Equal(message, Findings(YamlFile.Parse("f.yml", Encoding.Unicode.GetBytes("a: b"))));
        Assert.Equal("2:5 MRL1002: byte 0xE9 is not UTF-8; save the file as UTF-8", Findings(YamlFile.Parse("f.yml", Encoding.Latin1.GetBytes("a: b\nc: dé\n"))));
    }

    [Fact]
    public void A_byte_order_mark_moves_no_column()
    {
        var file = YamlFile.Parse("f.yml", [.. Encoding.UTF8.Preamble, .. "a: b"u8]);
        Assert.Equal(("", "1:1-1:2 1:4-1:5"), (Findings(file), Spans(file, 0)));
    }

    [Fact]
    public void An_alias_bomb_is_refused()
    {
        StringBuilder bomb = new("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        Assert.Contains("MRL1005: file has more than 500000 nodes after aliases are resolved", Findings(Parse(bomb.ToString())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(63, "")]
    [InlineData(64, "1:68 MRL1005: nesting goes deeper than 64 levels; flatten it")]
    [InlineData(100_000, "1:68 MRL1005: nesting goes deeper than 64 levels; flatten it")]
    public void Nesting_has_a_limit(int levels, string finding) =>
        Assert.Equal(finding, Findings(Parse($"k: {new string('[', levels)}x{new string(']', levels)}")));

    [Fact]
    public void Aliases_do_not_nest_deeper_than_the_limit() =>
        Assert.Equal("2:44 MRL1005: nesting goes deeper than 64 levels after aliases are resolved; flatten it",
            Findings(Parse($"a: &a {new string('[', 40)}x{new string(']', 40)}\nb: {new string('[', 40)}*a{new string(']', 40)}\n")));

    [Fact]
    public void A_document_before_the_error_is_kept()
    {
        var file = Parse("a: 1\n---\nb: [\n");
        Assert.Single(file.Documents);
        Assert.StartsWith("MRL1001", Assert.Single(file.Diagnostics).Info.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void No_change_of_bytes_makes_a_reader_throw()
    {
        byte[][] seeds = [.. Directory.GetFiles(Repository.PathOf("tests/fixtures/lint"), "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        var special = ":-[]{}&*!|>'\"%@`#,?\n\t \r\0<~"u8.ToArray();
        var likely = Gen.Int[0, special.Length - 1].Select(index => special[index]);
        var context = LintRuleTests.Context("19.1");
        Gen.Select(Gen.Int[0, seeds.Length - 1], Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 2], Gen.OneOf(likely, Gen.Byte)).Array[1, 6]).Sample((seed, changes) =>
        {
            List<byte> bytes = [.. seeds[seed]];
            foreach (var (position, kind, value) in changes.Where(_ => bytes.Count > 0))
                if (kind == 0)
                    bytes[position % bytes.Count] = value;
                else if (kind == 1)
                    bytes.Insert(position % bytes.Count, value);
                else
                    bytes.RemoveRange(position % bytes.Count, Math.Min(value % 16, bytes.Count - position % bytes.Count));
            var rules = RuleSet.Of([SigmaFile.Parse("f.yml", bytes.ToArray())]);
            foreach (var finding in rules.Diagnostics.Concat(Linter.Check(rules, context, new() { Preset = Preset.Strict })))
                if (finding.Span is { Line: < 1 } or { Column: < 1 } || finding.Span.EndLine < finding.Span.Line)
                    return false;
            return true;
        }, iter: 5000);
    }

    internal static string Text(SourceSpan span) => $"{span.Line}:{span.Column}-{span.EndLine}:{span.EndColumn}";

    private static YamlFile Parse(string yaml) => YamlFile.Parse("f.yml", Encoding.UTF8.GetBytes(yaml));

    private static YamlMapping Root(YamlFile file) => Assert.IsType<YamlMapping>(file.Documents[0].Root);

    private static string Findings(YamlFile file) =>
        string.Join('\n', file.Diagnostics.Select(finding => $"{finding.Span.Line}:{finding.Span.Column} {finding.Info.Id}: {finding.Message}"));

    private static string Spans(YamlFile file, int document) => string.Join(' ', Scalars(file.Documents[document].Root).Select(scalar => Text(scalar.Span)));

    private static IEnumerable<YamlScalar> Scalars(YamlNode node) => node switch
    {
        YamlMapping map => map.Entries.SelectMany(entry => Scalars(entry.Value).Prepend(entry.Key)),
        YamlSequence list => list.Items.SelectMany(Scalars),
        _ => [(YamlScalar)node],
    };
}
