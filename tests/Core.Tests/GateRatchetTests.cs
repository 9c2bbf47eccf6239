using Merlon.Core.Programs;
using Xunit;
using static Merlon.Core.Tests.History;

namespace Merlon.Core.Tests;

/// <summary>The committed file of claims, where there is no history to compare with, and beside one.</summary>
public sealed class GateRatchetTests : GateScene
{
    private const string File = "coverage.json";

    public GateRatchetTests()
    {
        Work.Write("merlon.yml", $"gate: {{ baseline: {File}, targets: {{ default: 60 }}, regression: any }}\n");
        WriteRatchet();
        Start();
    }

    [Fact]
    public void What_the_file_has_and_no_rule_proves_is_lost()
    {
        AssertSays($"passed, base {File} by baseline", Gate(GateRun.BaselineWord));
        Work.Delete("rules/b.yml");
        Work.Commit("lose");
        AssertSays($"""
            failed, base {File} by baseline
            lost T1003.001 Fox error: unknown {File}:2
            MRL5002 error {File}:2
            """, Gate(GateRun.BaselineWord));
    }

    [Fact]
    public void Writing_it_again_forgets_nothing_unless_somebody_accepts_the_loss()
    {
        Work.Delete("rules/b.yml");
        var before = Work.Read(File);
        WriteRatchet();
        Assert.Equal(before, Work.Read(File));
        WriteRatchet(acceptsLoss: true);
        Assert.DoesNotContain("T1003.001", Work.Read(File), StringComparison.Ordinal);
        Work.Commit("lose");
        Assert.StartsWith("passed", Said.In(Gate(GateRun.BaselineWord)), StringComparison.Ordinal);
        // History remembers.
        Assert.Contains("MRL5002 error", Said.In(Gate()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_leaves_the_file_and_no_rule_is_a_weaker_policy()
    {
        Work.Replace("merlon.yml", ", regression: any", "");
        Start();
        Work.Delete("rules/b.yml");
        WriteRatchet(acceptsLoss: true);
        Commits($"""
            passed, base main by merge-base
            lost T1003.001 Fox on Windows warning: removed rules/b.yml:5
            policy weaker {File}:2 gate.baseline: T1003.001 Fox: claimed, deployable -> 
            MRL5002 warning actors/fox.yml:2
            """);
    }

    [Fact]
    public void Files_of_two_branches_merge_as_a_union()
    {
        Work.Write(".gitattributes", $"{File} merge=union\n");
        Start();
        Work.Branch("one");
        Work.Write("rules/e.yml", Rule("5", "t1055"));
        WriteRatchet();
        Work.Commit("one");
        Work.Switch("change");
        Work.Replace("actors/fox.yml", "T1055]", "T1055, T1056.001]");
        Work.Write("rules/f.yml", Rule("6", "t1056.001"));
        WriteRatchet();
        Work.Commit("two");
        Work.Merge("one");
        var merged = Work.Read(File);
        Assert.Contains("T1055", merged, StringComparison.Ordinal);
        Assert.Contains("T1056.001", merged, StringComparison.Ordinal);
        AssertSays($"passed, base {File} by baseline", Gate(GateRun.BaselineWord));
        Work.Delete("rules/f.yml");
        Assert.Contains($"lost T1056.001 Fox error: unknown {File}:", Said.In(Gate(GateRun.BaselineWord)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_yet_is_nothing_to_compare_with()
    {
        Work.Delete(File);
        AssertSays("""
            failed, base  by none
            MRL5005 error merlon.yml:1
            """, Gate(GateRun.BaselineWord));
    }

    private void WriteRatchet(bool acceptsLoss = false)
    {
        var (file, errors) = RatchetRun.Write(new() { Directory = Work.Root, Date = TemporaryRepository.Day }, acceptsLoss);
        Assert.True(file is not null, LintRuleTests.Lines(errors));
        Work.Write(File, file.Text);
    }
}
