using System.Text;
using Merlon.Core.Matching;
using Merlon.Core.Sigma;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Correlations over events with times.</summary>
public class MatchingCorrelationTests
{
    private static readonly string Base = string.Concat("abc".Select(name => $"title: {name}\nname: {name}\nlogsource: {{product: windows}}\ndetection: {{s: {{K: {name}}}, condition: s}}\n---\n"));

    /// <param name="events"><c>a0 b65 a70:u2</c>: the rule that matches, the second, and the user where it is not u1.</param>
    private static string Groups(string correlation, string events, string more = "")
    {
        var rules = SigmaFile.Parse("c.yml", Encoding.UTF8.GetBytes($"{Base}{more}title: top\nname: top\ncorrelation: {{{correlation}}}\n")).Rules;
        var matchers = rules.Where(rule => rule.Kind == SigmaKind.Rule).ToDictionary(rule => rule.Name!.Value, rule => RuleMatcher.Create(rule, [], FieldMappings.Empty));
        var matcher = CorrelationMatcher.Create(rules[^1], matchers, rules.Where(rule => rule.Correlation is not null).ToDictionary(rule => rule.Name!.Value));
        if (matcher.NotEvaluated is { } reason)
            return reason;
        var json = string.Join('\n', events.Split(' ').Select(e => (e, e[1..].Split(':'))).Select(e =>
            $"{{\"K\":\"{e.e[0]}\",\"n\":\"{e.e}\",\"User\":\"{(e.Item2.Length > 1 ? e.Item2[1] : "u1")}\",\"@timestamp\":\"{DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(int.Parse(e.Item2[0], System.Globalization.CultureInfo.InvariantCulture)):O}\"}}"));
        var result = matcher.Evaluate(MatchingScene.Events(json));
        Assert.Null(result.NotEvaluated);
        return string.Join(" | ", result.Groups.Select(group => string.Join(' ', group.Events.Select(e => e.FindText("n")))));
    }

    [Theory]
    [InlineData("type: event_count, rules: [a], group-by: [User], timespan: 60s, condition: {gte: 3}", "a0 a30 a60", "a0 a30 a60")]
    [InlineData("type: event_count, rules: [a], group-by: [User], timespan: 60s, condition: {gte: 3}", "a0 a30 a61", "")]
    [InlineData("type: event_count, rules: [a], group-by: [User], timespan: 60s, condition: {gt: 1}", "a0 a10:u2 a20 a30:U2", "a0 a20 | a10:u2 a30:U2")]
    [InlineData("type: event_count, rules: [a], timespan: 60s, condition: {gt: 1}", "a0 a10:u2 b15 a20 a30", "a0 a10:u2 | a20 a30")]
    [InlineData("type: event_count, rules: [a], group-by: [Gone], timespan: 60s, condition: {gte: 1}", "a0", "")]
    [InlineData("type: event_count, rules: [a], timespan: 60s, condition: {gte: 2, lte: 3}", "a0 a1 a2 a3 a100 a101", "a100 a101")]
    [InlineData("type: event_count, rules: [a, b], timespan: 60s, condition: {eq: 2}", "a0 b1 a90", "a0 b1")]
    [InlineData("type: value_count, rules: [a], timespan: 60s, condition: {gte: 2, field: User}", "a0 a1 a2:U1 a3:u2", "a0 a1 a2:U1 a3:u2")]
    [InlineData("type: value_count, rules: [a], timespan: 60s, condition: {gte: 2, field: User}", "a0 a100:u2", "")]
    [InlineData("type: temporal, rules: [a, b, c], group-by: [User], timespan: 60s", "c0 b70 a80 c90", "b70 a80 c90")]
    [InlineData("type: temporal, rules: [a, b, c], group-by: [User], timespan: 60s, condition: {gte: 2}", "a0 a1 c2", "a0 a1 c2")]
    [InlineData("type: temporal, rules: [a, b, c], timespan: 60s, condition: 'a and (b or c)'", "b0 c1 a2", "b0 c1 a2")]
    [InlineData("type: temporal_ordered, rules: [a, b], group-by: [User], timespan: 60s", "b0 a10 b20", "b0 a10 b20")]
    [InlineData("type: temporal_ordered, rules: [a, b], group-by: [User], timespan: 60s", "b0 a10", "")]
    [InlineData("type: temporal_ordered, rules: [a, b, c], group-by: [User], timespan: 60s", "a0 b50 a55 c70 b80 c90", "b50 a55 c70 b80 c90")]
    [InlineData("type: temporal, rules: [a, b], group-by: [who], timespan: 60s, aliases: {who: {a: User, b: K}}", "a0:b b1", "a0:b b1")]
    public void Events_make_groups(string correlation, string events, string groups) => Assert.Equal(groups, Groups(correlation, events));

    [Fact]
    public void A_correlation_may_read_another() => Assert.Equal("a0 b1 a5 b30", Groups("type: temporal_ordered, rules: [many, b], group-by: [User], timespan: 60s", "b1 a0 a5 b30",
        "title: many\nname: many\ncorrelation: {type: event_count, rules: [a], group-by: [K], timespan: 10s, condition: {gte: 2}}\n---\n"));

    [Theory]
    [InlineData("type: value_avg, rules: [a], timespan: 60s, condition: {gte: 2, field: User}", "correlations of the type 'value_avg' are not evaluated")]
    [InlineData("type: event_count, rules: [nope], timespan: 60s, condition: {gte: 2}", "it reads 'nope', which does not exist")]
    [InlineData("type: event_count, rules: [a], timespan: never, condition: {gte: 2}", "the correlation is not valid")]
    [InlineData("type: temporal, rules: [a, b], timespan: 60s, condition: 'a and not b'", "its condition has 'not', of which Sigma does not say over which time it is asked")]
    [InlineData("type: value_count, rules: [a], timespan: 60s, condition: {gte: 2, field: [User, K]}", "it counts several fields at once, of which Sigma does not say how")]
    [InlineData("type: temporal, rules: [top, a], timespan: 60s", "it reads 'top', which is not evaluated")]
    public void What_cannot_be_evaluated_says_why(string correlation, string reason) => Assert.StartsWith(reason, Groups(correlation, "a0"), StringComparison.Ordinal);

    [Fact]
    public void An_event_without_a_time_is_told_of()
    {
        var rules = SigmaFile.Parse("c.yml", Encoding.UTF8.GetBytes($"{Base}title: top\ncorrelation: {{type: event_count, rules: [a], timespan: 60s, condition: {{gte: 1}}}}\n")).Rules;
        var matcher = CorrelationMatcher.Create(rules[^1], new Dictionary<string, RuleMatcher> { ["a"] = RuleMatcher.Create(rules[0], [], FieldMappings.Empty) }, new Dictionary<string, SigmaRule>());
        Assert.Equal("the event in line 2 of e.json has no time", matcher.Evaluate(MatchingScene.Events("{\"K\":\"z\"}\n{\"K\":\"a\"}")).NotEvaluated);
    }

    [Fact]
    public void Many_events_take_time_that_grows_with_their_number()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal("", Groups("type: value_count, rules: [a, b], timespan: 90d, condition: {gt: 100000, field: n}", string.Join(' ', Enumerable.Range(0, 20_000).Select(second => $"a{second}"))));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }
}
