using System.Text;
using Merlon.Core.Configuration;
using Merlon.Core.Gate;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

public class SuppressionChangesTests
{
    private const string Header = "# merlon baseline 1: id, path, rule, message, count\n";

    [Theory]
    [InlineData("", "# merlon-disable MRL3001 -- r", "a.yml:1 suppression of MRL3001 - -> merlon-disable MRL3001 Weaker\n")]
    [InlineData("# merlon-disable MRL3001 -- r", "", "a.yml:1 suppression of MRL3001 merlon-disable MRL3001 -> - Stricter\n")]
    [InlineData("# merlon-disable MRL3001 -- r", "\n\n# merlon-disable MRL3001 -- another reason", "")]
    [InlineData("# merlon-disable MRL3001 -- r", "# merlon-disable MRL3001, MRL30xx -- r", "a.yml:1 suppression of MRL30xx - -> merlon-disable MRL30xx Weaker\n")]
    [InlineData("# merlon-disable MRL3001 -- r", "# merlon-disable MRL3001 -- r\n# merlon-disable MRL3001 -- r", "a.yml:2 suppression of MRL3001 - -> merlon-disable MRL3001 Weaker\n")]
    [InlineData("# merlon-disable-next-line MRL3001 -- r", "# merlon-disable MRL3001 -- r", "a.yml:1 suppression of MRL3001 - -> merlon-disable MRL3001 Weaker\na.yml:1 suppression of MRL3001 merlon-disable-next-line MRL3001 -> - Stricter\n")]
    [InlineData("", "# merlon-disable MRL2301 -- r\n# merlon-disable MRL3001", "")] // no policy, and no suppression
    public void A_comment_that_is_new_is_weaker(string atBase, string atHead, string changes)
    {
        Assert.Equal(changes, Comments([("a.yml", $"{atBase}\n{Rule("1")}")], [("a.yml", $"{atHead}\n{Rule("1")}")]));
        Assert.Equal(changes, Comments([("a.yml", $"{atBase}\n{Rule(null)}")], [("a.yml", $"{atHead}\n{Rule(null)}")]));
    }

    [Fact]
    public void A_comment_is_of_the_rule_in_whose_document_it_stands()
    {
        const string Comment = "# merlon-disable MRL3001 -- r\n";
        Assert.Equal("", Comments([("a.yml", Comment + Rule("1"))], [("b.yml", Comment + Rule("1"))]));
        Assert.NotEqual("", Comments([("a.yml", Comment + Rule(null))], [("b.yml", Comment + Rule(null))]));
        Assert.Equal("a.yml:1 suppression of MRL3001 merlon-disable MRL3001 -> - Stricter\na.yml:9 suppression of MRL3001 - -> merlon-disable MRL3001 Weaker\n",
            Comments([("a.yml", $"{Comment}{Rule("1")}---\n{Rule("2")}")], [("a.yml", $"{Rule("1")}---\n{Comment}{Rule("2")}")]));
        Assert.Equal("", Comments([("a.yml", $"{Rule("1")}---\n{Comment}{Rule("2")}")], [("a.yml", $"{Comment}{Rule("2")}---\n{Rule("1")}")]));
        Assert.Equal("b.yml:1 suppression of MRL3001 - -> merlon-disable MRL3001 Weaker\n", Comments([("a.yml", Comment + Rule("1"))], [("a.yml", Comment + Rule("1")), ("b.yml", Comment + Rule("2"))]));
    }

    [Theory]
    [InlineData("", "MRL3001\trules/x.yml\tid\t0123456789abcdef\t1\n", "b.tsv:2 lint.baseline: MRL3001 rules/x.yml - -> 1 Weaker\n")]
    [InlineData("MRL3001\trules/x.yml\tid\t0123456789abcdef\t1\n", "MRL3001\trules/x.yml\tid\t0123456789abcdef\t3\n", "b.tsv:2 lint.baseline: MRL3001 rules/x.yml 1 -> 3 Weaker\n")]
    [InlineData("MRL3001\trules/x.yml\tid\t0123456789abcdef\t1\n", "", "b.tsv:2 lint.baseline: MRL3001 rules/x.yml 1 -> - Stricter\n")]
    [InlineData("MRL3001\trules/x.yml\tid\t0123456789abcdef\t1\n", "MRL3001\trules/y.yml\tid\t0123456789abcdef\t1\n", "")] // the rule moved
    [InlineData("MRL3001\trules/x.yml\t\t0123456789abcdef\t1\n", "MRL3001\trules/y.yml\t\t0123456789abcdef\t1\n", "b.tsv:2 lint.baseline: MRL3001 rules/x.yml 1 -> - Stricter\nb.tsv:2 lint.baseline: MRL3001 rules/y.yml - -> 1 Weaker\n")]
    [InlineData("", "MRL2301\trules/x.yml\tid\t0123456789abcdef\t1\n", "")]
    public void An_entry_of_the_baseline_that_is_new_is_weaker(string atBase, string atHead, string changes)
    {
        Assert.Equal(changes, Lines(SuppressionChanges.OfBaselines(Baseline(atBase), Baseline(atHead))));
        if (atBase.Length == 0)
            Assert.Equal(changes, Lines(SuppressionChanges.OfBaselines(null, Baseline(atHead))));
        Assert.Empty(SuppressionChanges.OfBaselines(Baseline(atHead), Baseline(atHead)));
    }

    private static Baseline Baseline(string entries) => Lint.Baseline.TryRead("b.tsv", Encoding.UTF8.GetBytes(Header + entries), out _)!; // whole

    private static string Rule(string? id) =>
        $"title: a\n{(id is null ? "" : $"id: {id}\n")}status: test\nlogsource: {{product: windows}}\ntags:\n  - attack.t1059\ndetection: {{s: {{f: x}}, condition: s}}\n";

    private static string Comments((string, string)[] atBase, (string, string)[] atHead) =>
        Lines(SuppressionChanges.OfComments(Rules(atBase), Rules(atHead), DiagnosticCatalog.All));

    private static RuleSet Rules((string Path, string Text)[] files) => RuleSet.Of([.. files.Select(file => SigmaFile.Parse(file.Path, Encoding.UTF8.GetBytes(file.Text)))]);

    private static string Lines(IEnumerable<PolicyChange> changes) => string.Concat(changes.Select(change =>
        $"{change.Span.Path}:{change.Span.Line} {change.Key} {change.Base ?? "-"} -> {change.Head ?? "-"} {change.Effect}\n"));
}
