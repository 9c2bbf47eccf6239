using CsCheck;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Rules as Kibana exports them.</summary>
public class ElasticNdjsonTests
{
    private const string Rule = """{"id":"a","rule_id":"r1","name":"Own rule","enabled":true,"severity":"low","tags":["OS: macOS","x"],"index":["logs-*"],"query":"a\r\nb","related_integrations":[{"package":"okta","version":"1"}],"threat":[{"framework":"MITRE ATT&CK","tactic":{"id":"TA0006","name":"Credential Access"},"technique":[{"id":"T1003","subtechnique":[{"id":"T1003.001"}]},{"id":"T1055","subtechnique":[]}]},{"framework":"MITRE ATLAS","technique":[{"id":"AML.T1"}]}]}""";

    private static RuleFile Read(string text) => Inventoried.Read("elastic-ndjson", text);

    private static string Show(RuleFile file) => $"{string.Join(' ', file.Rules.Select(rule => $"{rule.Title}:{rule.State.Name}"))}|{Inventoried.Found(file)}|{file.IsWhole}";

    [Fact]
    public void A_rule_is_read_with_all_that_is_said_of_it()
    {
        var file = Read(Rule);
        Assert.Equal("", Inventoried.Found(file));
        var rule = Assert.Single(file.Rules);
        Assert.Equal(("Own rule", "r1", null, "low", RuleState.Deployed, QueryHash.Of("a\nb")), (rule.Title, rule.Id, rule.Status, rule.SigmaLevel, rule.State, rule.QueryHash));
        Assert.Equal(["credential-access", "[T1003]", "T1003.001", "T1055"], Inventoried.Tags(rule).Split(' ').Select(tag => tag.Split('@')[0]));
        Assert.All(rule.AttackTags.Where(tag => tag.Kind == AttackTagKind.Technique), tag => Assert.Equal(tag.Name, Rule[(tag.Span.Column - 1)..(tag.Span.EndColumn - 1)]));
        Assert.Equal("macos|okta logs-*", $"{string.Join(' ', rule.Products)}|{string.Join(' ', rule.DataSources)}");
    }

    [Theory]
    [InlineData("""{"name":"a","rule_id":"1","enabled":false}""", "a:disabled||True")]
    [InlineData("""{"name":"a","rule_id":"1"}""", "a:available||True")]
    [InlineData("""{"name":"a","enabled":"yes"}""", "a:available|MRL1103@1:23|True")]
    [InlineData("{\"name\":\"a\"}\n{\"rule_id\":\"1\"}\n{\"name\":\"c\"}", "a:available c:available|MRL1102@2:1|True")]
    [InlineData("{\"name\":\"a\"}\nrubbish\n{\"name\":\"c\"}", "a:available c:available|MRL1102@2:1|True")]
    [InlineData("{\"name\":\"a\"}\n[3]", "a:available|MRL1102@2:2|True")]
    [InlineData("{\"name\":\"a\"}\n{\"exported_count\":1,\"missing_rules\":[]}", "a:available||True")]
    [InlineData("{\"name\":\"a\"}\n{\"exported_count\":2}", "a:available|MRL1101@2:19|False")]
    [InlineData("{\"name\":\"a\"}\n{\"list_id\":\"l\",\"name\":\"x\"}\n{\"type\":\"action\",\"attributes\":{\"actionTypeId\":\".x\",\"name\":\"y\"}}\n{\"exported_count\":3,\"exported_rules_count\":1}", "a:available||True")]
    [InlineData("{\"name\":\"a\"}\n{\"list_id\":\"l\",\"name\":\"x\"}\n{\"exported_count\":2,\"exported_rules_count\":2}", "a:available|MRL1101@3:44|False")]
    [InlineData("{\"name\":\"a\"}\n{\"exported_count\":1,\"missing_rules\":[{\"rule_id\":\"z\"}]}", "a:available|MRL1103@2:37|True")]
    [InlineData("""{"page":1,"perPage":20,"total":2,"data":[{"name":"a","enabled":true},{"name":"b","enabled":false}]}""", "a:deployed b:disabled||True")]
    [InlineData("""{"page":1,"perPage":1,"total":2,"data":[{"name":"a","enabled":true}]}""", "a:deployed|MRL1101@1:31|False")]
    [InlineData("""[{"name":"a"},{"name":"b"}]""", "a:available b:available||True")]
    [InlineData("""{"attributes":{"name":"a","rule_id":"1"},"id":"1_1","type":"security-rule"}""", "a:available||True")]
    [InlineData("", "||True")]
    public void Every_form_of_an_export_is_read(string text, string expected) => Assert.Equal(expected, Show(Read(text)));

    [Fact]
    public void What_an_entry_does_not_want_still_counts_as_there()
    {
        var file = Inventoried.Read("elastic-ndjson", "{\"name\":\"a\",\"severity\":\"odd\"}\n{\"name\":\"b\"}\n{\"exported_count\":2}", "^b$");
        Assert.Equal("b:available||True", Show(file));
    }

    [Theory]
    [InlineData("{\"name\":\"a\",\"threat\":[{\"technique\":[{\"id\":\"T1003\\u002e001\"}]}]}", "T1003.001@1:43-59")]
    [InlineData("{\"name\":\"\U0001F600\",\"threat\":[{\"technique\":[{\"id\":\"Txyz\"}]}]}", "Txyz?@1:45-49")]
    public void Ids_have_their_places_whatever_stands_before_them(string text, string tags) => Assert.Equal(tags, Inventoried.Tags(Assert.Single(Read(text).Rules)));

    [Fact]
    public void Hostile_lines_cost_themselves()
    {
        var deep = $"{{\"name\":\"x\",\"threat\":{new string('[', 200_000)}{new string(']', 200_000)}}}";
        var file = Read($"{{\"name\":\"a\"}}\n{deep}\n{{\"name\":\"b\"}}\n\0\n");
        Assert.Equal(["a", "b"], file.Rules.Select(rule => rule.Title));
        Assert.Equal(2, file.Diagnostics.Length);
    }

    [Fact]
    public void A_broken_line_never_hides_others()
    {
        Gen.Int[0, Rule.Length - 1].Sample(cut =>
        {
            var file = Read($"{Rule}\n{Rule[..cut]}\n{Rule.Replace("r1", "r2", StringComparison.Ordinal)}\n");
            Assert.Equal(["r1", "r2"], file.Rules.Where(rule => rule.Title == "Own rule").Select(rule => rule.Id!)); // both have one
        });
    }

    [Fact]
    public void Bytes_that_are_no_text_are_found() => Assert.Equal("a:available|MRL1102@2:9|True", Show(Inventoried.Read("elastic-ndjson", [.. "{\"name\":\"a\"}\n{\"name\":\""u8, 0xFF, .. "\"}"u8])));
}
