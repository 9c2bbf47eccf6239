using Merlon.Core.Programs;
using Xunit;
using static Merlon.Core.Tests.History;
using static Merlon.Core.Tests.Proofs;

namespace Merlon.Core.Tests;

/// <summary>What a branch did to tests and validation records, and what the gate says of it.</summary>
public sealed class GateEvidenceTests : GateScene
{
    private const string Wmi = "rules/c.yml", Test = "tests/c.match.json", Validation = "validation/a.yml";

    // A floor of one technique is what these tests want.
    private const string Few = "lint: { MRL5007: off }\n";

    private void Start(string level, string more = "")
    {
        Work.Write("merlon.yml", $"gate: {{ level: {level}, targets: {{ default: 100 }} }}\n{more}{Few}");
        Work.Write("actors/fox.yml", "name: Fox\ntechniques: [T1047]\n");
        Start();
    }

    private void Proven(string level, string more = "")
    {
        Work.Write(Test, Event("3"));
        Work.Write(Validation, Record("3", Work.Read(Wmi), "T1047"));
        Start(level, more);
    }

    private const string Failed = "failed, base main by merge-base\n", Floor = "floor Fox 0/1 of 100 error\n";

    [Fact]
    public void A_test_that_is_deleted_loses_what_it_proved()
    {
        Proven("tested");
        Work.Delete(Test);
        Work.Commit("change");
        var json = Gate();
        AssertSays($"{Failed}lost T1047 Fox on Windows error: test gone rules/c.yml:5\n{Floor}MRL5001 error merlon.yml:1\nMRL5002 error rules/c.yml:5", json);
        Assert.Contains("give 'Rule 3' a test again, with an event that it matches", json.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_is_deleted_lowers_what_asks_for_less()
    {
        Proven("deployable");
        Work.Delete(Test);
        Commits("""
            passed, base main by merge-base
            lowered T1047 Fox on Windows warning: test gone rules/c.yml:5
            MRL5002 warning rules/c.yml:5
            """);
    }

    [Theory]
    [InlineData("deployable")]
    [InlineData("tested")]
    [InlineData("validated")]
    public void A_test_that_begins_to_fail_loses_all_but_the_claim(string level)
    {
        Proven(level);
        Work.Write(Test, Event("9"));
        Work.Commit("change");
        var said = Said.In(Gate());
        Assert.StartsWith($"{Failed}lost T1047 Fox on Windows error: test failed rules/c.yml:5\n{Floor}", said, StringComparison.Ordinal);
        Assert.DoesNotContain("lowered", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_is_deleted_loses_what_it_proved()
    {
        Proven("validated");
        Work.Delete(Validation);
        Commits($"{Failed}lost T1047 Fox on Windows error: record gone rules/c.yml:5\n{Floor}MRL5001 error merlon.yml:1\nMRL5002 error rules/c.yml:5");
    }

    [Fact]
    public void A_rule_that_is_edited_voids_its_record()
    {
        Proven("validated");
        Work.Replace(Wmi, "x3", "'*x3*'");
        Work.Commit("change");
        var json = Gate();
        Assert.StartsWith($"{Failed}lost T1047 Fox on Windows error: record gone rules/c.yml:5\n{Floor}", Said.In(json), StringComparison.Ordinal);
        Assert.Contains("record of 2026-11-20 is void: the rule changed", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_that_is_edited_voids_nothing()
    {
        Proven("validated");
        Work.Replace(Wmi, "title: Rule 3", "title: Rule three # better");
        Commits("passed, base main by merge-base");
    }

    [Fact]
    public void A_record_that_expires_is_no_loss_and_says_what_it_costs()
    {
        Proven("validated");
        Work.Write("rules/z.yml", Rule("9", "t1105"));
        Work.Commit("change");
        var said = Said.In(Gate(day: "2027-11-24"));
        Assert.DoesNotContain("lost", said, StringComparison.Ordinal);
        Assert.Contains("floor Fox 0/1 of 100 error: 100.0% -> 0.0% by exclusions and records that expired (1/1 -> 0/1)", said, StringComparison.Ordinal);
        Assert.Contains("other expired Fox T1047: record of 2026-11-20 expired on 2027-05-19; Fox 100.0% -> 0.0% (1/1 -> 0/1) with all that expired", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_emulation_that_was_missed_loses_until_a_newer_record()
    {
        var rule = Rule("3", "t1047") + $"simulation:\n  - {{ type: atomic-red-team, technique: T1047, atomic_guid: {Exercises.Guid(1)} }}\n";
        Work.Write(Wmi, rule);
        Start("deployable");
        Work.Write("validation/b.yml", Record("3", rule, "T1047", outcome: "missed", test: Exercises.Guid(1)));
        Work.Commit("change");
        Assert.StartsWith($"{Failed}lost T1047 Fox on Windows error: emulation missed rules/c.yml:5\n{Floor}", Said.In(Gate()), StringComparison.Ordinal);
        Work.Write("validation/c.yml", Record("3", rule, "T1047", day: "2026-11-22", test: Exercises.Guid(1)));
        Commits("passed, base main by merge-base");
    }

    [Theory]
    [InlineData("validation: { hand: false }\n", "validation: { hand: true }\n", "validation.hand: false -> true")]
    [InlineData("", "validation: { hand: true }\n", "validation.hand:  -> true")]
    [InlineData("", "validation: { maxAge: 400d }\n", "validation.maxAge:  -> 400")]
    public void Records_that_hold_by_a_weaker_policy_alone_fail(string before, string after, string line)
    {
        Work.Write(Validation, Record("3", Work.Read(Wmi), "T1047", day: "2026-11-20"));
        Start("validated", before);
        Work.Write(Validation, after.Contains("hand", StringComparison.Ordinal) ? Record("3", Work.Read(Wmi), "T1047", by: "hand") : Record("3", Work.Read(Wmi), "T1047", day: "2026-01-02"));
        Work.Write("merlon.yml", $"gate: {{ level: validated, targets: {{ default: 100 }} }}\n{after}{Few}");
        Work.Commit("change");
        var said = Said.In(Gate());
        Assert.StartsWith("failed", said, StringComparison.Ordinal);
        Assert.Contains($"policy weaker merlon.yml:2 {line}\n", said, StringComparison.Ordinal);
        Assert.Contains("MRL5006 error merlon.yml:2", said, StringComparison.Ordinal);
        Assert.StartsWith("passed", Said.In(Gate(acceptsPolicy: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_that_is_lowered_from_tested_is_a_weaker_policy()
    {
        Proven("tested");
        Work.Delete(Test);
        Work.Replace("merlon.yml", "tested", "deployable");
        Work.Commit("change");
        var said = Said.In(Gate());
        Assert.StartsWith("failed", said, StringComparison.Ordinal);
        Assert.Contains("policy weaker merlon.yml:1 gate.level: tested -> deployable\n", said, StringComparison.Ordinal);
        Assert.Contains("MRL5006 error merlon.yml:1", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tested", "validated")]
    [InlineData("validated", "tested")]
    public void Neither_of_two_proofs_that_do_not_build_on_each_other_may_take_the_place_of_the_other(string before, string after)
    {
        Proven(before);
        Work.Delete(before == "tested" ? Test : Validation);
        Work.Replace("merlon.yml", before, after);
        Work.Commit("change");
        var said = Said.In(Gate());
        Assert.StartsWith("failed", said, StringComparison.Ordinal);
        Assert.Contains("MRL5006 error", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tested", "test added")]
    [InlineData("validated", "record added")]
    public void A_proof_that_comes_is_a_gain(string level, string cause)
    {
        Start(level);
        Work.Write(Test, Event("3"));
        Work.Write(Validation, Record("3", Work.Read(Wmi), "T1047"));
        Commits($"passed, base main by merge-base\ngained T1047 Fox: {cause} rules/c.yml:5");
        Assert.Contains($"gained T1047 Fox: {cause} rules/c.yml:5", Said.In(Diff("main..change")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_fails_no_more_is_a_gain()
    {
        Work.Write(Test, Event("9"));
        Start("deployable");
        Work.Write(Test, Event("3"));
        Commits("passed, base main by merge-base\ngained T1047 Fox: test added rules/c.yml:5");
    }

    [Fact]
    public void The_ratchet_remembers_tests_and_records()
    {
        Work.Write("merlon.yml", "gate: { level: tested, baseline: coverage.json, targets: { default: 100 } }\n" + Few);
        Work.Write("actors/fox.yml", "name: Fox\ntechniques: [T1047]\n");
        Work.Write(Test, Event("3"));
        Work.Write(Validation, Record("3", Work.Read(Wmi), "T1047"));
        var (file, errors) = RatchetRun.Write(new() { Directory = Work.Root, Date = TemporaryRepository.Day }, acceptsLoss: false);
        Assert.True(file is not null, LintRuleTests.Lines(errors));
        Work.Write("coverage.json", file.Text);
        Work.Commit("baseline");
        Assert.Contains("tested", file.Text, StringComparison.Ordinal);
        Assert.Contains("validated", file.Text, StringComparison.Ordinal);
        AssertSays("passed, base coverage.json by baseline", Gate(GateRun.BaselineWord));
        Work.Delete(Test);
        Work.Commit("lose the test");
        Assert.Contains("lost T1047 Fox error: ", Said.In(Gate(GateRun.BaselineWord)), StringComparison.Ordinal);
        Work.Write(Test, Event("3"));
        Work.Delete(Validation);
        Work.Commit("lose the record");
        AssertSays("passed, base coverage.json by baseline", Gate(GateRun.BaselineWord));
    }
}
