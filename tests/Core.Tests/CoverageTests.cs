using System.Collections.Frozen;
using CsCheck;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Gate;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

public class CoverageTests
{
    private const string Lone = "techniques: [T1558]";

    [Fact]
    public void Windows_rules_cover_nothing_of_Fin7_on_Linux()
    {
        string[] rules = [.. Measure.Attack.Techniques.Where(technique => technique.IsLive).Select(technique => Measure.RuleText($"t{technique.Id.ToString()[1..]}"))];
        var linux = Measure.Actor("from: [G0046]", rules, new() { Platforms = ["Linux"] });
        Assert.Equal((0, true), (linux.Covered.Covered, linux.Covered.Total > 20));
        Assert.All(linux.Techniques, technique => Assert.Equal(Level.None, technique.Level));
        var all = Measure.Actor("from: [G0046]", rules);
        Assert.Equal(0, all.Platforms.Single(row => row.Platform == "Linux").Covered.Covered);
        Assert.Equal(all.Platforms.Single(row => row.Platform == "Windows").Covered, new(all.Covered.Covered, all.Covered.Covered));
    }

    [Fact]
    public void A_lone_parent_that_a_rule_on_a_sub_technique_reaches_is_partial_and_in_no_numerator()
    {
        var actor = Measure.Actor(Lone, [Measure.RuleText("t1558.003")]);
        Assert.Equal("0/1 0 1 0", $"{actor.Covered} {actor.CountAt(Level.Claimed)} {actor.Partial} {actor.Tactics.Single().Covered.Covered}");
        Assert.Equal(new Partial(1, 5), actor.Techniques[0].Partial);
        Assert.All(actor.Platforms, row => Assert.Equal(0, row.Covered.Covered));
    }

    [Fact]
    public void A_parent_counts_when_all_sub_techniques_on_platforms_in_scope_do_at_the_lowest_level_among_them()
    {
        string[] windows = [.. Enumerable.Range(1, 4).Select(sub => Measure.RuleText($"t1558.00{sub}"))];
        Assert.Equal(new Partial(4, 5), Measure.Actor(Lone, windows).Techniques[0].Partial); // T1558.005 is on Linux and macOS
        var onWindows = Measure.Actor(Lone, windows, new() { Platforms = ["Windows"] }).Techniques[0];
        Assert.Equal((Level.Deployable, true, null), (onWindows.Level, onWindows.IsCovered, onWindows.Partial));
        Assert.Equal(["Windows"], onWindows.Platforms);
        var weakest = Measure.Actor(Lone, [.. windows[1..], Measure.RuleText("t1558.001", status: "experimental")], new() { Platforms = ["Windows"] }).Techniques[0];
        Assert.Equal((Level.Claimed, false, new Partial(3, 4)), (weakest.Level, weakest.IsCovered, weakest.Partial));
        var everywhere = Measure.Actor(Lone, [.. windows, Measure.RuleText("t1558.005", "linux")]).Techniques[0];
        Assert.Equal(["Linux", "Windows"], everywhere.Platforms);
    }

