using System.Diagnostics;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Plan;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Merlon.Core.Yaml;
using Xunit;

namespace Merlon.Core.Tests;

public class PlanTests
{
    private const string Bank = "name: Bank\ntechniques: [T1059.001, T1003.001, T1547.001, T1053.005, T1021.001, T1078.004]\n";

    [Fact]
    public void Gaps_come_in_the_order_of_what_decides()
    {
        using TemporaryRepository repository = new(
            ("merlon.yml", "coverage: { logSources: logsources.yml, assets: assets.yml }"),
            ("logsources.yml", "collected: [{ product: windows, category: process_creation }]"),
            ("assets.yml", "assets: [{ name: web, platforms: [Linux], criticality: critical }, { name: office, platforms: [Windows], criticality: low }]"),
            ("actors/a.yml", "name: A\ntechniques: [{ id: T1055.001, required: true }, { id: T1003.001, weight: 5 }, T1543.002, T1059.001, T1053.005, T1218.011]\n"));
        var gaps = repository.Load().Backlogs[0].Gaps;
        // Required; weight; a critical asset; collected before not, in kill-chain order, then by id.
        Assert.Equal(["T1055.001", "T1003.001", "T1543.002"], gaps.Take(3).Select(gap => gap.Technique.Id.ToString()));
        Assert.Equal(gaps.Skip(3).OrderByDescending(gap => gap.IsCollected).Select(gap => gap.Technique.Id), gaps.Skip(3).Select(gap => gap.Technique.Id));
        Assert.Equal((5, Evidence.Criticality.Low), (gaps[1].Weight, gaps[1].Criticality));
        Assert.Equal(Evidence.Criticality.Critical, gaps[2].Criticality);
        Assert.Equal(GapPriority.High, gaps[0].Priority);
    }

    [Theory]
    [InlineData(true, true, true, "High")]
    [InlineData(false, true, true, "High")]
    [InlineData(false, true, false, "Medium")]
    [InlineData(false, false, true, "Medium")]
    [InlineData(false, false, false, "Low")]
    [InlineData(true, false, false, "High")]
    public void A_priority_is_of_being_required_or_used_by_many_and_collected(bool isRequired, bool byBoth, bool isCollected, string expected)
    {
        var entry = $"{{ id: T1059.001, required: {(isRequired ? "true" : "false")} }}";
        using TemporaryRepository repository = new(
            ("merlon.yml", "coverage: { logSources: logsources.yml }"),
            ("logsources.yml", $"collected: [{{ product: {(isCollected ? "windows, category: ps_script" : "zeek, service: none")} }}]"),
            ("actors/a.yml", $"name: A\ntechniques: [{entry}]\n"),
            ("actors/b.yml", $"name: B\ntechniques: [{(byBoth ? "T1059.001" : "T1003.001")}]\n"));
        Assert.Equal(expected, repository.Load().Backlogs[0].Gaps.First(gap => gap.Technique.Id == new TechniqueId(1059, 1)).Priority.ToString());
    }

    [Fact]
    public void Ten_gaps_that_need_one_log_source_pay_for_it_once()
    {
        // All of them are closed by a community rule on one log source, and nothing else is collected or cheaper.
        string[] ids = ["T1059.001", "T1003.001", "T1547.001", "T1053.005", "T1021.001", "T1055.001", "T1218.011", "T1105", "T1082", "T1083"];
        using TemporaryRepository repository = new(
            ("merlon.yml", "coverage: { logSources: logsources.yml }\nplan: { library: library }"),
            ("logsources.yml", "collected: []"),
            ("actors/a.yml", $"name: A\ntechniques: [{string.Join(", ", ids)}]\n"));
        foreach (var (index, id) in ids.Index())
            repository.Write($"library/{index}.yml", Rule(index, id, "product: windows\n  category: process_creation"));
        var backlog = repository.Load().Backlogs[0];
        var all = backlog.Invest(backlog.Open);
        Assert.Equal((10, 10, 0, 10 + 15), (all.Gaps, all.RulesToAdopt, all.RulesToWrite, all.PersonDays));
        Assert.Equal(["windows/process_creation"], all.LogSources);
        Assert.Equal(21, all.CalendarDays); // 25 / (2 × 0.6)
        Assert.Equal((3, 18), (backlog.InvestInTop(3).RulesToAdopt, backlog.InvestInTop(3).PersonDays));
        Assert.Equal(10, backlog.OpenedBy("windows/process_creation").Length);
        Assert.All(backlog.Gaps, gap => Assert.Equal(Effort.High, backlog.EffortOf(gap)));
        var roadmap = Roadmap.Of(backlog);
        Assert.Single(roadmap.Periods.SelectMany(period => period.Gaps).SelectMany(gap => gap.Tasks), task => task.Kind == TaskKind.Collect);
        Assert.Equal(25, roadmap.Periods.Sum(period => period.PersonDays));
        var optimum = Optimum.Of(backlog, [new(backlog.Coverage.Union!, null, 50)]);
        Assert.Equal((true, 20, 5), (optimum.IsExact, optimum.Investment.PersonDays, optimum.Investment.RulesToAdopt));
        Assert.Equal(new Ratio(5, 10), optimum.Steps[^1].Union);
    }

