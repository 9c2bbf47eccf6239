using System.Text;
using Merlon.Core.Sigma;
using Xunit;

namespace Merlon.Core.Tests;

public class ConditionTests
{
    [Theory]
    [InlineData("a or b and not c", "(a | (b & !c))")]
    [InlineData("a and b or c and d", "((a & b) | (c & d))")]
    [InlineData("(a or b) and c", "((a | b) & c)")]
    [InlineData("not a and b", "(!a & b)")]
    [InlineData("not not a", "!!a")]
    [InlineData("not (a or b)", "!(a | b)")]
    [InlineData("a and b and c", "(a & b & c)")]
    [InlineData("notepad and order and android", "(notepad & order & android)")]
    [InlineData("1 of them", "1:*")]
    [InlineData("all of them or any of sel-*", "(all:* | 1:sel-*)")]
    [InlineData("not 1 of filter_* and all", "(!1:filter_* & all)")]
    [InlineData("1 of a", "1:a")]
    [InlineData("a\n    and\tb", "(a & b)")]
    [InlineData("ALL and x", "(ALL & x)")]
    public void A_condition_reads_as(string condition, string tree) => Assert.Equal(tree, Tree(Read(condition).Root));

    [Theory]
    [InlineData("a AND b", "3-6", "'AND' stands where 'and', 'or' or the end is expected; keywords are lower case")]
    [InlineData("NOT a", "1-4", "'NOT' stands where the name of a selection is expected; keywords are lower case")]
    [InlineData("a and NOT (b)", "7-10", "'NOT' stands where the name of a selection is expected; keywords are lower case")]
    [InlineData("ALL of a*", "1-4", "'ALL' stands where the name of a selection is expected; keywords are lower case")]
    [InlineData("1 OF a*", "3-5", "'OF' stands where 'and', 'or' or the end is expected; keywords are lower case")]
    [InlineData("1 of THEM", "6-10", "'THEM' stands where 'them' or a pattern such as 'selection_*' is expected; keywords are lower case")]
    [InlineData("2 of a*", "1-2", "'2' stands where '1', 'any' or 'all' is expected")]
    [InlineData("a or none of a*", "6-10", "'none' stands where '1', 'any' or 'all' is expected")]
    [InlineData("a b", "3-4", "'b' stands where 'and', 'or' or the end is expected")]
    [InlineData("a b c and a", "3-4", "'b' stands where 'and', 'or' or the end is expected")]
    [InlineData("(a b)", "4-5", "'b' stands where 'and', 'or' or ')' is expected")]
    [InlineData("()", "2-3", "')' stands where the name of a selection is expected")]
    [InlineData("1 of (a, b)", "6-7", "'(' stands where 'them' or a pattern such as 'selection_*' is expected")]
    [InlineData("(a | count() by b", "4-5", "'|' stands where 'and', 'or' or ')' is expected; aggregations are not part of Sigma 2, write a correlation rule")]
    [InlineData("a and", "3-6", "condition ends where the name of a selection is expected")]
    [InlineData("a and or b", "7-9", "'or' stands where the name of a selection is expected")]
    [InlineData("(a or b", "7-8", "condition ends where ')' is expected")]
    [InlineData("a)", "2-3", "')' stands where 'and', 'or' or the end is expected; no '(' is open")]
    [InlineData("a*", "1-3", "'a*' stands where the name of a selection is expected")]
    [InlineData("a | count() > 5", "3-4", "'|' stands where 'and', 'or' or the end is expected; aggregations are not part of Sigma 2, write a correlation rule")]
    [InlineData("a and \U0001F512", "7-9", "'\U0001F512' stands where the name of a selection is expected")]
    [InlineData("''", "1-3", "condition is empty; the name of a selection is expected")]
    public void What_does_not_fit_is_named_at_its_place(string condition, string columns, string message)
    {
        var file = Parse($"{Rule}detection:\n  a: x\n  condition: {condition}\n");
        var finding = Assert.Single(file.Diagnostics);
        Assert.Equal(("MRL2101", message), (finding.Info.Id, finding.Message));
        Assert.Equal((5, columns), (finding.Span.Line, $"{finding.Span.Column - 13}-{finding.Span.EndColumn - 13}"));
        Assert.False(file.Rules[0].IsValid);
    }

    [Theory]
    [InlineData("a AND b OR NOT c", "3 9 12")]
    [InlineData("2 of a* and and (b c)", "1 13 20")]
    [InlineData("a) and b)", "2 9")]
    [InlineData("a b and c d or (e f) and g", "3 11 19")]
    [InlineData("a and", "3")]
    [InlineData("a b and (", "3")]
    [InlineData(") ) ) a", "1")]
    [InlineData("a AND b AND c AND d AND e AND f AND g AND h AND i AND j", "3 9 15 21 27 33 39 45")]
    public void Reading_goes_on_after_an_error_that_leaves_no_doubt(string condition, string columns)
    {
        var findings = Parse($"{Rule}detection:\n  a: x\n  condition: {condition}\n").Diagnostics;
        Assert.All(findings, finding => Assert.Equal("MRL2101", finding.Info.Id));
        Assert.Equal(columns, string.Join(' ', findings.Select(finding => finding.Span.Column - 13)));
    }

