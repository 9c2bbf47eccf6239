using CsCheck;
using Merlon.Core.Evidence;
using Xunit;

namespace Merlon.Core.Tests;

public class RuleContentTests
{
    private const string Rule = """
        title: One
        id: a
        status: test
        tags: [attack.t1059.001]
        logsource: { category: process_creation, product: windows }
        detection:
          selection:
            Image|endswith: ['\a.exe', '\b.exe']
            CommandLine|utf16le|base64offset|contains: x
          other:
            - EventID: 1
            - Path|re|i: 'a.*b'
          condition: selection and not other
        """;

    private const string Filter = """
        ---
        title: f
        logsource: { product: windows }
        filter: { rules: any, s: { User: root }, condition: not s }
        """;

    private const string Correlation = """
        title: c
        id: c
        correlation: { type: event_count, rules: [a], group-by: [Host, User], timespan: 5m, condition: { gte: 10 } }
        ---
        """ + "\n" + Rule;

    private static string? Of(string text, string id = "a") => new RuleContent().Find(Exercises.Set(text).Rules.Single(rule => rule.Id == id));

    /// <summary>Records keep it: if this changes, every record everywhere is void.</summary>
    [Fact]
    public void It_is_what_it_was() => Golden.Match($"{Of(Rule)}\n{Of(Correlation, "c")}\n", "tests/fixtures/exercise/content.txt");

    public static TheoryData<string, string> Same => new()
    {
        { "title: One", "title: Two # other" }, { "status: test", "status: stable\nlevel: high\nauthor: b\nmodified: 2026-01-01" }, { "attack.t1059.001", "attack.t1003" },
        { "['\\a.exe', '\\b.exe']", "# first\n      - \"\\\\b.exe\"\n      - \\a.exe # plain" }, { "contains: x", "contains: 'x'" }, { "EventID: 1", "EventID: '1'" },
        { "{ category: process_creation, product: windows }", "\n  product: \"windows\"\n  definition: many words\n  category: process_creation" },
        { "utf16le", "wide" }, { "re|i:", "re|ignorecase:" }, { "selection and not other", "(selection) and (not other)" }, { "selection and not other", "not other and selection" },
        { "    Image|endswith: ['\\a.exe', '\\b.exe']\n    CommandLine|utf16le|base64offset|contains: x\n", "    CommandLine|utf16le|base64offset|contains: x\n    Image|endswith: ['\\a.exe', '\\b.exe']\n" },
        { "detection:", "falsepositives: [none]\nsimulation: [{ atomic_guid: 2536dee2-12fb-459a-8c37-971844fa73be }]\ndetection:" },
    };

    [Theory, MemberData(nameof(Same))]
    public void What_means_the_same_is_the_same(string old, string with)
    {
        var changed = Rule.ReplaceLineEndings("\n").Replace(old, with, StringComparison.Ordinal);
        Assert.NotEqual(Rule.ReplaceLineEndings("\n"), changed);
        Assert.Equal(Of(Rule), Of(changed));
    }

    public static TheoryData<string, string> Others => new()
    {
        { "\\a.exe", "\\A.exe" }, { "'\\a.exe', ", "" }, { "endswith", "contains" }, { "Image", "OriginalFileName" }, { "contains: x", "contains: y" }, { "utf16le|", "" }, { "re|i:", "re:" }, { "a.*b", "a.+b" },
        { "EventID: 1", "EventID: 2" }, { "EventID: 1", "EventID: null" }, { "selection and not other", "selection" }, { "selection and not other", "selection or not other" }, { "selection and not other", "all of them" },
        { "product: windows", "product: linux" }, { "category: process_creation, ", "" }, { "endswith:", "endswith|all:" }, { "condition:", "timeframe: 5m\n  condition:" },
    };

    [Theory, MemberData(nameof(Others))]
    public void What_means_something_else_is_another(string old, string with)
    {
        var changed = Rule.Replace(old, with, StringComparison.Ordinal);
        Assert.NotNull(Of(changed));
        Assert.NotEqual(Of(Rule), Of(changed));
    }

    [Fact]
    public void A_filter_that_applies_is_a_part_of_it()
    {
        var filtered = $"{Rule}\n{Filter}";
        Assert.NotEqual(Of(Rule), Of(filtered));
        Assert.NotEqual(Of(filtered), Of(filtered.Replace("root", "admin", StringComparison.Ordinal)));
        Assert.Equal(Of(filtered), Of(filtered.Replace("title: f", "title: g", StringComparison.Ordinal)));
        Assert.Equal(Of(Rule), Of(filtered.Replace("{ product: windows }\nfilter", "{ product: linux }\nfilter", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("event_count", "value_count")]
    [InlineData("gte: 10", "gte: 11")]
    [InlineData("5m", "6m")]
    [InlineData("Host, User", "Host")]
    [InlineData("contains: x", "contains: y")] // of the rule that it reads
    public void Of_a_correlation_the_block_and_what_it_reads_are_parts(string old, string with) => Assert.NotEqual(Of(Correlation, "c"), Of(Correlation.Replace(old, with, StringComparison.Ordinal), "c"));

    [Theory]
    [InlineData("Host, User", "User, Host")]
    [InlineData("title: c", "title: d")]
    [InlineData("condition: { gte: 10 } }", "condition: { gte: 10 }, generate: true }")]
    public void The_rest_of_a_correlation_is_none(string old, string with) => Assert.Equal(Of(Correlation, "c"), Of(Correlation.Replace(old, with, StringComparison.Ordinal), "c"));

    [Fact]
    public void What_is_not_valid_has_none()
    {
        Assert.Null(Of(Rule.Replace("condition: selection", "condition: nothing", StringComparison.Ordinal)));
        Assert.Null(Of("title: c\nid: c\ncorrelation: { type: event_count, rules: [c], timespan: 5m, condition: { gte: 1 } }\n", "c"));
    }

    [Fact]
    public void A_long_chain_of_correlations_has_one()
    {
        static string Link(int at) => $"title: c{at}\nid: c{at}\ncorrelation: {{ type: event_count, rules: [{(at == 0 ? "a" : $"c{at - 1}")}], timespan: 5m, condition: {{ gte: 1 }} }}\n---\n";
        Assert.NotNull(Of(string.Concat(Enumerable.Range(0, 5000).Select(Link)) + Rule, "c4999"));
    }

    [Fact]
    public void Texts_never_run_into_each_other() => Gen.Select(Gen.String[Gen.Char["a,:()\"'"], 0, 6].Array[1, 3], Gen.String[Gen.Char["a,:()\"'"], 0, 6].Array[1, 3]).Sample((one, other) =>
    {
        static string Text(string[] values) => Measure.RuleText("t1059", more: "id: a\n").Replace("{f: x}", $"{{f: [{string.Join(", ", values.Select(value => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'"))}]}}", StringComparison.Ordinal);
        return (Of(Text(one)) == Of(Text(other))) == one.ToHashSet().SetEquals(other);
    }, iter: 200);
}
