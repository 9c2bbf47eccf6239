using System.Text.RegularExpressions;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>The readers and checks over other people's files.</summary>
public class CorpusTests
{
    private static readonly Lazy<RuleSet> SigmaHq = new(() => RuleSet.Of([.. Files("sigmahq/rules").Select(Parse)]));

    internal static System.Collections.Immutable.ImmutableArray<DetectionRule> SigmaHqRules => SigmaHqSet.Rules;

    /// <summary>A test that needs it is skipped where it is absent.</summary>
    internal static RuleSet SigmaHqSet
    {
        get
        {
            Repository.SharedData("sigmahq/rules");
            return SigmaHq.Value;
        }
    }

    internal static System.Collections.Immutable.ImmutableArray<Merlon.Core.Diagnostics.Diagnostic> SigmaHqFindings(Preset preset)
    {
        Repository.SharedData("sigmahq/rules");
        return Linter.Check(SigmaHq.Value, LintRuleTests.Context("19.1"), new() { Preset = preset });
    }

    [Fact]
    public void Every_SigmaHQ_rule_is_read_without_a_finding()
    {
        Assert.Equal(3141, Files("sigmahq/rules").Length);
        Assert.Equal((3141, 3141), (SigmaHq.Value.Files, SigmaHq.Value.Rules.Length));
        Assert.Equal("", LintRuleTests.Lines(SigmaHq.Value.Diagnostics));
        Assert.All(SigmaHq.Value.Rules, rule => Assert.Null(rule.Defect));
    }

    [Fact]
    public void SigmaHQ_is_tagged_for_the_release_that_it_follows()
    {
        Repository.SharedData("sigmahq/rules");
        var findings = Linter.Check(SigmaHq.Value, LintRuleTests.Context("19.1"), new() { Preset = Preset.Strict }).Where(finding => finding.Info.Id.StartsWith("MRL30", StringComparison.Ordinal)).ToArray();
        // Nothing unknown, revoked, malformed or of another release, each technique with one of its tactics. What is left was counted by another program over the text.
        Assert.Equal("MRL3008:391 MRL3009:65 MRL3011:1 MRL3012:346 MRL3013:89 MRL3014:10", string.Join(' ', findings.Where(finding => finding.Info.Id.StartsWith("MRL30", StringComparison.Ordinal)).CountBy(finding => finding.Info.Id).OrderBy(count => count.Key).Select(count => $"{count.Key}:{count.Value}")));
    }

    [Fact]
    public void SigmaHQ_against_the_release_before_has_twelve_unknown_techniques_and_the_tactics_of_the_next()
    {
        var newer = Files("sigmahq/rules").Sum(file => Regex.Count(File.ReadAllText(file), @"^\s+- attack\.(stealth|defense-impairment)\s*$", RegexOptions.Multiline));
        var findings = Linter.Check(SigmaHq.Value, LintRuleTests.Context("18.1"), new() { Preset = Preset.Strict });
        Assert.Equal(12, findings.Where(finding => finding.Info.Id == "MRL3001").Select(finding => finding.Message.Split(' ')[0]).Distinct().Count());
        Assert.Equal(newer, findings.Count(finding => finding.Info.Id == "MRL3006"));
        Assert.True(newer > 500);
        Assert.DoesNotContain(findings, finding => finding.Info.Id == "MRL3005");
    }

    [Fact]
    public void No_malformed_rule_throws_and_each_position_lies_in_its_file()
    {
        var files = Files("oracles/malformed");
        Assert.Equal(64, files.Length);
        foreach (var file in files)
        {
            var lines = File.ReadAllLines(file).Length;
            var rules = RuleSet.Of([Parse(file)]);
            Assert.All(rules.Diagnostics.Concat(Linter.Check(rules, LintRuleTests.Context("19.1"), new() { Preset = Preset.Strict })),
                finding => Assert.InRange(finding.Span.Line, 1, Math.Max(1, lines)));
        }
    }

    private static string[] Files(string folder) => [.. Directory.EnumerateFiles(Repository.SharedData(folder), "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static SigmaFile Parse(string file) => SigmaFile.Parse(Path.GetFileName(file), File.ReadAllBytes(file));
}
