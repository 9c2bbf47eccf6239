using System.Text;
using CsCheck;
using Merlon.Core.Sources;
using Merlon.Core.Sources.Inventory;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>The file that keeps an inventory.</summary>
public class InventoryFileTests
{
    private const string Guid = "1a2b3c4d-0000-4000-8000-000000000001";

    private static readonly RuleSource Siem = new() { Name = "siem", Format = new InventoryFile(), Releases = [Measure.Attack] };

    private static readonly Gen<DetectionRule> AnyRule =
        from title in Gen.String[1, 12].Where(text => text.All(c => !char.IsSurrogate(c)))
        from label in Gen.String[Gen.Char.AlphaNumeric, 0, 5]
        from id in Gen.Guid
        from state in Gen.Int[0, 2]
        from tags in Gen.Int[0, 3].Select(index => new[] { "T1059.001", "T1003", "TA0006", "G0046" }[index]).List[0, 4]
        from sources in Gen.Int[0, 2].Select(index => new[] { "Sysmon EventID 1", "a \"quote\"", "\\" }[index]).List[0, 2]
        select new DetectionRule
        {
            Source = Siem,
            Span = new("a.json", 1, 1, 1, 2),
            Title = title,
            Label = label.Length == 0 ? null : label,
            Id = $"{id}",
            State = (RuleState)state,
            Status = state == 0 ? "stable" : null,
            SigmaLevel = state == 1 ? "high" : null,
            AttackTags = [.. tags.Distinct().SelectMany(tag => new AttackTokens([Measure.Attack]).Read(tag, new("a.json", 1, 1, 1, 2)))],
            DataSources = [.. sources.Distinct()],
            Products = ["windows"],
            Mentions = [$"{id}"],
            OwnTests = [new(id, new("a.json", 1, 1, 1, 2), null, null, null)],
            QueryHash = "00ff",
        };

    [Fact]
    public void What_is_written_is_read() => AnyRule.List[0, 6].Sample(rules =>
    {
        var set = RuleSet.Of([new RuleFile("a.json", Siem) { Rules = [.. rules] }]);
        var text = InventoryWriter.Write(set, new(2026, 11, 1));
        var read = Read(text);
        Assert.Empty(read.Diagnostics);
        Assert.Equal((true, new DateOnly(2026, 11, 1)), (read.IsWhole, read.Exported));
        Assert.Equal(set.Rules.Select(Said).Order(StringComparer.Ordinal), read.Rules.Select(Said).Order(StringComparer.Ordinal));
        Assert.Equal(text, InventoryWriter.Write(RuleSet.Of([read]), new(2030, 1, 1))); // its own day
        Assert.Equal(set.Rules.Length, text.Count(c => c == '\n') - 2); // one a line
    });

    [Fact]
    public void A_rule_stands_where_it_is_written()
    {
        var file = Read($$"""
            {"schemaVersion":1,"rules":[
            {"name":"A","attack":["T1086","x T1003.001"]},
            {"name":"B","within":["T1059"],"attack":["T1059.001"]}
            ]}
            """);
        Assert.Equal(["2:1 T1086 2:24 T1003.001 2:34", "3:1 T1059 3:24 T1059.001 3:43"], file.Rules.Select(rule =>
            $"{rule.Span.Line}:{rule.Span.Column} {string.Join(' ', rule.AttackTags.Select(tag => $"{tag.Name} {tag.Span.Line}:{tag.Span.Column}"))}"));
        Assert.Equal(["T1059.001"], file.Rules[1].Techniques.Select(tag => tag.Name));
    }

    [Theory]
    [InlineData("""{"schemaVersion":1,"rules":[{"id":"x"},{"name":"B"}]}""", "1:29: error MRL1102: this rule has no name, so nobody can find it; write the file again with 'merlon rules import'", 1)]
    [InlineData("""{"schemaVersion":1,"rules":[{"name":"A","enabeld":"deployed"}]}""", "1:42: warning MRL1103: 'enabeld' is nothing that a rule of an inventory has; did you mean 'enabled'?", 1)]
    [InlineData("""{"schemaVersion":1,"rules":[{"name":"A","enabled":"on"}]}""", "1:52: warning MRL1103: 'on' is no state of a rule; use deployed, available or disabled", 1)]
    [InlineData("""{"schemaVersion":1,"rules":[{"name":"A","attack":"T1003"}]}""", "1:51: warning MRL1103: attack is no list of texts", 1)]
    [InlineData("""{"schemaVersion":1,"rules":[{"name":"A","status":1}]}""", "1:50: warning MRL1103: status is no text; write it in quotes", 1)]
    [InlineData("""{"schemaVersion":1,"exported":"yesterday","rules":[{"name":"A"}]}""", "1:31: warning MRL1103: exported is 'yesterday'; write a day of the form 2026-11-01", 1)]
    [InlineData("""{"schemaVersion":2,"rules":[{"name":"A"}]}""", "1:18: error MRL1101: schemaVersion is '2', and this Merlon reads 1; write the file again with 'merlon rules import'", 1)]
    [InlineData("""{"rules":[{"name":"A"}]}""", "1:1: error MRL1101: schemaVersion is missing, and this Merlon reads 1; write the file again with 'merlon rules import'", 1)]
    public void What_cannot_be_used_is_named_at_its_place(string text, string finding, int rules)
    {
        var file = Read(text);
        Assert.Equal($"a.json:{finding}", LintRuleTests.Lines(file.Diagnostics).Trim());
        Assert.Equal(rules, file.Rules.Length);
    }

    [Fact]
    public void Names_choose() => Assert.Equal(["COR a"], Read("""{"schemaVersion":1,"rules":[{"name":"COR a"},{"name":"b","x":1}]}""", new() { Name = "siem", Format = new InventoryFile(), Names = new("^COR") }).Rules.Select(rule => rule.Title));

    private static RuleFile Read(string text, RuleSource? source = null) => (source ?? Siem).Format.Read("a.json", new MemoryStream(Encoding.UTF8.GetBytes(text)), source ?? Siem);

    private static string Said(DetectionRule rule) => string.Join('|', rule.Title, rule.Label, rule.Id, rule.State, rule.Status, rule.SigmaLevel,
        string.Join(',', rule.AttackTags.Select(tag => $"{tag.Kind} {tag.Name}")), string.Join(',', rule.DataSources), string.Join(',', rule.Products), string.Join(',', rule.Mentions), string.Join(',', rule.OwnTests.Select(test => test.Guid)), rule.QueryHash);
}