    [Theory]
    [InlineData("1 of sel", "'sel' matches no selection of this rule; write 'sel*' for those that begin with it")]
    [InlineData("1 of selectoin_1", "'selectoin_1' matches no selection of this rule; did you mean 'selection_1'?")]
    [InlineData("1 of nothing_*", "'nothing_*' matches no selection of this rule; use selection_1")]
    public void A_pattern_without_a_match_says_what_may_be_meant(string condition, string message) =>
        Assert.Equal(("MRL2103", message), Parse($"{Rule}detection:\n  selection_1: x\n  condition: {condition}\n").Diagnostics.Select(finding => (finding.Info.Id, finding.Message)).Single());

    [Fact]
    public void Them_leaves_out_names_that_begin_with_an_underscore() =>
        Assert.Equal("'them' means no selection of this rule; names that begin with '_' are left out", Assert.Single(Parse($"{Rule}detection:\n  _a: x\n  condition: 1 of them\n").Diagnostics).Message);

    [Fact]
    public void The_place_is_right_in_a_folded_condition()
    {
        var finding = Assert.Single(Parse($"{Rule}detection:\n  a: x\n  b: x\n  condition: >\n    a\n    and c\n").Diagnostics);
        Assert.Equal(("MRL2102", "8:9-8:10"), (finding.Info.Id, YamlTests.Text(finding.Span)));
    }

    [Fact]
    public void Nesting_has_a_limit() => Assert.Contains("condition nests deeper than 64 levels",
        Assert.Single(Parse($"{Rule}detection:\n  a: x\n  condition: {new string('(', 5000)}a{new string(')', 5000)}\n").Diagnostics).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("*", "_a", false)]
    [InlineData("_*", "_a", true)]
    [InlineData("sel*_x", "sel_1_x", true)]
    [InlineData("sel*_x", "sel_1_y", false)]
    [InlineData("a*b*c", "abbc", true)]
    [InlineData("a*a", "a", false)]
    public void A_pattern_selects(string pattern, string name, bool selected) => Assert.Equal(selected, new ConditionOf(false, pattern, default).Selects(name));

    [Fact]
    public void A_global_document_is_laid_over_those_after_it_until_reset()
    {
        var file = Parse("action: global\ntitle: G\nlogsource: {product: p}\ndetection: {b: y}\n---\ntitle: own\ndetection: {a: x, condition: a and b}\n---\naction: reset\n---\ntitle: alone\nlogsource: {product: q}\ndetection: {a: x, condition: a}\n");
        Assert.Empty(file.Diagnostics);
        Assert.Equal("G/p alone/q", string.Join(' ', file.Rules.Select(rule => $"{rule.Title}/{rule.LogSource}")));
    }

    [Fact]
    public void Repeat_changes_the_document_before_even_where_the_global_one_set_it()
    {
        var file = Parse("action: global\ntitle: G\nlogsource: {product: p}\n---\ndetection: {a: x, condition: a}\n---\naction: repeat\ntitle: R\nlogsource: {product: q}\n");
        Assert.Empty(file.Diagnostics);
        Assert.Equal("G/p R/q", string.Join(' ', file.Rules.Select(rule => $"{rule.Title}/{rule.LogSource}")));
        Assert.Equal([0, 1, 2], [0, .. file.Rules.Select(rule => rule.Index)]);
    }

    [Theory]
    [InlineData("repeat", "'repeat' has no document before it in this file; put it after the one that it repeats")]
    [InlineData("globl", "'globl' is not an action; did you mean 'global'?")]
    [InlineData("[global]", "action is a list; use global, reset or repeat")]
    public void Another_action_is_refused(string action, string message)
    {
        var file = Parse($"action: {action}\n{Rule}detection: {{a: x, condition: a}}\n");
        Assert.Equal(("MRL2006", message), (Assert.Single(file.Diagnostics).Info.Id, file.Diagnostics[0].Message));
        Assert.Empty(file.Rules);
    }

    [Fact]
    public void Large_hostile_files_take_no_time_that_grows_with_their_square()
    {
        var time = System.Diagnostics.Stopwatch.StartNew();
        var name = new string('n', 1_000_000);
        Assert.Single(Parse($"{Rule}detection:\n  ? {name}\n  : x\n  condition: {name}x\n").Diagnostics);
        var many = string.Concat(Enumerable.Range(0, 100_000).Select(number => $"k{number}: 1\n"));
        Parse($"action: global\n{many}---\n{many}");
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(20), $"{time.Elapsed}");
    }

    [Fact]
    public void A_rule_is_not_valid_when_a_part_of_its_template_could_not_be_read() =>
        Assert.False(Assert.Single(Parse("action: global\ntitle: G\ntitle: H\nlogsource: {product: p}\n---\ndetection: {a: x, condition: a}\n").Rules).IsValid);

    private const string Rule = "title: t\nlogsource: {product: p}\n";

    private static SigmaFile Parse(string yaml) => SigmaFile.Parse("f.yml", Encoding.UTF8.GetBytes(yaml));

    private static Condition Read(string condition) => Assert.Single(Parse($"{Rule}detection:\n  a: x\n  condition: {condition}\n").Rules[0].Detection!.Conditions);

    private static string Tree(ConditionNode? node) => node switch
    {
        ConditionAnd and => $"({string.Join(" & ", and.Operands.Select(Tree))})",
        ConditionOr or => $"({string.Join(" | ", or.Operands.Select(Tree))})",
        ConditionNot not => $"!{Tree(not.Operand)}",
        ConditionSelection selection => selection.Name,
        ConditionOf of => $"{(of.IsAll ? "all" : "1")}:{of.Pattern}",
        _ => "no tree",
    };
}
