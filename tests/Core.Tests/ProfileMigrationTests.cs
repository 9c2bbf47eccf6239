using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Revoked ids in profiles and in merlon.yml, written anew by <c>lint --fix</c>.</summary>
public class ProfileMigrationTests
{
    [Theory]
    [InlineData("techniques: [T1086] # old\n", "techniques: [T1059.001] # old\n")]
    [InlineData("techniques:\r\n  - { id: 'T1086', required: true } # old\r\n", "techniques:\r\n  - { id: 'T1059.001', required: true } # old\r\n")]
    [InlineData("from: [G0086, \"G0094\"]\n", "from: [\"G0094\"]\n")]
    [InlineData("group: G0086\n", "group: G0094\n")]
    [InlineData("techniques:\n  - T1685 # kept\n  - T1562.001\n", "techniques:\n  - T1685 # kept\n")]
    [InlineData("techniques: [T1562.001, T1562.006]\n", "techniques: [T1685]\n")]
    [InlineData("techniques:\n  - T1562.001\n  - { id: T1562.006, weight: 3 }\n", "techniques:\n  - T1685\n  - { id: T1562.006, weight: 3 }\n")]
    [InlineData("techniques: [T1562.004]\n", "techniques: [T1562.004]\n")]
    [InlineData("techniques: [T1685]\nexclude:\n  - { id: T1562.001, kind: accepted, reason: r }\n", "techniques: [T1685]\nexclude:\n  - { id: T1685, kind: accepted, reason: r }\n")]
    [InlineData("techniques: [T1685]\nexclude:\n  - { id: T1562.001, kind: accepted, reason: r }\n  - { id: T1685, kind: accepted, reason: r }\n", "techniques: [T1685]\nexclude:\n  - { id: T1562.001, kind: accepted, reason: r }\n  - { id: T1685, kind: accepted, reason: r }\n")]
    public void A_revoked_id_becomes_its_replacement(string before, string after)
    {
        using TemporaryRepository repository = new(("actors/a.yml", $"name: A\n{before}"));
        LintRun.Fix(repository.Request(), includeUnsafe: false);
        Assert.Equal($"name: A\n{after}", File.ReadAllText(repository.PathOf("actors/a.yml")));
        Assert.Empty(LintRun.Preview(repository.Request(), includeUnsafe: false).Fixed);
    }

    [Fact]
    public void Two_entries_that_say_different_things_are_left_to_a_person()
    {
        using TemporaryRepository repository = new(("actors/a.yml", "name: A\ntechniques:\n  - T1685\n  - { id: T1562.001, required: true }\n"));
        var result = LintRun.Fix(repository.Request(), includeUnsafe: true);
        Assert.Empty(result.Fixed);
        Assert.Equal("actors/a.yml:4:11: warning MRL4005: T1562.001 was revoked by T1685; T1685 is measured; T1685 is there too, put the two together\n", LintRuleTests.Lines(result.Reported));
    }

    [Fact]
    public void What_the_release_leaves_open_is_named()
    {
        using TemporaryRepository repository = new(("actors/a.yml", "name: A\ntechniques: [T1562.004]\n"));
        Assert.Equal("actors/a.yml:2:14: warning MRL4005: T1562.004 was revoked by T1686; T1686 is measured; T1686.003 (Windows Host Firewall) may be meant\n", LintRuleTests.Lines(LintRun.Preview(repository.Request(), includeUnsafe: false).Reported));
        Assert.Equal("name: A\ntechniques: [T1686]\n", System.Text.Encoding.UTF8.GetString(Assert.Single(LintRun.Preview(repository.Request(), includeUnsafe: true).Fixed).Bytes));
    }

    [Fact]
    public void Exclusions_of_the_configuration_are_found_and_written()
    {
        using TemporaryRepository repository = new(
            ("merlon.yml", "# program\ncoverage:\n  exclude:\n    - {id: T1562.001, kind: accepted, reason: 'r'} # ü\n"), ("actors/a.yml", "name: A\ntechniques: [T1685]\n"));
        Assert.Contains("merlon.yml:4:12: warning MRL4005: T1562.001 was revoked by T1685; write T1685, which is what the exclusion means\n", LintRuleTests.Lines(repository.Check().Diagnostics), StringComparison.Ordinal);
        var result = LintRun.Fix(repository.Request(), includeUnsafe: false);
        Assert.Equal("# program\ncoverage:\n  exclude:\n    - {id: T1685, kind: accepted, reason: 'r'} # ü\n", File.ReadAllText(repository.PathOf("merlon.yml")));
        Assert.Equal("fixed 1 finding in 1 file\n  merlon.yml: 1\n", LintText.Fixed(result));
    }

    [Fact]
    public void Named_paths_are_all_that_is_mended_and_a_look_writes_nothing()
    {
        const string Profile = "name: A\ntechniques: [T1086]\n";
        using TemporaryRepository repository = new(("actors/a.yml", Profile), ("rules/r.yml", Measure.RuleText("t1562.001")));
        Assert.Equal(["actors/a.yml", "rules/r.yml"], LintRun.Preview(repository.Request(), includeUnsafe: false).Fixed.Select(file => file.Path));
        Assert.Equal(["rules/r.yml"], LintRun.Fix(repository.Request() with { Paths = [repository.PathOf("rules")] }, includeUnsafe: false).Fixed.Select(file => file.Path));
        Assert.Equal((Profile, Measure.RuleText("t1685")), (File.ReadAllText(repository.PathOf("actors/a.yml")), File.ReadAllText(repository.PathOf("rules/r.yml"))));
    }

    [Fact]
    public void What_is_turned_off_is_not_mended()
    {
        using TemporaryRepository repository = new(("merlon.yml", "lint: {severity: {MRL4005: off}}\n"), ("actors/a.yml", "name: A\ntechniques: [T1086]\n"));
        Assert.Empty(LintRun.Fix(repository.Request(), includeUnsafe: true).Fixed);
    }
}