    [Fact]
    public void Efforts_are_those_of_the_easiest_way()
    {
        using TemporaryRepository repository = new(
            ("merlon.yml", "coverage: { logSources: logsources.yml, pre: include }\nplan: { library: library }"),
            ("logsources.yml", "collected: [{ product: windows, category: process_creation }]"),
            ("library/a.yml", Rule(1, "T1059.001", "product: windows\n  category: process_creation")),
            ("library/old.yml", Rule(2, "T1003.001", "product: windows\n  category: process_creation").Replace("status: test", "status: deprecated", StringComparison.Ordinal)),
            ("library/mac.yml", Rule(3, "T1003.001", "product: macos\n  category: process_creation")),
            ("actors/a.yml", "name: A\ntechniques: [T1059.001, T1003.001, T1078.004, T1595]\n"));
        var backlog = repository.Load().Backlogs[0];
        string Effort(string id) => backlog.EffortOf(backlog.Gaps.Single(gap => gap.Technique.Id.ToString() == id)).Name;
        // A rule that is deprecated, or watches nothing that the technique is on, closes nothing.
        Assert.Equal("low, medium, high, blocked", $"{Effort("T1059.001")}, {Effort("T1003.001")}, {Effort("T1078.004")}, {Effort("T1595")}");
    }

