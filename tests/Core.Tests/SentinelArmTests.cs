using CsCheck;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Analytics rules of Sentinel as JSON.</summary>
public class SentinelArmTests
{
    private static string Rule(string properties, string head = "\"type\":\"Microsoft.OperationalInsights/workspaces/providers/alertRules\",\"name\":\"n\",\"kind\":\"Scheduled\"") =>
        $"{{{head},\"properties\":{{\"displayName\":\"a\"{(properties.Length == 0 ? "" : ",")}{properties}}}}}";

    private static RuleFile Read(string text) => Inventoried.Read("sentinel-arm", text);

    private static string Show(RuleFile file) => $"{string.Join(' ', file.Rules.Select(rule => $"{rule.Title}:{rule.State.Name}"))}|{string.Join(' ', file.Diagnostics.Select(found => found.Info.Id))}|{file.IsWhole}";

    [Fact]
    public void A_rule_is_read_with_all_that_is_said_of_it()
    {
        var text = Rule("\"enabled\":true,\"severity\":\"High\",\"tactics\":[\"CredentialAccess\"],\"techniques\":[\"T1003\",\"T1055\"],\"subTechniques\":[\"T1003.001\"],\"query\":\"a\",\"alertRuleTemplateName\":\"6c1a5b1e-0000-4000-8000-000000000001\",\"templateVersion\":\"1.0.0\"");
        var file = Read($"{{\"$schema\":\"x\",\"resources\":[\n{text}]}}");
        Assert.Equal("a:deployed||True", Show(file));
        var rule = file.Rules[0];
        Assert.Equal(("n", "high", null, QueryHash.Of("a")), (rule.Id, rule.SigmaLevel, rule.Status, rule.QueryHash));
        Assert.Equal(["6c1a5b1e-0000-4000-8000-000000000001"], rule.Mentions);
        Assert.Equal(["credential-access", "[T1003]", "T1055", "T1003.001"], Inventoried.Tags(rule).Split(' ').Select(tag => tag.Split('@')[0]));
        Assert.All(rule.AttackTags.Skip(1), tag => Assert.Equal((2, tag.Name), (tag.Span.Line, text[(tag.Span.Column - 1)..(tag.Span.EndColumn - 1)])));
    }

