using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Yaml;
using Xunit;

namespace Merlon.Core.Tests;

public class SuppressionTests
{
    [Theory]
    // On the next line
    [InlineData("# merlon-disable-next-line MRL3001 -- r\n  - attack.t9999\n", "")]
    [InlineData("#merlon-disable-next-line MRL30xx --r\n\n  # more\n  - attack.t9999\n", "")]
    [InlineData("# merlon-disable-next-line MRL3002, MRL3001 -- r\n  - attack.t9999\n", "5:30: warning MRL8101: 'MRL3002' suppresses nothing on the next line; remove it")]
    [InlineData("- attack.t9999 # merlon-disable-next-line MRL3001 -- r\n  - attack.t9998\n", "5:5: error MRL3001: T9999 is not a technique of ATT&CK 19.1; correct the id or remove the tag")]
    [InlineData("- attack.t9999\n  # merlon-disable-next-line MRL3001 -- r\n", "5:5: error MRL3001: T9999 is not a technique of ATT&CK 19.1; correct the id or remove the tag|6:30: warning MRL8101: 'MRL3001' suppresses nothing on the next line; remove it")]
    // In the document
    [InlineData("- attack.t9999\n  - attack.t9998\n# merlon-disable MRL3001 -- r\n", "")]
    [InlineData("- attack.t9999\n# merlon-disable MRL3002 -- r\n", "5:5: error MRL3001: T9999 is not a technique of ATT&CK 19.1; correct the id or remove the tag|6:18: warning MRL8101: 'MRL3002' suppresses nothing in this document; remove it")]
    // Not to be read
    [InlineData("# merlon-disable-next-line MRL3001\n  - attack.t1059.001\n", "5:3: error MRL8102: suppression has no reason; write 'merlon-disable-next-line MRL3001 -- why'")]
    [InlineData("# merlon-disable MRL3001 -- \n  - attack.t1059.001\n", "5:3: error MRL8102: suppression has no reason; write 'merlon-disable MRL3001 -- why'")]
    [InlineData("# merlon-disable -- r\n  - attack.t1059.001\n", "5:3: error MRL8102: suppression names no id; write 'merlon-disable MRL2301 -- why'")]
    [InlineData("# merlon-disable MRL3099 -- r\n  - attack.t1059.001\n", "5:20: error MRL8102: 'MRL3099' is not the id or area of a finding; did you mean 'MRL3009'?")]
    [InlineData("# merlon-disable line_3 -- r\n  - attack.t1059.001\n", "5:20: error MRL8102: 'line_3' is not the id or area of a finding")]
    [InlineData("# merlon-disable MRL3xxx -- r\n  - attack.t1059.001\n", "5:20: error MRL8102: 'MRL3xxx' is not the id or area of a finding")]
    [InlineData("# merlon-disabel MRL3001 -- r\n  - attack.t1059.001\n", "5:5: error MRL8102: 'merlon-disabel' is not a word for Merlon; did you mean 'merlon-disable'?")]
    [InlineData("# Merlon-Disable MRL3001 -- r\n  - attack.t1059.001\n", "5:5: error MRL8102: 'Merlon-Disable' is not a word for Merlon; did you mean 'merlon-disable'?")]
    [InlineData("# merlon-disable MRL5003 -- r\n  - attack.t1059.001\n", "5:20: error MRL8102: 'MRL5003' cannot be suppressed; only what is found in a rule that can be read, MRL2xxx and MRL3xxx, can")]
    [InlineData("# merlon-disable MRL8101, MRL81xx, MRL1001 -- r\n  - attack.t1059.001\n",
        "5:20: error MRL8102: 'MRL8101' cannot be suppressed; only what is found in a rule that can be read, MRL2xxx and MRL3xxx, can|5:29: error MRL8102: 'MRL81xx' cannot be suppressed; only what is found in a rule that can be read, MRL2xxx and MRL3xxx, can|5:38: error MRL8102: 'MRL1001' cannot be suppressed; only what is found in a rule that can be read, MRL2xxx and MRL3xxx, can")]
    // Not for Merlon
    [InlineData("# not merlon-disable MRL3001 -- r\n  - attack.t9999\n", "6:5: error MRL3001: T9999 is not a technique of ATT&CK 19.1; correct the id or remove the tag")]
    [InlineData("- attack.t9999\ndescription: |\n  # merlon-disable MRL3001 -- r\n", "5:5: error MRL3001: T9999 is not a technique of ATT&CK 19.1; correct the id or remove the tag")]
    [InlineData("- attack.t9999\ndescription: '# merlon-disable MRL3001 -- r'\n", "5:5: error MRL3001: T9999 is not a technique of ATT&CK 19.1; correct the id or remove the tag")]
    [InlineData("- attack.t9999\ndescription: a#merlon-disable MRL3001 -- r\n", "5:5: error MRL3001: T9999 is not a technique of ATT&CK 19.1; correct the id or remove the tag")]
    public void A_comment_holds_back_what_it_names(string tags, string expected)
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule(tags)));
        Assert.Equal(expected, Found(repository));
    }

    [Fact]
    public void A_document_ends_at_its_marker()
    {
        const string unknown = "- attack.t9999\n";
        using TemporaryRepository repository = new(("rules/a.yml", $"# merlon-disable MRL3001 -- before the first marker\n---\n{Rule(unknown)}---\n{Rule(unknown)}...\n# merlon-disable MRL3001 -- between two\n---\n{Rule(unknown)}"));
        Assert.Equal("15:5: error MRL3001: T9999 is not a technique of ATT&CK 19.1; correct the id or remove the tag", Found(repository));
    }

    [Fact]
    public void What_cannot_be_counted_stays_so()
    {
        using TemporaryRepository repository = new(("rules/a.yml", "# merlon-disable MRL21xx -- r\ntitle: a\nlevel: low\nlogsource: {product: windows}\ndetection: {s: a, condition: s and t}\n"));
        Assert.Equal("2:8: error MRL5003: 'a' is not counted: the rule is not valid", Found(repository));
    }

    [Fact]
    public void An_unused_one_that_stands_alone_has_a_fix()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Rule("# merlon-disable MRL3001 -- r\n  - attack.t1059.001\n")));
        var finding = Assert.Single(repository.Check().Diagnostics);
        Assert.Equal(new SourceSpan("rules/a.yml", 5, 1, 6, 1), Assert.Single(finding.Fix!.Edits).Span);
    }

    [Fact]
    public void Severities_hold_for_them_too()
    {
        using TemporaryRepository repository = new(("merlon.yml", "lint: { MRL8101: off, MRL8102: info }\n"), ("rules/a.yml", Rule("# merlon-disable MRL3001 -- r\n  # merlon-disable\n  - attack.t1059.001\n")));
        Assert.Equal("6:3: info MRL8102: suppression names no id; write 'merlon-disable MRL2301 -- why'", Found(repository));
    }

    [Fact]
    public void An_exception_spares_a_rule_and_makes_a_suppression_useless()
    {
        using TemporaryRepository repository = new(
            ("merlon.yml", "lint:\n  except:\n    MRL3001: [ID-1, id-9]\n    MRL30xx: [id-2]\n"),
            ("rules/a.yml", "id: id-1\n" + Rule("- attack.t9999\n")),
            ("rules/b.yml", "id: id-2\n" + Rule("- attack.t9999\n")),
            ("rules/c.yml", "id: id-3\n" + Rule("- attack.t9999\n")),
            ("rules/d.yml", "id: ID-1\n" + Rule("# merlon-disable-next-line MRL3001 -- r\n  - attack.t9999\n")));
        Assert.Equal("merlon.yml 3:21 MRL8104|rules/c.yml 6:5 MRL3001|rules/d.yml 6:30 MRL8101",
            string.Join('|', repository.Check().Diagnostics.Where(finding => finding.Info.Id is not ("MRL2601" or "MRL2403")).Select(finding => $"{finding.Span.Path} {finding.Span.Line}:{finding.Span.Column} {finding.Info.Id}")));
        // A part of the rules does not say which others there are.
        Assert.DoesNotContain(Check.Run(repository.Request() with { Paths = [repository.PathOf("rules/c.yml")] }).Diagnostics, finding => finding.Info.Id == "MRL8104");
    }

    [Theory]
    [InlineData("a: b # merlon-x\n", "1:6 alone False next 3 of 1-")] // beyond the end
    [InlineData("# merlon-x\r\n\r\n# y\r\na: b\r\n", "1:1 alone True next 4 of 1-|3:1 alone True next 4 of 1-")]
    [InlineData("a: [1, # merlon-x\n  2]\n", "1:8 alone False next 2 of 1-")]
    [InlineData("a: \"\n # merlon-x\n \"\nb: >-\n # merlon-x\nc: d\n# e\n", "7:1 alone True next 9 of 1-")]
    [InlineData("a: b\n---\nc: d\n# merlon-x\n---\n---\ne: f\n", "4:1 alone True next 5 of 2-4")]
    [InlineData("a: b\n# merlon-x\n}\n# e\n", "2:1 alone True next 3 of 1-|4:1 alone True next 6 of 1-")]
    [InlineData("a: 'merlon-x'\n", "")]
    [InlineData("# no\n", "")]
    public void Comments_are_found_as_YAML_finds_them(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', YamlFile.Parse("a.yml", Encoding.UTF8.GetBytes(text)).Comments.Select(comment =>
            $"{comment.Span.Line}:{comment.Span.Column} alone {comment.IsAlone} next {comment.NextLine} of {comment.FirstLine}-{(comment.LastLine == int.MaxValue ? "" : comment.LastLine)}")));

    private static string Rule(string tags) => $"title: a\nstatus: test\nlevel: low\ntags:\n  {tags}logsource: {{product: windows}}\ndetection: {{s: {{f: x}}, condition: s}}\n";

    private static string Found(TemporaryRepository repository) => LintRuleTests.Lines(repository.Check().Diagnostics.Where(finding => finding.Info.Id is not ("MRL2404" or "MRL2601" or "MRL2602"))).Replace("rules/a.yml:", "", StringComparison.Ordinal).TrimEnd('\n').Replace('\n', '|');
}