    [Fact]
    public void Without_an_inventory_everything_is_taken_to_be_collected_and_the_plan_says_so()
    {
        using TemporaryRepository repository = new(("actors/bank.yml", Bank));
        var plan = Plan(repository);
        Assert.All(plan.Backlog.Gaps, gap => Assert.Equal((null, Effort.Medium), (gap.IsCollected, plan.Backlog.EffortOf(gap))));
        Assert.Contains("telemetry: \"unknown: ", PlanYaml.Write(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void No_period_spends_more_than_it_has()
    {
        using TemporaryRepository repository = new(
            ("merlon.yml", "coverage: { logSources: logsources.yml }\nplan: { engineers: 1, productive: 0.7 }"),
            ("logsources.yml", "collected: [{ product: windows, category: process_creation }]"), ("actors/x.yml", "name: X\nfrom: [G0046, G0082, G0032]\n"));
        var roadmap = Plan(repository).Roadmap;
        Assert.All(roadmap.Periods, period => Assert.InRange(period.PersonDays, 1, period.Capacity));
        Assert.All(roadmap.Periods, period => Assert.Equal(21, period.Capacity));
        Assert.All(roadmap.Periods, period => Assert.Equal(period.PersonDays, period.Gaps.Sum(gap => gap.PersonDays)));
        // A log source is there before what rests on it.
        HashSet<string> collected = [];
        foreach (var period in roadmap.Periods)
        {
            collected.UnionWith(period.Gaps.SelectMany(gap => gap.Tasks).Where(task => task.Kind == TaskKind.Collect).Select(task => task.LogSource!));
            Assert.All(period.Gaps.SelectMany(gap => gap.Way?.Missing ?? []), source => Assert.Contains(source, collected));
        }
        var placed = roadmap.Periods.SelectMany(period => period.Gaps).Concat(roadmap.Later).Concat(roadmap.Accepted).Select(gap => gap.Gap.Technique.Id).ToArray();
        Assert.Equal(placed.Length, placed.Distinct().Count());
    }

    [Fact]
    public void The_optimum_is_what_measuring_every_choice_finds()
    {
        // T1558 is closed by a rule of its own, or by rules for all of its sub-techniques; one rule has three tags; two log sources are shared.
        (string Tags, string Source)[] library =
        [
            ("T1558.001, T1558.002, T1558.003", "product: windows\n  category: process_creation"), ("T1558.004, T1558.005", "product: windows\n  service: security"), ("T1558", "product: windows\n  service: system"),
            ("T1059.001", "product: windows\n  service: security"), ("T1059.001", "product: windows\n  category: ps_script"), ("T1003.001, T1055.001", "product: windows\n  service: security"),
        ];
        foreach (var target in new[] { 25, 50, 75, 100 })
        {
            using TemporaryRepository repository = new(
                ("merlon.yml", "coverage: { logSources: logsources.yml, platforms: [Windows] }\nplan: { days: { low: 2, medium: 900, high: 7 }, library: library }"), ("logsources.yml", "collected: [{ product: windows, category: ps_script }]"),
                ("actors/a.yml", "name: A\ntechniques: [T1558, T1059.001, T1003.001, T1055.001]\n"));
            foreach (var (index, (tags, source)) in library.Index())
                repository.Write($"library/{index}.yml", Rule(index, tags, source));
            var found = Plan(repository, target).Optimum;
            Assert.True(found.IsExact);
            Assert.Equal(LeastDays(repository, library, target), found.Investment.PersonDays);
        }
    }

    // Rules are put into the program and its log sources into the inventory, and the coverage is measured.
    private static int LeastDays(TemporaryRepository repository, (string Tags, string Source)[] library, int target)
    {
        var least = int.MaxValue;
        var before = repository.Load();
        for (var choice = 0; choice < 1 << library.Length; choice++)
        {
            var chosen = library.Index().Where(row => (choice >> row.Index & 1) != 0).ToArray();
            var sources = chosen.Select(row => row.Item.Source).Where(source => !source.Contains("ps_script", StringComparison.Ordinal)).Distinct().ToArray();
            var files = chosen.Select(row => Sigma.SigmaFile.Parse("a.yml", System.Text.Encoding.UTF8.GetBytes(Rule(row.Index, row.Item.Tags, row.Item.Source)))).ToArray();
            var coverage = ProgramCoverage.Of(before.Config.Releases[0], Sources.RuleSet.Of(files), [.. before.Coverage[0].Actors.Select(actor => actor.Actor!)], before.Config.Definition, null, Evidence.RuleEvidence.None, before.Date);
            if (coverage.Union!.Covered.Reaches(target))
                least = Math.Min(least, (2 * chosen.Length) + (7 * sources.Length));
        }
        return least;
    }

    [Fact]
    public void What_people_wrote_survives_and_closed_gaps_move()
    {
        using TemporaryRepository repository = new(("actors/bank.yml", Bank));
        var text = PlanYaml.Write(Plan(repository));
        var edited = text.Replace("    - technique: T1003.001\n", "    - ticket: { id: 7, links: [a, \"b: c\"] }\n      technique: T1003.001\n", StringComparison.Ordinal);
        edited = Fill(edited, "T1003.001", "owner: Ada\n      status: in progress\n      note: \"'tis: \\\"hard\\\"\"\n");
        edited = Fill(edited, "T1059.001", "owner: Bo\n      status: done\n      note: |\n        first\n        second\n") + "  agreed: with the board\n";
        // Before anything changes a run gives the same file again.
        var again = PlanYaml.Write(Plan(repository, existing: edited));
        Assert.Equal(again, PlanYaml.Write(Plan(repository, existing: again)));
        Assert.Contains("owner: Ada\n      status: in progress\n      note: \"'tis: \\\"hard\\\"\"\n", again, StringComparison.Ordinal);
        Assert.Contains("ticket:\n        id: 7\n        links:\n          - a\n          - \"b: c\"\n", again, StringComparison.Ordinal);
        Assert.EndsWith("  agreed: with the board\n", again, StringComparison.Ordinal);
        // A rule closes it; later the rule is gone.
        repository.Write("rules/a.yml", Rule(1, "T1059.001", "product: windows\n  category: process_creation"));
        var closed = PlanYaml.Write(Plan(repository, existing: again));
        Assert.Contains("  closed:\n    - technique: T1059.001\n      name: PowerShell\n      closed: \"2026-11-24\"\n      owner: Bo\n      status: done\n      note: \"first\\nsecond\\n\"\n", closed, StringComparison.Ordinal);
        Assert.Equal(closed, PlanYaml.Write(Plan(repository, existing: closed)));
        File.Delete(repository.PathOf("rules/a.yml"));
        var reopened = PlanYaml.Write(Plan(repository, existing: closed));
        Assert.Contains("last_closed: \"2026-11-24\"\n      owner: Bo\n", reopened, StringComparison.Ordinal);
        // Out of the profile is not closed, and nothing of it is lost.
        repository.Write("actors/bank.yml", Bank.Replace("T1003.001, ", "", StringComparison.Ordinal));
        Assert.Matches("  out_of_scope:\n    - [^$]*owner: Ada\n", PlanYaml.Write(Plan(repository, existing: reopened)));
    }

    [Theory]
    [InlineData("a: 1\n", "MRL8201")]
    [InlineData("threat_model_remediation_plan: [\n", "MRL10")]
    [InlineData("threat_model_remediation_plan: { later: 3 }\n", "MRL8201")]
    [InlineData("threat_model_remediation_plan: { later: [{ owner: a }] }\n", "MRL8201")]
    [InlineData("threat_model_remediation_plan: { later: [{ technique: T1003 }], closed: [{ technique: T1003 }] }\n", "MRL8201")]
    [InlineData("", "MRL1004")]
    public void A_file_that_is_no_plan_is_not_written_over(string text, string id)
    {
        using TemporaryRepository repository = new(("actors/bank.yml", Bank));
        Assert.Null(PlanRun.Run(Request(repository, existing: text), out var errors));
        Assert.StartsWith(id, Assert.Single(errors).Info.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_titles_stay_text_in_every_reader_of_YAML()
    {
        const string title = "a: \"b\" # c\u0007 - {x}\u2028\u202Ey";
        using TemporaryRepository repository = new(("merlon.yml", "plan: { library: library }"), ("actors/bank.yml", Bank),
            ("library/a.yml", Rule(1, "T1059.001", "product: windows\n  category: process_creation").Replace("title: Rule 1", "title: \"a: \\\"b\\\" # c\\a - {x}\\L\\u202Ey\"", StringComparison.Ordinal)));
        var yaml = PlanYaml.Write(Plan(repository));
        var file = YamlFile.Parse("plan.yml", System.Text.Encoding.UTF8.GetBytes(yaml));
        Assert.Empty(file.Diagnostics);
        Assert.Contains(TextsOf(file.Documents[0].Root), text => text.Contains(title, StringComparison.Ordinal));
        Assert.DoesNotContain('\u202E', yaml);
        var seen = Python(yaml, "import sys,yaml; d=yaml.safe_load(sys.stdin.buffer.read()); print(max(t for g in d['threat_model_remediation_plan']['priority_1_gaps'] for t in g['tasks'] if t.startswith('adopt')).encode('unicode_escape').decode())");
        Assert.SkipWhen(seen is null, "no Python with yaml");
        Assert.Contains("a: \"b\" # c\\x07 - {x}\\u2028\\u202ey", seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_plan_names_nobody_who_is_kept_back()
    {
        using TemporaryRepository repository = new(("actors/bank.yml", $"{Bank}tlp: red\nalias: Crane\ndescription: seen at home\n"));
        var plan = PlanRun.Run(Request(repository) with { IsPublished = true }, out _)!;
        foreach (var text in new[] { PlanYaml.Write(plan), PlanJson.Write(plan), PlanText.Write(plan) })
        {
            Assert.DoesNotContain("Bank", text, StringComparison.Ordinal);
            Assert.DoesNotContain("at home", text, StringComparison.Ordinal);
            Assert.Contains("Crane", text, StringComparison.Ordinal);
        }
        // What people wrote is not for publishing, and the file with it is not replaced by one without.
        Assert.Null(PlanRun.Run(Request(repository, existing: PlanYaml.Write(Plan(repository))) with { IsPublished = true }, out var errors));
        Assert.Equal("MRL8201", Assert.Single(errors).Info.Id);
    }

    [Fact]
    public void Three_actors_and_SigmaHQ_as_the_library_are_planned()
    {
        var library = Repository.SharedData("sigmahq/rules");
        using TemporaryRepository repository = new(
            ("merlon.yml", "coverage: { logSources: logsources.yml }"), ("logsources.yml", "collected: [{ product: windows, category: process_creation }, { product: windows, service: security }]"),
            ("actors/fin7.yml", "name: FIN7\nfrom: [G0046]\n"), ("actors/apt38.yml", "name: APT38\nfrom: [G0082]\n"), ("actors/lazarus.yml", "name: Lazarus\nfrom: [G0032]\n"));
        var clock = Stopwatch.StartNew();
        var plan = PlanRun.Run(Request(repository, 80) with { Library = (library, "sigma") }, out _)!;
        clock.Stop();
        Assert.Equal(141, plan.Backlog.Gaps.Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{clock.Elapsed} {plan.Optimum.Nodes} nodes, {plan.Optimum.Investment.PersonDays} over {plan.Optimum.Bound}\n{PlanText.Write(plan)}");
        Assert.Equal((true, 113), (plan.Optimum.IsExact, plan.Optimum.Investment.PersonDays));
        // What each step says adds up.
        var tasks = plan.Optimum.Steps.Select(step => step.Task).ToArray();
        Assert.Equal(tasks.Length, tasks.Distinct().Count());
        Assert.Equal(plan.Optimum.Investment.PersonDays, tasks.Sum(task => task.Kind switch { TaskKind.Adopt => 1, TaskKind.Write => 3, _ => 15 }));
        Assert.All(plan.Optimum.Goals, goal => Assert.True(goal.After.Reaches(80) || goal.IsOutOfReach));
        // With the rules in the program and all log sources taken to be collected, this much is covered.
        repository.Write("merlon.yml", "");
        foreach (var (index, task) in tasks.Index())
            if (task.Kind != TaskKind.Collect)
                repository.Write($"rules/{index}.yml", task.Rule is { } rule ? File.ReadAllText(Path.Combine(library, rule.Span.Path)) : Rule(index, task.Technique!.Value.ToString(), "category: none"));
        Assert.Equal(plan.Optimum.Steps[^1].Union, repository.Load().Coverage[0].Union!.Covered);
    }

    private static string Fill(string plan, string technique, string text)
    {
        var at = plan.IndexOf($"technique: {technique}\n", StringComparison.Ordinal);
        var owner = plan.IndexOf("owner:\n", at, StringComparison.Ordinal);
        const string empty = "owner:\n      status:\n      note:\n";
        Assert.Equal(empty, plan.Substring(owner, empty.Length));
        return plan[..owner] + text + plan[(owner + empty.Length)..];
    }

    private static IEnumerable<string> TextsOf(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar.Value],
        YamlSequence list => list.Items.SelectMany(TextsOf),
        YamlMapping map => map.Entries.SelectMany(entry => TextsOf(entry.Value)),
        _ => [],
    };

    private static string? Python(string input, string script)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!; // it starts or throws
            using (var stdin = new StreamWriter(python.StandardInput.BaseStream, new System.Text.UTF8Encoding(false)))
                stdin.Write(input);
            var output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    internal static string Rule(int number, string tags, string source) => $"""
        title: Rule {number}
        id: 22222222-0000-4000-8000-{number:D12}
        status: test
        level: high
        tags: [{string.Join(", ", tags.Split(", ").Select(tag => $"attack.{tag.ToLowerInvariant()}"))}]
        logsource:
          {source}
        detection:
          a: {'{'} CommandLine: b {'}'}
          condition: a

        """;

    private static PlanRequest Request(TemporaryRepository repository, int? target = null, string? existing = null) =>
        new() { Check = repository.Request(), Target = target, Existing = existing is null ? null : ("plan.yml", System.Text.Encoding.UTF8.GetBytes(existing)) };

    private static PlanResult Plan(TemporaryRepository repository, int? target = null, string? existing = null)
    {
        var plan = PlanRun.Run(Request(repository, target, existing), out var errors);
        Assert.True(plan is not null, LintRuleTests.Lines(errors));
        return plan;
    }
}
