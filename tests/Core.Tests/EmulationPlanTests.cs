using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Emulation.Plan;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Mono.Cecil;
using Xunit;

namespace Merlon.Core.Tests;

public sealed class EmulationPlanTests
{
    [Fact]
    public void A_rules_own_tests_come_first_then_exact_ones_and_then_no_approximate_ones()
    {
        var plan = Plan("techniques: [T1003.001]", [Rule("t1003.001", 3, 9)], Test(1, "T1003.001"), Test(2, "T1003.001"), Test(3, "T1003.001"), Test(4, "T1003"), Test(9, "T1059"));
        Assert.Equal(["3 exact named", "9 other named", "1 exact"], Chosen(plan));
        Assert.Equal(["3 T1003.001", "9 T1059"], plan.Tests.Where(test => test.For[0].IsNamed).OrderBy(test => test.Test.Id, StringComparer.Ordinal).Select(test => $"{test.Test.Id[^1]} {test.Technique!.Id}"));
        Assert.Equal(1, plan.Beyond);
    }

    [Fact]
    public void Without_an_exact_test_those_of_the_parent_or_of_sub_techniques_are_approximate()
    {
        var plan = Plan("techniques: [T1003.001, T1059]", [], Test(1, "T1003"), Test(2, "T1003.002"), Test(3, "T1059.001"), Test(4, "T1059.003"));
        Assert.Equal(["1 parent", "3 child", "4 child"], Chosen(plan).Order(StringComparer.Ordinal));
        Assert.All(plan.Tests, test => Assert.True(test.IsApproximate));
    }

    [Fact]
    public void An_approximate_test_runs_where_the_technique_exists()
    {
        var plan = Plan("techniques: [T1059.001]", [], Test(1, "T1059", platform: "linux"));
        Assert.Equal(("Platform", ""), (string.Join(' ', Assert.Single(plan.NotPlanned).Reasons.Select(reason => reason.Reason)), string.Join(' ', Chosen(plan))));
        Assert.Equal(["1 parent"], Chosen(Plan("techniques: [T1059.001]", [], Test(1, "T1059"))));
        // An author who names the technique itself knows better.
        Assert.Equal(["1 exact"], Chosen(Plan("techniques: [T1059.001]", [], Test(1, "T1059.001", platform: "containers"))));
    }

    [Fact]
    public void A_test_for_several_techniques_is_in_the_plan_once()
    {
        var plan = Plan("techniques: [T1059, T1059.001, T1059.003]", [], Test(1, "T1059.001"), Test(2, "T1059.003"));
        Assert.Equal(["1: T1059 child, T1059.001 exact", "2: T1059 child, T1059.003 exact"], plan.Tests.Select(test => $"{test.Order}: {string.Join(", ", test.For.Select(one => $"{one.Technique.Id} {one.Match.Name}"))}"));
    }