    [Fact]
    public void Rules_are_found_wherever_templates_have_them()
    {
        var template = Rule("\"enabled\":true", "\"type\":\"Microsoft.SecurityInsights/AlertRuleTemplates\",\"name\":\"[variables('x')]\",\"kind\":\"NRT\"");
        Assert.Equal("a:available||True", Show(Read($"{{\"resources\":[{{\"type\":\"Microsoft.OperationalInsights/workspaces/providers/contentTemplates\",\"properties\":{{\"mainTemplate\":{{\"resources\":[{template},{{\"type\":\"x/metadata\",\"properties\":{{}}}}]}}}}}}]}}")));
        Assert.Equal("a:disabled||True", Show(Read($"{{\"resources\":[{{\"type\":\"Microsoft.Resources/deployments\",\"properties\":{{\"template\":{{\"resources\":[{Rule("\"enabled\":false")}]}}}}}}]}}")));
        Assert.Equal("a:deployed||True", Show(Read($"{{\"languageVersion\":\"2.0\",\"resources\":{{\"one\":{Rule("\"enabled\":true")}}}}}")));
        Assert.Equal("a:deployed||True", Show(Read($"{{\"resources\":[{{\"type\":\"w\",\"resources\":[{Rule("\"enabled\":true", "\"type\":\"Microsoft.SecurityInsights/alertRules\",\"kind\":\"Fusion\"")}]}}]}}")));
    }

    [Fact]
    public void The_answer_of_the_API_is_a_list_of_what_runs()
    {
        var rules = $"{Rule("\"enabled\":true", "\"name\":\"1\",\"kind\":\"Fusion\"")},{Rule("\"enabled\":false", "\"name\":\"2\",\"kind\":\"Scheduled\"")}";
        Assert.Equal("a:deployed a:disabled||True", Show(Read($"{{\"value\":[{rules}]}}")));
        Assert.Equal("a:deployed a:disabled||True", Show(Read($"[{rules}]")));
        Assert.Equal("a:deployed a:disabled|MRL1101|False", Show(Read($"{{\"value\":[{rules}],\"nextLink\":\"https://example.org\"}}")));
    }

    [Theory]
    [InlineData("\"enabled\":\"[parameters('x')]\"", "a:available|MRL1103|True", "")]
    [InlineData("\"enabled\":1", "a:available|MRL1103|True", "")]
    [InlineData("\"severity\":\"[parameters('x')]\"", "a:available|MRL1103|True", "")]
    [InlineData("\"techniques\":\"[parameters('x')]\"", "a:available|MRL1103|True", "its techniques are an expression of its template")]
    [InlineData("\"techniques\":null,\"tactics\":null", "a:available||True", "")]
    [InlineData("\"techniques\":[3]", "a:available||True", "")]
    public void Expressions_are_not_guessed(string properties, string expected, string defect)
    {
        var file = Read($"{{\"resources\":[{Rule(properties)}]}}");
        Assert.Equal((expected, defect), (Show(file), file.Rules[0].Defect ?? ""));
    }

    [Theory]
    [InlineData("[variables('analyticRuleObject1')._id]", null)]
    [InlineData("[concat(parameters('w'),'/Microsoft.SecurityInsights/6c1a5b1e-0000-4000-8000-000000000001')]", "[concat(parameters('w'),'/Microsoft.SecurityInsights/6c1a5b1e-0000-4000-8000-000000000001')]")]
    [InlineData("w/Microsoft.SecurityInsights/x", "w/Microsoft.SecurityInsights/x")]
    public void An_expression_is_an_id_where_it_holds_one(string name, string? id) =>
        Assert.Equal(id, Read($"{{\"resources\":[{Rule("", $"\"type\":\"x/alertRules\",\"name\":\"{name}\"")}]}}").Rules[0].Id);

    [Theory]
    [InlineData("{}", "|MRL1102|True")]
    [InlineData("[3]", "|MRL1102|True")]
    [InlineData("{\"resources\":[]}", "||True")]
    [InlineData("{\"resources\":[3,null,\"x\",[]]}", "||True")]
    [InlineData("{\"resources\":[{\"type\":\"x/alertRules\",\"properties\":{}}]}", "|MRL1102|True")]
    [InlineData("{\"resources\":[{\"type\":\"x/alertRules\",\"properties\":3}]}", "||True")]
    [InlineData("{\"value\":[{\"name\":\"x\"}]}", "|MRL1102|True")]
    [InlineData("{\"resources\":[", "|MRL1101|False")]
    public void What_holds_no_rule_is_found(string text, string expected) => Assert.Equal(expected, Show(Read(text)));

    [Fact]
    public void Names_leave_a_rule_out_without_a_word() => Assert.Equal("||True", Show(Inventoried.Read("sentinel-arm", Rule("\"severity\":\"odd\""), "^y$")));

    [Fact]
    public void Any_text_is_read_or_found_and_twice_the_same()
    {
        var whole = $"{{\"resources\":[{Rule("\"enabled\":true,\"techniques\":[\"T1003\"],\"subTechniques\":[\"T1003.001\"]")},{{\"type\":\"x\",\"properties\":{{\"template\":{{\"resources\":[]}}}}}}]}}";
        Gen.Select(Gen.Int[0, whole.Length], Gen.Int[1, 30]).Sample((start, length) =>
        {
            var text = whole.Remove(start, Math.Min(length, whole.Length - start));
            Assert.Equal(Show(Read(text)), Show(Read(text)));
        });
        Assert.NotEmpty(Read($"{{\"resources\":{new string('[', 100_000)}").Diagnostics);
    }
}
