using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Lint;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Rules whose ids are of another release than the program's.</summary>
public class SourceReleasesTests
{
    private static readonly AttackRelease Older = AttackFactsTests.Release("enterprise-attack", "18.1");

    private static AttackRelease Newer => Measure.Attack;

    [Fact]
    public void An_older_id_is_what_revoked_it()
    {
        var rules = Set(Older, "T1562.001");
        Assert.Equal("T1685", Claimed(rules, Newer));
        Assert.Equal("", Lint(rules, Newer));
    }

    [Fact]
    public void The_same_id_without_a_release_is_a_revoked_tag() => Assert.Contains("MRL3002", Lint(Set(null, "T1562.001"), Newer), StringComparison.Ordinal);

    [Fact]
    public void A_newer_id_is_the_only_technique_that_it_replaced()
    {
        var replaced = Older.Techniques.Where(technique => technique.IsLive && Newer.Find(technique.Id) is { IsRevoked: true }).ToLookup(technique => Newer.FinalReplacement(technique.Id)!.Id); // revoked
        var only = replaced.First(group => group.Count() == 1 && Older.Find(group.Key) is null);
        Assert.Equal($"{only.Single().Id}", Claimed(Set(Newer, $"{only.Key}"), Older));
    }

    [Fact]
    public void What_stands_for_several_is_listed_and_counts_for_nothing()
    {
        var added = Newer.Techniques.First(technique => technique.IsLive && Older.Find(technique.Id) is null
            && Newer.Techniques.Count(other => other.IsRevoked && Newer.FinalReplacement(other.Id)?.Id == technique.Id && Older.Find(other.Id) is { IsLive: true }) != 1);
        var rules = Set(Newer, $"{added.Id}");
        Assert.Equal("", Claimed(rules, Older));
        Assert.Equal($"a.json:1:1: warning MRL1108: {added.Id} of ATT&CK 19.1 has no counterpart in 18.1 that the releases decide on, so it counts for nothing; map it to what the rule detects", LintRuleTests.Lines(SourceReleases.Unmapped(rules, [Older])).Trim());
    }

    [Fact]
    public void An_id_that_its_own_release_lacks_is_unknown_there()
    {
        var rules = Set(Older, "T1685");
        Assert.Contains("MRL3001: T1685 is not a technique of ATT&CK 18.1; 19.1 has it", Lint(rules, Newer), StringComparison.Ordinal);
        Assert.Empty(SourceReleases.Unmapped(rules, [Newer])); // said once
    }

    [Fact]
    public void A_tactic_is_one_of_its_own_release()
    {
        Assert.Equal("", Lint(Set(Older, "T1562.001", "defense-evasion"), Newer));
        Assert.Contains("MRL3006", Lint(Set(null, "T1685", "defense-evasion"), Newer), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_may_name_a_release_of_its_own()
    {
        Assert.Equal("", Lint(Set(null, "18.1", ["T1562.001"]), Newer));
        Assert.Contains("MRL3002", Lint(Set(null, "13.1", ["T1562.001"]), Newer), StringComparison.Ordinal); // none that is embedded: the program's
    }

    [Fact]
    public void Every_live_technique_of_18_1_is_brought_to_19_1_or_listed() => Assert.All(Older.Techniques.Where(technique => technique.IsLive), technique =>
    {
        var rules = Set(Older, $"{technique.Id}");
        Assert.Equal(Claimed(rules, Newer).Length > 0 ? 0 : 1, SourceReleases.Unmapped(rules, [Newer]).Count());
    });

    private static RuleSet Set(AttackRelease? release, params string[] tags) => Set(release, null, tags);

    private static RuleSet Set(AttackRelease? release, string? own, string[] tags)
    {
        SourceSpan span = new("a.json", 1, 1, 1, 2);
        RuleSource source = new() { Name = "elastic", Format = SigmaSource.Instance, Releases = release is null ? [] : [release], HasOwnRelease = release is not null };
        return RuleSet.Of([new RuleFile("a.json", source) { Rules = [new() { Source = source, Span = span, Title = "A", Release = own, AttackTags = [.. tags.Select(tag => AttackTag.Parse(tag, span))] }] }]);
    }

    private static string Claimed(RuleSet rules, AttackRelease pinned) => string.Join(' ', pinned.Techniques.Select(technique => technique.Id)
        .Where(new Claims(rules.Rules, pinned, new(), null, RuleEvidence.None.Judge(rules, pinned, new(), TemporaryRepository.Day), TemporaryRepository.Day) is var claims ? id => claims.On(id).Any() : _ => false));

    private static string Lint(RuleSet rules, AttackRelease pinned) =>
        LintRuleTests.Lines(Linter.Check(rules, new([pinned]) { Date = TemporaryRepository.Day }, new()).Where(finding => finding.Severity != Severity.Info)).Trim();
}