    [Theory]
    [InlineData("", "1 2 3 4 5 6 7", "")]
    [InlineData("platform Windows", "1 3 4 5", "platform 2")]
    [InlineData("elevated yes", "3", "elevation 5 unstated 1")]
    [InlineData("elevated no", "1 2 4 5 6", "elevation 1")]
    [InlineData("offline", "1 2 3 5 6", "download 1")]
    public void What_an_exercise_cannot_do_is_left_out(string options, string planned, string reasons)
    {
        EmulationTest[] tests =
        [
            Test(1, "T1005"), Test(2, "T1005", platform: "linux"), Test(3, "T1005") with { NeedsElevation = true }, Test(4, "T1005") with { NeedsDownload = true },
            Test(5, "T1005"), Test(6, "T1005", platform: "macos"), Test(7, "T1005") with { Platforms = null, NeedsElevation = null, NeedsDownload = null }, Test(8, "T1005") with { IsManual = true },
        ];
        var given = new PlanOptions { MaxPerTechnique = 9, Platforms = options.StartsWith("platform", StringComparison.Ordinal) ? ["Windows"] : [], Elevated = options switch { "elevated yes" => true, "elevated no" => false, _ => null }, IsOffline = options == "offline" };
        Assert.Equal(planned, string.Join(' ', Plan("techniques: [T1005]", [], given, tests).Tests.Select(test => test.Test.Id[^1]).Order()));
        // Without what suits, the technique says why it has none.
        var left = Plan("techniques: [T1005]", [], given, [.. tests.Where(test => !planned.Contains(test.Id[^1], StringComparison.Ordinal))]).NotPlanned;
        Assert.Equal($"manual 1 {reasons}".Trim(), string.Join(' ', Assert.Single(left).Reasons.Where(reason => reasons.Length > 0 || reason.Reason == Unsuitable.Manual).Select(reason => $"{reason.Reason.Name} {reason.Tests}")
            .Where(text => reasons.Contains("unstated", StringComparison.Ordinal) || !text.StartsWith("unstated", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_technique_without_any_test_has_no_reasons()
    {
        var one = Assert.Single(Plan("techniques: [T1005]", [], Test(1, "T1059")).NotPlanned);
        Assert.True(one is { Reasons: [], Actors: ["A"] });
    }

    [Fact]
    public void Tests_on_platforms_out_of_scope_are_left_out()
    {
        var coverage = Measure.Coverage(["name: A\ntechniques: [T1005]\n"], [], new() { Platforms = ["Linux"] });
        var plan = EmulationPlan.Of([coverage], [], [Library(Test(1, "T1005"), Test(2, "T1005", platform: "linux"))], new());
        Assert.Equal("2", Assert.Single(plan.Tests).Test.Id[^1..]);
    }

    [Fact]
    public void Gaps_are_what_is_not_covered_and_claimed_is_what_some_rule_claims()
    {
        string[] rules = [Measure.RuleText("t1003.001"), Measure.RuleText("t1005", status: "experimental")];
        EmulationTest[] tests = [Test(1, "T1003.001"), Test(2, "T1005"), Test(3, "T1059")];
        IEnumerable<string> Of(PlanScope scope) => Plan("techniques: [T1003.001, T1005, T1059]", rules, new() { Scope = scope }, tests).Tests.Select(test => test.Technique!.Id.ToString()).Order(StringComparer.Ordinal);
        Assert.Equal(["T1003.001", "T1005", "T1059"], Of(PlanScope.All));
        Assert.Equal(["T1005", "T1059"], Of(PlanScope.Gaps));
        Assert.Equal(["T1003.001", "T1005"], Of(PlanScope.Claimed));
    }

    [Fact]
    public void Rules_that_name_a_test_or_claim_its_technique_where_it_runs_are_expected()
    {
        var plan = Plan("techniques: [T1003.001, T1059.001]",
            [Rule("t1059.001", 1), Measure.RuleText("t1003.001", title: "claims"), Measure.RuleText("t1003.001", product: "linux", title: "elsewhere"), Measure.RuleText("t1003.001", status: "deprecated", title: "gone"), Measure.RuleText("t1003.001", status: "experimental", title: "weak")],
            Test(1, "T1003.001"));
        Assert.Equal(["a True Deployable", "claims False Deployable", "weak False Claimed"], Assert.Single(plan.Tests).Rules.Select(rule => $"{rule.Rule.Title} {rule.IsNamed} {rule.Level}"));
    }

    [Fact]
    public void An_old_id_is_brought_to_the_pinned_release_and_an_unknown_one_is_a_finding()
    {
        var plan = Plan("techniques: [T1685]", [], Test(1, "T1562.001"), Test(2, "T9999"), Test(3, "T1064"));
        Assert.Equal(("T1562.001", "T1685"), (Assert.Single(plan.Tests).Test.Technique.ToString(), plan.Tests[0].Technique!.Id.ToString()));
        Assert.Equal(["MRL6065 T1562.001 was revoked by T1685", "MRL6064 ATT&CK 19.1 has no T9999", "MRL6064 ATT&CK 19.1 no longer maintains T1064"], plan.Diagnostics.Select(finding => $"{finding.Info.Id} {finding.Message.Split(',')[0].Split(" in ATT")[0]}"));
    }

    [Fact]
    public void A_test_that_a_rule_names_and_the_library_lacks_is_a_finding_in_the_rule()
    {
        var plan = Plan("techniques: [T1005]", [Rule("t1005", 7)], Test(1, "T1005"));
        var finding = Assert.Single(plan.Diagnostics);
        Assert.Equal(("MRL6066", "0.yml", "'a' names test 6f3c1b1e-0c6c-4f6e-9a54-000000000007, which the library does not have"), (finding.Info.Id, finding.Span.Path, finding.Message));
    }

    [Fact]
    public void What_blinds_and_what_destroys_comes_last()
    {
        var plan = Plan("techniques: [T1485, T1685, T1566.001, T1041, T1003.001]", [], Test(1, "T1485"), Test(2, "T1685"), Test(3, "T1041"), Test(4, "T1003.001"), Test(5, "T1566.001"));
        Assert.Equal(["T1566.001", "T1003.001", "T1041", "T1685", "T1485"], plan.Tests.Select(test => test.Technique!.Id.ToString()));
        Assert.Equal([1, 2, 3, 4, 5], plan.Tests.Select(test => test.Order));
    }

    [Fact]
    public void The_order_of_libraries_rules_and_actors_does_not_change_a_plan()
    {
        string[] profiles = ["name: A\ntechniques: [T1003.001, T1059]\n", "name: B\nfrom: [G0046]\n"];
        string[] rules = [Rule("t1003.001", 3), Measure.RuleText("t1059.001")];
        var tests = AtomicLibrary.Read(Repository.PathOf("tests/fixtures/emulation/atomics"), "a");
        var stockpile = StockpileLibrary.Read(Repository.PathOf("tests/fixtures/emulation/stockpile"), "s");
        string Of(IEnumerable<string> some, ImmutableArray<EmulationLibrary> libraries)
        {
            var coverage = Measure.Coverage(some, rules);
            return string.Join('\n', EmulationPlan.Of([coverage], Measure.Rules(rules), libraries, new()).Tests.Select(test => $"{test.Order} {test.Test.Id} {string.Join(',', test.For.Select(one => $"{one.Technique.Id}{one.Match}"))}"));
        }
        var once = Of(profiles, [tests, stockpile]);
        Assert.Equal(once, Of(profiles.Reverse(), [stockpile, tests]));
        Assert.Contains("6f3c1b1e-0c6c-4f6e-9a54-000000000002", once, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_tracks_nobody_plans_for_every_technique()
    {
        using TemporaryRepository repository = new(("rules/a.yml", Measure.RuleText("t1003.001")));
        var result = EmulationPlanRun.Run(repository.Request(), [new(LibraryKind.AtomicRedTeam, Repository.PathOf("tests/fixtures/emulation/atomics"), "atomics")], new() { Scope = PlanScope.Claimed });
        Assert.Equal(["6f3c1b1e-0c6c-4f6e-9a54-000000000001", "6f3c1b1e-0c6c-4f6e-9a54-000000000002"], result.Plan!.Tests.Select(test => test.Test.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_plan_tells_the_window_that_an_import_will_use()
    {
        using TemporaryRepository repository = new(("merlon.yml", "validation: { window: 30m }\n"), ("rules/a.yml", Measure.RuleText("t1003.001")));
        var result = EmulationPlanRun.Run(repository.Request(), [new(LibraryKind.AtomicRedTeam, Repository.PathOf("tests/fixtures/emulation/atomics"), "atomics")], new() { Scope = PlanScope.Claimed });
        Assert.Contains("\"window\": \"1800s\"", EmulationPlanJson.Write(result.Plan!, result.Snapshot!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_platform_that_is_not_known_and_a_library_that_is_none_are_refused()
    {
        using TemporaryRepository repository = new();
        NamedLibrary atomics = new(LibraryKind.AtomicRedTeam, Repository.PathOf("tests/fixtures/emulation/atomics"), "atomics");
        Assert.Equal("'windows' is not allowed for platform; did you mean 'Windows'?", Assert.Single(EmulationPlanRun.Run(repository.Request(), [atomics], new() { Platforms = ["windows"] }).Diagnostics).Message);
        Assert.Equal("MRL6060", Assert.Single(EmulationPlanRun.Run(repository.Request(), [atomics with { FullPath = repository.Root }], new()).Diagnostics).Info.Id);
        Assert.NotNull(EmulationPlanRun.Run(repository.Request(), [atomics], new() { Platforms = ["cloud"] }).Plan);
    }

    [Fact]
    public void Nothing_but_git_starts_a_process()
    {
        using var module = ModuleDefinition.ReadModule(typeof(Diagnostic).Assembly.Location);
        var starters = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
            .Where(method => method.Body.Instructions.Any(instruction => instruction.Operand is MemberReference { DeclaringType.FullName: "System.Diagnostics.Process" or "System.Diagnostics.ProcessStartInfo" }))
            .Select(method => method.DeclaringType).Select(type => type.DeclaringType ?? type).Select(type => type.Namespace).Distinct();
        Assert.Equal(["Merlon.Core.Git"], starters);
    }

    private static EmulationPlan Plan(string body, IEnumerable<string> rules, params EmulationTest[] tests) => Plan(body, rules, new(), tests);

    private static EmulationPlan Plan(string body, IEnumerable<string> rules, PlanOptions options, params EmulationTest[] tests)
    {
        var texts = rules.ToArray();
        var parsed = Measure.Rules(texts);
        return EmulationPlan.Of([Coverage.ProgramCoverage.Of(Measure.Attack, Measure.SetOf(parsed), [Measure.Actor($"name: A\n{body}\n")], new(), null, Evidence.RuleEvidence.None, TemporaryRepository.Day)], parsed, [Library(tests)], options);
    }

    private static EmulationLibrary Library(params EmulationTest[] tests) => new(LibraryKind.AtomicRedTeam, [.. tests], [], IsUsable: true);

    private static IEnumerable<string> Chosen(EmulationPlan plan) =>
        plan.Tests.SelectMany(test => test.For.Select(one => (Text: $"{test.Test.Id[^1]} {one.Match.Name}{(one.IsNamed ? " named" : "")}", one))).OrderByDescending(pair => pair.one.IsNamed).ThenBy(pair => pair.one.Match).Select(pair => pair.Text);

    private static string Rule(string tag, params int[] tests) =>
        Measure.RuleText(tag, more: $"simulation: [{string.Join(", ", tests.Select(test => $"{{type: atomic-red-team, atomic_guid: 6f3c1b1e-0c6c-4f6e-9a54-00000000000{test}}}"))}]\n");

    private static EmulationTest Test(int number, string technique, string platform = "windows") => new()
    {
        Library = LibraryKind.AtomicRedTeam,
        Id = $"6f3c1b1e-0c6c-4f6e-9a54-00000000000{number}",
        Technique = AttackReleaseTests.Id(technique),
        Name = $"test {number}",
        PlatformWords = [platform],
        Platforms = LibraryPlatforms.NamesOf([platform]),
        Executors = ["sh"],
        NeedsElevation = false,
        NeedsDownload = false,
        HasCleanup = true,
        File = $"{technique}.yaml",
        Span = new($"a/{technique}.yaml", number, 1, number, 2),
        TechniqueSpan = new($"a/{technique}.yaml", 1, 1, 1, 2),
    };
}
