using System.Text;
using Merlon.Core.Coverage;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What filters leave of rules.</summary>
public class FilterTests
{
    private const string Silencing = "s: {f: x}, condition: not s";

    private static string Filter(string body, string rules = "any", string product = "windows", string title = "f") =>
        $"---\ntitle: {title}\nlogsource: {{product: {product}}}\nfilter: {{rules: {rules}, {body}}}\n";

    [Theory]
    [InlineData(Silencing, "filter 'f' leaves nothing of it")]
    [InlineData("s: {f: X*}, condition: not s", "filter 'f' leaves nothing of it")]
    [InlineData("s: {f: x}, condition: s", null)]
    [InlineData("s: {f: x, g: y}, condition: not s", null)]
    [InlineData("s: {g: y}, condition: not s", null)]
    [InlineData("s: {g: y}, condition: s and not s", "filter 'f' leaves nothing of it")]
    [InlineData("a: {f: x}, b: {g: y}, condition: [not a, not b]", null)]
    [InlineData("a: {f: x}, b: {f: '*'}, condition: [not a, not b]", "filter 'f' leaves nothing of it")]
    public void A_rule_that_a_filter_leaves_nothing_of_is_not_deployable(string filter, string? lacks)
    {
        var claim = Measure.Actor("techniques: [T1059.001]", [Measure.RuleText("t1059.001", more: Filter(filter))]).Techniques[0].Claims.Single();
        Assert.Equal((lacks is null ? Level.Deployable : Level.Claimed, lacks), (claim.Level, claim.Lacks?.Text));
        Assert.Equal(lacks is null ? null : LackKind.Filter, claim.Lacks?.Kind);
    }

    [Theory]
    [InlineData("any", "windows", "f")]
    [InlineData("[]", "windows", "f")]
    [InlineData("[base]", "windows", "f")]
    [InlineData("[base, BASE]", "windows", "f")]
    [InlineData("[other]", "windows", "")]
    [InlineData("any", "linux", "")]
    [InlineData("[base]", "linux", "")]
    public void A_filter_applies_to_the_rules_that_it_names_within_its_log_source(string named, string product, string filters)
    {
        var rules = Measure.Rules(Measure.RuleText("t1059.001", more: $"name: base\n{Filter(Silencing, named, product)}"), Measure.RuleText("t1059.001", "macos", title: "other", more: "name: other\n"));
        Assert.Equal(filters, string.Join(' ', rules[0].Filters.Select(filter => filter.Title)));
        Assert.Equal(filters, rules[0].SilencedByFilter?.Title ?? "");
        Assert.Null(rules[1].SilencedByFilter);
    }

    [Fact]
    public void The_first_filter_that_alone_leaves_nothing_is_named_else_the_last()
    {
        var rule = Measure.RuleText("t1059.001").Replace("f: x", "f: [x, y]", StringComparison.Ordinal);
        string Silenced(params string[] bodies) => Measure.Rules(rule + string.Concat(bodies.Select((body, index) => Filter(body, title: $"f{index}")))).Single().SilencedByFilter?.Title ?? "none";
        Assert.Equal("f1", Silenced("s: {f: x}, condition: not s", "s: {f: '*'}, condition: not s", "s: {f: [x, y]}, condition: not s"));
        Assert.Equal("f2", Silenced("s: {f: x}, condition: not s", "s: {g: y}, condition: not s", "s: {f: y}, condition: not s"));
        Assert.Equal("none", Silenced("s: {f: x}, condition: not s", "s: {g: y}, condition: not s"));
    }

    [Fact]
    public void A_rule_with_several_conditions_needs_one()
    {
        string Text(string filter) => Measure.RuleText("t1059.001").Replace("s: {f: x}, condition: s", "a: {f: x}, b: {g: y}, condition: [a, b]", StringComparison.Ordinal) + Filter(filter);
        Assert.Null(Measure.Rules(Text(Silencing)).Single().SilencedByFilter);
        Assert.NotNull(Measure.Rules(Text("s: [{f: x}, {g: y}], condition: not s")).Single().SilencedByFilter);
    }

    [Fact]
    public void A_rule_that_matches_nothing_by_itself_is_no_filters_fault()
    {
        var rule = Measure.Rules(Measure.RuleText("t1059.001", more: Filter(Silencing)).Replace("condition: s}", "condition: s and not s}", StringComparison.Ordinal)).Single();
        Assert.Equal((1, null), (rule.Filters.Length, rule.SilencedByFilter));
    }

    [Fact]
    public void A_filter_that_is_not_valid_is_only_broken()
    {
        var rule = Measure.Rules(Measure.RuleText("t1059.001", more: Filter("s: {f: x}, condition: not other"))).Single();
        Assert.Equal(("f", 0, null), (rule.BrokenFilter?.Title, rule.Filters.Length, rule.SilencedByFilter));
    }

    [Fact]
    public void A_correlation_is_no_better_than_a_rule_that_is_filtered_away()
    {
        var coverage = Measure.Actor("techniques: [T1110.001]", [Measure.RuleText("t1110.001", more: $$"""
            name: base
            {{Filter(Silencing)}}---
            title: c
            status: test
            level: high
            tags: [attack.t1110.001]
            correlation: {type: event_count, rules: [base], group-by: [u], timespan: 5m, condition: {gte: 10} }
            """)]);
        Assert.Equal("reads 'a': filter 'f' leaves nothing of it", coverage.Techniques[0].Claims.Single(claim => claim.Rule.Title == "c").Lacks?.Text);
    }

    [Theory]
    [InlineData("obsolete", "new")]
    [InlineData("merged", "new")]
    [InlineData("renamed", "new")]
    [InlineData("derived", "")]
    [InlineData("similar", "")]
    public void A_successor_names_the_rule_that_it_replaces(string type, string successor)
    {
        const string Id = "5b1e0f5c-0a3f-4c0e-9a52-6a1d3f0f7c11";
        var text = Measure.RuleText("t1059.001", title: "new", more: $"id: {Id.Replace('5', '6')}\nrelated:\n  - {{id: {Id.ToUpperInvariant()}, type: {type}}}\n  - {{id: {Id}, type: {type}}}\n  - {{id: {Id.Replace('5', '6')}, type: {type}}}\n");
        var successors = Successors.Of(RuleSet.Of([SigmaFile.Parse("a.yml", Encoding.UTF8.GetBytes(text))]));
        Assert.Equal(successor, string.Join(' ', successors[Id].Select(rule => rule.Title)));
        Assert.Empty(successors[Id.Replace('5', '6')]);
    }
}