    [Fact]
    public void Lenient_counts_a_partial_parent()
    {
        var actor = Measure.Actor(Lone, [Measure.RuleText("t1558.003")], new() { IsLenient = true });
        Assert.Equal("1/1 0", $"{actor.Covered} {actor.Partial}");
        Assert.Equal(["Windows"], actor.Techniques[0].Platforms);
        Assert.Equal(Level.Claimed, Measure.Actor(Lone, [Measure.RuleText("t1558.003", status: "experimental")], new() { IsLenient = true }).Techniques[0].Level);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_rule_on_a_parent_never_covers_a_sub_technique(bool isLenient) =>
        Assert.Equal("0/1", Measure.Actor("techniques: [T1558.003]", [Measure.RuleText("t1558")], new() { IsLenient = isLenient }).Covered.ToString());

    [Fact]
    public void A_revoked_tag_counts_for_what_replaced_it() => Assert.Equal("1/1", Measure.Actor("techniques: [T1059.001]", [Measure.RuleText("t1086")]).Covered.ToString());

    public static TheoryData<string, string, string?> Lacks => new()
    {
        { Measure.RuleText("t1059.001"), "deployable", null },
        { Measure.RuleText("t1059.001", status: "experimental"), "claimed", "status experimental is not in coverage.status (stable, test)" },
        { Measure.RuleText("t1059.001").Replace("status: test\n", "", StringComparison.Ordinal), "claimed", "has no status, and coverage.status has no 'none'" },
        { Measure.RuleText("t1059.001", level: "informational"), "claimed", "level informational is below coverage.sigmaLevel (low)" },
        { Measure.RuleText("t1059.001").Replace("level: high\n", "", StringComparison.Ordinal), "claimed", "has no level, and coverage.sigmaLevel is low" },
        { Measure.RuleText("t1059.001, detection.threat-hunting"), "claimed", "tag detection.threat-hunting is in coverage.notTags" },
        { Measure.RuleText("t1059.001", status: "deprecated"), "none", "status is deprecated" },
        { Measure.RuleText("t1059.001", status: "unsupported"), "none", "status is unsupported" },
        { Measure.RuleText("t1059.001").Replace("condition: s", "condition: other", StringComparison.Ordinal), "none", "the rule is not valid" },
        { Measure.RuleText("t1059.001", "linux"), "none", "watches Linux, and T1059.001 exists on Windows" },
        { Measure.RuleText("t1059.001", more: "---\ntitle: f\nlogsource: {product: windows}\nfilter: {rules: any, s: {f: y}, condition: other}\n"), "claimed", "filter 'f' applies to it and is not valid" },
        { Measure.RuleText("t1059.001", more: "---\ntitle: f\nlogsource: {product: linux}\nfilter: {rules: any, s: {f: y}, condition: other}\n"), "deployable", null },
    };

    [Theory, MemberData(nameof(Lacks))]
    public void A_rule_reaches_a_level_and_says_what_it_lacks(string rule, string level, string? lacks)
    {
        var claim = Measure.Actor("techniques: [T1059.001]", [rule]).Techniques[0].Claims.Single();
        Assert.Equal((level, lacks), (claim.Level.Name, claim.Lacks?.Text));
    }

    [Fact]
    public void The_words_none_admit_rules_without_a_status_or_a_level() => Assert.Equal("1/1", Measure.Actor("techniques: [T1059.001]",
        [Measure.RuleText("t1059.001").Replace("status: test\nlevel: high\n", "", StringComparison.Ordinal)], new() { Status = ["none"], SigmaLevel = "none" }).Covered.ToString());

    [Theory]
    [InlineData("linux", "", "claimed", "log source windows is not collected")]
    [InlineData("windows", "", "deployable", null)]
    [InlineData("windows", "f", "claimed", "log source windows is collected without f, which every path of the rule needs")]
    [InlineData("windows", "g", "deployable", null)]
    public void An_inventory_decides_whether_a_log_source_is_collected(string product, string without, string level, string? lacks)
    {
        LogSourceInventory inventory = new([new() { Product = product, Without = without.Length == 0 ? FrozenSet<string>.Empty : [without] }]);
        var claim = Measure.Actor("techniques: [T1059.001]", [Measure.RuleText("t1059.001")], inventory: inventory).Techniques[0].Claims.Single();
        Assert.Equal((level, lacks), (claim.Level.Name, claim.Lacks?.Text.Replace("product: ", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("test", "", "none", "deployable")]
    [InlineData("test", "generate: true", "deployable", "deployable")]
    [InlineData("experimental", "", "none", "claimed")]
    [InlineData("deprecated", "", "none", "claimed")]
    public void A_correlation_silences_its_rules_and_is_as_good_as_the_worst_of_them(string status, string generate, string ofBase, string ofCorrelation)
    {
        var rules = Measure.RuleText("t1110.001", status: status, more: $$"""
            name: base
            ---
            title: c
            status: test
            level: high
            tags: [attack.t1110.003]
            correlation: { type: event_count, rules: [base], group-by: [u], timespan: 5m, condition: { gte: 5 } }
            {{generate}}
            """);
        var actor = Measure.Actor("techniques: [T1110.001, T1110.003]", [rules]);
        Assert.Equal(ofBase, actor.Techniques[0].Level.Name);
        Assert.Equal(ofCorrelation, actor.Techniques[1].Level.Name);
        Assert.Equal(["Windows"], actor.Techniques[1].Claims.Single().Platforms);
    }

    [Theory]
    [InlineData(0, 0, "n/a")]
    [InlineData(0, 7, "0.0%")]
    [InlineData(2, 3, "66.6%")]
    [InlineData(999, 1000, "99.9%")]
    [InlineData(9999, 10000, "99.9%")]
    [InlineData(int.MaxValue, int.MaxValue, "100.0%")]
    public void A_percentage_is_rounded_down(int covered, int total, string percent) => Assert.Equal(percent, new Ratio(covered, total).Percent);

    [Fact]
    public void A_floor_is_compared_in_integers() => Gen.Int[0, 300].SelectMany(total => Gen.Select(Gen.Int[0, total], Gen.Const(total), Gen.Int[0, 100])).Sample((covered, total, target) =>
    {
        Floor floor = new("a", null, new(covered, total), new(target, SourceSpan.StartOf("a.yml"))) { Domain = AttackDomain.Enterprise };
        Assert.Equal(total == 0 || covered * 100 >= target * total, floor.Holds);
        // So many more reach it, and one fewer would not.
        Assert.True(new Ratio(covered + floor.Missing, total).Reaches(target));
        Assert.True(floor.Missing == 0 || !new Ratio(covered + floor.Missing - 1, total).Reaches(target));
    });

    private static readonly string[] FiveOfSeven = ["T1059.001", "T1059.003", "T1059.005", "T1047", "T1218.005", "T1003.001", "T1003.002"];

    [Theory]
    [InlineData("targets: { default: 71 }", "")]
    [InlineData("targets: { default: 72 }", "a.yml:3:21: error MRL5001: A: deployable 5/7 (71.4%) is below the target of 72%; 1 more technique is needed\n")]
    [InlineData("targets: { default: 100 }", "a.yml:3:21: error MRL5001: A: deployable 5/7 (71.4%) is below the target of 100%; 2 more techniques are needed\n")]
    [InlineData("targets: { tactics: { credential-access: 1 } }", "a.yml:3:42: error MRL5001: A, credential-access: deployable 0/2 (0.0%) is below the target of 1%; 1 more technique is needed\n")]
    [InlineData("targets: { tactics: { execution: 50 } }", "a.yml:3:34: info MRL5007: A, execution: the target of 50% is on 4 techniques only; require them by name\n")]
    [InlineData("targets: { platforms: { Containers: 1 } }", "a.yml:3:37: warning MRL5008: A, Containers: no technique is in scope, so the target of 1% means nothing\n")]
    [InlineData("targets: { platforms: { Windows: 72 } }", "a.yml:3:34: error MRL5001: A, Windows: deployable 5/7 (71.4%) is below the target of 72%; 1 more technique is needed\n")]
    [InlineData("exclude: []", "a.yml:1:1: error MRL5001: A: deployable 5/7 (71.4%) is below the target of 90%; 2 more techniques are needed\n", 90)]
    public void Floors_of_a_profile(string targets, string findings, int? standard = null)
    {
        var coverage = Measure.Coverage([$"name: A\ntechniques: [{string.Join(", ", FiveOfSeven)}]\n{targets}\n"], FiveOfSeven[..5].Select(id => Measure.RuleText($"t{id[1..]}")));
        var own = standard is { } percent ? new Targets { Default = new(percent, SourceSpan.StartOf("a.yml")) } : Targets.None;
        Assert.Equal(findings, LintRuleTests.Lines(Measure.Judge(coverage, own)));
    }

    [Fact]
    public void Floors_of_merlon_yml_are_on_the_union()
    {
        Target At(int percent) => new(percent, SourceSpan.StartOf("merlon.yml"));
        var coverage = Measure.Coverage([$"name: A\ntechniques: [{string.Join(", ", FiveOfSeven[..5])}]\n", $"name: B\ntechniques: [{string.Join(", ", FiveOfSeven)}]\n"], FiveOfSeven[..5].Select(id => Measure.RuleText($"t{id[1..]}")));
        Assert.Equal("""
            merlon.yml:1:1: error MRL5001: B: deployable 5/7 (71.4%) is below the target of 72%; 1 more technique is needed
            merlon.yml:1:1: error MRL5001: union: deployable 5/7 (71.4%) is below the target of 73%; 1 more technique is needed
            merlon.yml:1:1: error MRL5001: union, credential-access: deployable 0/2 (0.0%) is below the target of 50%; 1 more technique is needed
            merlon.yml:1:1: error MRL5001: union, Windows: deployable 5/7 (71.4%) is below the target of 90%; 2 more techniques are needed

            """.ReplaceLineEndings("\n"), LintRuleTests.Lines(Measure.Judge(coverage, new() { Default = At(72), Union = At(73), Tactics = [("credential-access", At(50))], Platforms = [("Windows", At(90))] })));
    }

    [Fact]
    public void A_required_technique_fails_whatever_the_percentage()
    {
        var coverage = Measure.Coverage(["name: A\ntechniques: [T1059.001, { id: T1003.001, required: true }, { id: T1047, required: true }]\n"], [Measure.RuleText("t1003.001", status: "experimental"), Measure.RuleText("t1047")]);
        Assert.Equal("a.yml:2:31: error MRL5001: A: T1003.001 LSASS Memory is required and is claimed, not deployable; 'merlon why T1003.001' says what is missing\n",
            LintRuleTests.Lines(Measure.Judge(coverage, Targets.None)));
    }

    [Fact]
    public void A_requirement_that_is_not_measured_is_not_met()
    {
        var excluded = Measure.Coverage(["name: A\ntechniques: [T1059.001, { id: T1047, required: true }]\nexclude: [{ id: T1047, kind: not-applicable, reason: r }]\n"], [Measure.RuleText("t1047")]);
        Assert.Equal("a.yml:2:31: error MRL5001: A: T1047 Windows Management Instrumentation is required and is excluded; remove the requirement or the exclusion\n",
            LintRuleTests.Lines(Measure.Judge(excluded, Targets.None)));
        var elsewhere = Measure.Coverage(["name: A\ntechniques: [T1059.004, { id: T1047, required: true }]\n"], [Measure.RuleText("t1047")], new() { Platforms = ["Linux"] });
        Assert.Equal("a.yml:2:31: error MRL5001: A: T1047 Windows Management Instrumentation is required and exists on none of the platforms in scope (Linux); remove the requirement or widen the scope\n",
            LintRuleTests.Lines(Measure.Judge(elsewhere, Targets.None)));
    }

    [Fact]
    public void None_of_none_passes_no_floor_and_fails_none()
    {
        var coverage = Measure.Coverage(["name: A\ntechniques: [T1583.001]\ntargets: { default: 100 }\n"], []);
        Assert.Equal(["MRL5008"], Measure.Judge(coverage, Targets.None).Select(finding => finding.Info.Id));
        Assert.Equal("n/a", coverage.Actors[0].Covered.Percent);
    }

    private static readonly string[] Profile = ["name: A\ntechniques: [T1558, T1558.003, T1059.001, T1059.004, T1003, T1003.008, T1133, T1583.001, T1047]\nexclude: [{ id: T1047, kind: not-applicable, reason: r }]\n"];

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static readonly Gen<string> AnyRule = Gen.Select(
        OneOf("t1558", "t1558.001", "t1558.003", "t1558.005", "t1059.001", "t1059.004", "t1003", "t1003.001", "t1003.008", "t1133", "t1583.001", "t1047", "t1086", "t9999"),
        OneOf("windows", "linux", "zeek"), OneOf("test", "experimental", "deprecated"), OneOf("high", "informational"))
        .Select((tag, product, status, level) => Measure.RuleText(tag, product, status, level));

    private static readonly Gen<Definition> AnyDefinition = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, OneOf(Level.Claimed, Level.Deployable))
        .Select((isLenient, preApart, onlyWindows, level) => new Definition { IsLenient = isLenient, PreApart = preApart, Platforms = onlyWindows ? ["Windows"] : [], Level = level });

    [Fact]
    public void One_more_rule_never_lowers_a_count() => Gen.Select(AnyRule.Array[0, 8], AnyRule, AnyDefinition).Sample((rules, one, definition) =>
    {
        var (before, after) = (Counts(rules), Counts([.. rules, one]));
        Assert.Equal(before.Length, after.Length);
        Assert.All(before.Zip(after), pair => Assert.True(pair.First <= pair.Second));
        int[] Counts(string[] texts)
        {
            var actor = Measure.Coverage(Profile, texts, definition).Actors[0];
            return
            [
                actor.Covered.Covered, actor.CountAt(Level.Claimed), actor.CountAt(Level.Deployable), actor.CoveredWithExclusions.Covered, ActorCoverage.RatioOf(actor.Pre).Covered,
                .. actor.Tactics.Select(row => row.Covered.Covered), .. actor.Platforms.Select(row => row.Covered.Covered), .. actor.Techniques.Select(technique => (int)technique.Level),
            ];
        }
    }, iter: 200);

    [Fact]
    public void The_parts_add_up_to_the_whole() => Gen.Select(AnyRule.Array[0, 8], AnyDefinition).Sample((rules, definition) =>
    {
        var actor = Measure.Coverage(Profile, rules, definition).Actors[0];
        Assert.Equal(9, actor.Techniques.Length + actor.Pre.Length + actor.Excluded.Length + actor.OutOfScope.Length);
        Assert.Equal(actor.Covered.Covered, actor.CountAt(definition.Level));
        Assert.Equal(actor.Covered.Total - actor.Covered.Covered, actor.Gaps.Count());
        Assert.All(actor.Techniques.Where(technique => technique.IsCovered), technique => Assert.NotEmpty(technique.Platforms));
    }, iter: 200);

    [Fact]
    public void Files_written_in_any_order_give_the_same_bytes()
    {
        (string, string)[] files =
        [
            ("actors/b.yml", "name: A\nfrom: [G0046]\n"), ("actors/a.yml", "name: B\nfrom: [G0082]\n"),
            ("rules/c.yml", Measure.RuleText("t1059.001", title: "c")), ("rules/b/b.yml", Measure.RuleText("t1059.001", title: "b")), ("rules/a.yml", Measure.RuleText("t1047", title: "a")),
        ];
        Gen.Shuffle(files).Select(order =>
        {
            using TemporaryRepository repository = new(order);
            return CoverageJson.Write(repository.Load()) + CheckJson.Write(repository.Check()) + GapsJson.Write(repository.Load());
        }).Array[2].Sample(outputs => Assert.Equal(outputs[0], outputs[1]), iter: 6);
    }
}
