using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Lint;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

public class LinterTests
{
    [Fact]
    public void The_last_override_that_covers_a_finding_decides()
    {
        Assert.Equal("r.yml:4:5: info MRL3001: T9999 is not a technique of ATT&CK 19.1; correct the id or remove the tag\n",
            Lint("windows", "t9999", new SeverityOverride("MRL3001", Severity.Off), new SeverityOverride("MRL30xx", Severity.Info)));
        Assert.Equal("", Lint("windows", "t9999", new SeverityOverride("MRL30xx", Severity.Info), new SeverityOverride("MRL3001", Severity.Off)));
    }

    [Theory]
    [InlineData("r.yml", "info")]
    [InlineData("legacy/**", "error")]
    [InlineData("!legacy/**", "info")]
    public void An_override_may_be_for_some_paths(string pattern, string severity) =>
        Assert.StartsWith($"r.yml:4:5: {severity} ", Lint("windows", "t9999", new SeverityOverride("MRL3001", Severity.Info, PathPattern.TryParse(pattern, "")!)), StringComparison.Ordinal);

    [Fact]
    public void A_check_outside_of_the_preset_is_turned_on_by_its_own_id_only()
    {
        Assert.Equal("", Lint("windows", "t1059.001"));
        Assert.Equal("", Lint("windows", "t1059.001", new SeverityOverride("MRL30xx", Severity.Error)));
        Assert.Equal("r.yml:4:5: warning MRL3007: T1059.001 is tagged without any of its tactics; add 'attack.execution'\n",
            Lint("windows", "t1059.001", new SeverityOverride("MRL3007", Severity.Warning)));
    }

    [Fact]
    public void Overrides_hold_for_what_readers_find_too()
    {
        LintOptions options = new() { Overrides = [new("MRL24xx", Severity.Off), new("MRL2402", Severity.Info)] };
        var found = SigmaFile.Parse("r.yml", "title: a\nstatus: new\nlevel: big\nlogsource: {product: x}\ndetection: {s: a, condition: s}\n"u8).Diagnostics;
        Assert.Equal(["MRL2401", "MRL2402"], found.Select(diagnostic => diagnostic.Info.Id));
        Assert.Equal([("MRL2402", Severity.Info)], options.Apply(found).Select(diagnostic => (diagnostic.Info.Id, diagnostic.Severity)));
    }

    [Theory]
    [InlineData("18.1", "t1685", "T1685 is not a technique of ATT&CK 18.1; 19.1 has it")]
    [InlineData("19.1", "t0800", "T0800 is not a technique of ATT&CK 19.1; ics-attack has it, which is not among the configured domains")]
    [InlineData("18.1", "stealth", "'stealth' is a tactic of ATT&CK 19.1, not of ATT&CK 18.1; none of the rule's techniques is in defense-evasion, which that has instead; choose, or remove the tag")]
    [InlineData("19.1", "execution-", "'execution-' is not a tactic of ATT&CK 19.1; did you mean 'execution'?")]
    [InlineData("19.1", "s0209", "S0209 was revoked by S0012")]
    [InlineData("19.1", "g0086", "G0086 was revoked by G0094")]
    public void A_message_says_where_else_to_look(string version, string tag, string message) =>
        Assert.Contains(message, Lines("windows", [tag], new([AttackFactsTests.Release("enterprise-attack", version)]) { Date = default }));

    [Fact]
    public void A_technique_revoked_without_a_replacement_says_so() =>
        Assert.Contains("T1454 was revoked without a replacement; remove the tag or choose a live technique",
            Lines("android", ["t1454"], new([AttackFactsTests.Release("mobile-attack", "19.0")]) { Date = default }));

    [Fact]
    public void A_tag_is_fine_when_one_of_the_configured_domains_has_it() => Assert.Empty(Lines("windows", ["t1059.001", "t0807"],
        new([AttackFactsTests.Release("enterprise-attack", "19.1"), AttackFactsTests.Release("ics-attack", "19.1")]) { Date = default }));

    [Theory]
    [InlineData("windows", "t1595")] // PRE
    [InlineData("zeek", "t1543.003")]
    [InlineData("windows", "t1543.003")]
    public void A_platform_is_left_alone_where_nothing_can_be_said(string product, string tag) => Assert.Empty(Lines(product, [tag], LintRuleTests.Context("19.1")));

    [Fact]
    public void A_tactic_is_not_judged_beside_a_technique_that_the_release_does_not_know() =>
        Assert.DoesNotContain(Lines("windows", ["impact", "t1059", "t9999"], LintRuleTests.Context("19.1")), message => message.Contains("impact", StringComparison.Ordinal));

    private static string Lint(string product, string tag, params SeverityOverride[] overrides) =>
        LintRuleTests.Lines(Linter.Check(Rules(product, [tag]), LintRuleTests.Context("19.1"), new() { Overrides = [.. overrides] }));

    private static string[] Lines(string product, string[] tags, LintContext context) =>
        [.. Linter.Check(Rules(product, tags), context, new()).Where(diagnostic => diagnostic.Info.Id != "MRL3012").Select(diagnostic => diagnostic.Message)];

    private static RuleSet Rules(string product, string[] tags) => RuleSet.Of([SigmaFile.Parse("r.yml", System.Text.Encoding.UTF8.GetBytes(
        $"title: a\nlevel: low\ntags:\n{string.Concat(tags.Select(tag => $"  - attack.{tag}\n"))}logsource: {{product: {product}}}\ndetection: {{s: a, condition: s}}\n"))]);
}
