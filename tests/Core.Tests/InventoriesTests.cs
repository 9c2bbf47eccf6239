using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Results;
using Merlon.Core.Evidence;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Inventories beside Sigma rules: which search is which rule, and what runs.</summary>
public class InventoriesTests
{
    private const string Id = "1a2b3c4d-0000-4000-8000-000000000001";

    private static readonly RuleSource Siem = new() { Name = "siem", Format = SigmaSource.Instance, DeploysSigma = true, Releases = [Measure.Attack] };

    private static readonly RuleSource Other = new() { Name = "other", Format = SigmaSource.Instance, Releases = [Measure.Attack] };

    [Fact]
    public void A_search_that_mentions_the_id_is_the_rule_in_another_place()
    {
        var rules = Set([Rule("A", $"id: {Id}\n")], Search("something else", RuleState.Deployed, mentions: Id.ToLowerInvariant()));
        Assert.Equal(["A"], rules.Rules.Select(rule => rule.Title));
        Assert.Equal(["something else"], rules.Rules[0].Places.Select(place => place.Title));
        Assert.Equal(RuleState.Deployed, rules.Rules[0].StateAnywhere);
        Assert.Equal(["something else"], rules.Placed.Select(place => place.Title));
    }

    [Theory]
    [InlineData("A rule", "A rule", true)]
    [InlineData("A [rule]", "A rule", true)] // stanzas hold no brackets
    [InlineData("A rule", "a rule", false)]
    [InlineData("A rule", "A rule ", false)]
    public void Without_an_id_the_exact_title_tells(string title, string search, bool isPlace) =>
        Assert.Equal(isPlace ? 1 : 2, Set([Rule($"'{title}'")], Search(search, RuleState.Deployed)).Rules.Length);

    [Fact]
    public void A_label_tells_too() => Assert.Single(Set([Rule("A rule")], Search("Threat - A rule - Rule", RuleState.Deployed, label: "A rule")).Rules);

    [Fact]
    public void An_id_beats_a_title()
    {
        var rules = Set([Rule("A", $"id: {Id}\n"), Rule("B")], Search("B", RuleState.Deployed, mentions: Id));
        Assert.Equal([RuleState.Deployed, RuleState.Available], rules.Rules.Select(rule => rule.StateAnywhere));
    }

    [Fact]
    public void A_search_that_may_be_several_rules_is_none_of_them()
    {
        var rules = Set([Rule("A"), Rule("A")], Search("A", RuleState.Deployed));
        Assert.Equal(3, rules.Rules.Length);
        Assert.Equal("siem.json:9:1: warning MRL1106: 'A' may be any of 2 Sigma rules (0.yml, 1.yml), so it shows of none that it runs; let it mention the id of the one that it was made from", LintRuleTests.Lines(rules.Diagnostics).Trim());
    }

    [Fact]
    public void Only_an_inventory_places_rules() => Assert.Equal(2, Set([Rule("A")], Search("A", RuleState.Deployed, source: Other)).Rules.Length);

    [Fact]
    public void The_pair_counts_once_and_is_deployed()
    {
        var coverage = Cover(Set([Rule("A", $"id: {Id}\n")], Search("A", RuleState.Deployed, tag: "T1059.001")));
        var claim = Assert.Single(coverage.Claims);
        Assert.Equal((true, true, Level.Deployable), (coverage.Proofs.Has(Level.Deployed), claim.Proves(Level.Deployed), claim.Level));
    }

    [Theory]
    [InlineData(RuleState.Disabled, "siem has it turned off (siem.json:9)")]
    [InlineData(RuleState.Available, "siem has it without a schedule (siem.json:9)")]
    public void A_search_that_does_not_run_is_no_proof(object state, string lack)
    {
        var coverage = Cover(Set([Rule("A")], Search("A", (RuleState)state)), Level.Deployed);
        Assert.Equal((false, lack), (coverage.IsCovered, coverage.Claims[0].Lacks?.Text));
        Assert.True(coverage.Proofs.Has(Level.Deployable)); // what git has can be deployed
    }

    [Fact]
    public void A_rule_in_no_inventory_is_not_deployed() => Assert.Equal("no inventory has it", Cover(Set([Rule("A")], Search("B", RuleState.Deployed)), Level.Deployed).Claims[0].Lacks?.Text);

    [Theory]
    [InlineData(RuleState.Deployed, "deployable, deployed", null)]
    [InlineData(RuleState.Available, "deployable", null)]
    [InlineData(RuleState.Disabled, "", "siem says that it is turned off")]
    public void A_search_of_its_own_is_what_its_source_says(object state, string proofs, string? obstacle)
    {
        var coverage = Cover(Set([], Search("A", (RuleState)state, tag: "T1059.001")));
        Assert.Equal((proofs, obstacle), (string.Join(", ", new[] { Level.Deployable, Level.Deployed }.Where(coverage.Proofs.Has).Select(level => level.Name)), coverage.Claims[0].Obstacle?.Text));
    }

    [Fact]
    public void An_experimental_rule_that_runs_is_not_deployed() =>
        Assert.False(Cover(Set([Rule("A", status: "experimental")], Search("A", RuleState.Deployed))).Proofs.Has(Level.Deployed));

    [Fact]
    public void What_a_source_only_counts_is_claimed_and_no_more()
    {
        var coverage = Cover(Set([], Search("A", RuleState.Deployed, tag: "T1059.001", isUnnamed: true)));
        Assert.Equal((Level.Claimed, "siem counts it and does not name it"), (coverage.Level, coverage.Claims[0].Obstacle?.Text));
    }

    [Fact]
    public void What_a_source_does_not_say_is_not_asked() => Assert.True(Cover(Set([], Search("A", RuleState.Available, tag: "T1059.001"))).IsCovered);

    [Theory]
    [InlineData("experimental", null, "status experimental is not in coverage.status (stable, test)")]
    [InlineData(null, "informational", "level informational is below coverage.sigmaLevel (low)")]
    public void What_a_source_says_is_asked(string? status, string? level, string lack) =>
        Assert.Equal(lack, Cover(Set([], Search("A", RuleState.Available, tag: "T1059.001", status: status, level: level))).Claims[0].Obstacle?.Text);

    [Fact]
    public void A_technique_that_only_holds_its_sub_techniques_is_not_claimed()
    {
        var search = Search("A", RuleState.Deployed, tag: "T1059", isHolder: true);
        Assert.Empty(Cover(Set([], search), technique: "T1059").Claims);
    }

    [Theory]
    [InlineData("Sysmon EventID 1", true)]
    [InlineData("sysmon eventid 1", true)]
    [InlineData("CrowdStrike ProcessRollup2", false)]
    public void A_data_source_is_collected_by_its_other_name(string name, bool isCollected)
    {
        LogSourceInventory inventory = new([new() { Product = "windows", Without = new HashSet<string>(), As = ["Sysmon EventID 1"] }]);
        var rule = Search("A", RuleState.Deployed, dataSources: ["Zeek Conn", name]);
        Assert.Equal(isCollected ? null : "Zeek Conn, CrowdStrike ProcessRollup2 are in no 'as' of what is collected", inventory.WhyMissing(rule));
        Assert.Null(inventory.WhyMissing(Search("A", RuleState.Deployed)));
    }

    [Theory]
    [InlineData("windows", "Windows")]
    [InlineData("windows,crowdstrike", "Windows")] // what is not known adds nothing
    [InlineData("linux,aws", "IaaS, Linux")]
    [InlineData("crowdstrike", null)]
    public void Products_decide_the_platforms(string products, string? platforms) =>
        Assert.Equal(platforms, Platforms.Watched(Search("A", RuleState.Deployed, products: [.. products.Split(',')])) is { } watched ? string.Join(", ", watched) : null);

    [Fact]
    public void Two_records_of_one_identity_count_once()
    {
        var rules = Set([], Search("A", RuleState.Deployed, id: "x"), Search("B", RuleState.Deployed, id: "x"));
        Assert.Equal(["A"], rules.Rules.Select(rule => rule.Title));
        Assert.Equal("siem.json:9:1: warning MRL1104: 'x' is in siem already, and the first one counts; remove one of the two", LintRuleTests.Lines(rules.Diagnostics).Trim());
    }

    [Fact]
    public void A_source_without_a_rule_is_an_error() =>
        Assert.Equal("siem.json:1:1: error MRL1105: nothing in siem.json is a rule by what sigma and the entry say; correct the entry", LintRuleTests.Lines(Set([]).Diagnostics).Trim());

    [Theory]
    [InlineData(null, "nobody knows how old siem.json is: it does not say when it was exported; write 'exported: 2026-11-01' beside its path, or take it from 'merlon rules import'")]
    [InlineData("2026-11-17", null)]
    [InlineData("2026-11-16", "siem.json was exported on 2026-11-16, and maxAge is 7d; export it again")]
    [InlineData("2026-11-25", "siem.json says that it was exported on 2026-11-25, a day to come; correct the day")]
    public void A_stale_inventory_is_an_error(string? exported, string? message)
    {
        RuleSource source = new() { Name = "siem", Format = SigmaSource.Instance, DeploysSigma = true, MaxAgeDays = 7, Span = new("merlon.yml", 3, 5, 3, 9) };
        RuleFile file = new("siem.json", source) { Rules = [Search("A", RuleState.Deployed)], Exported = exported is null ? null : DateOnly.Parse(exported, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.Equal(message is null ? "" : $"merlon.yml:3:5: error MRL1107: {message}", LintRuleTests.Lines(InventoryAge.Check(RuleSet.Of([file]), TemporaryRepository.Day)).Trim());
    }

    [Fact]
    public void Drift_lists_both_directions()
    {
        var rules = Set(
            [Rule("Runs", $"id: {Id}\n"), Rule("Off"), Rule("Nowhere"), Rule("Retired", status: "deprecated"), Rule("Retired and gone", status: "unsupported")],
            Search("Runs", RuleState.Deployed, tag: "T1003"), Search("Off", RuleState.Disabled), Search("Retired", RuleState.Deployed), Search("Own", RuleState.Deployed), Search("Idle", RuleState.Available));
        var drift = Drift.Of(rules);
        Assert.NotNull(drift);
        Assert.Equal(["Off", "Nowhere"], drift.NotDeployed.Select(rule => rule.Title));
        Assert.Equal(["Own"], drift.NotInGit.Select(rule => rule.Title));
        Assert.Equal(["Retired"], drift.StillRunning.Select(rule => rule.Title));
        Assert.Equal(["Runs: T1059.001 / T1003"], drift.Differing.Select(one => $"{one.Rule.Title}: {string.Join(' ', one.OnlyInGit)} / {string.Join(' ', one.OnlyInPlace)}"));
        Assert.Equal(2, drift.Deployed);
        Assert.Null(Drift.Of(RuleSet.Of([SigmaFile.Parse("a.yml", Encoding.UTF8.GetBytes(Rule("A")))])));
    }

    [Theory]
    [InlineData("aa", true)]
    [InlineData("bb", false)] // it searches for something else since
    [InlineData(null, false)] // the source does not tell
    public void A_search_is_exercised_recorded_and_validated(string? query, bool isValidated)
    {
        RuleSet With(string? hash) => Set([], Search("Hollow", RuleState.Deployed, tag: "T1059.001", id: "app/Hollow", query: hash));
        List<Diagnostic> found = [];
        var exercise = ExerciseImport.Of(new()
        {
            Name = "q4",
            Logs = [new("log.csv", Encoding.UTF8.GetBytes(Exercises.Header + Exercises.Test("10:00:00", "T1059.001", 1)))],
            Alerts = new("alerts.jsonl", Encoding.UTF8.GetBytes(Exercises.Alert("10:01:00", "Hollow"))),
            Columns = AlertColumns.Default,
            Aliases = [],
        }, With(new string('a', 64)), [Measure.Attack], new(), found);
        Assert.True(exercise is not null, LintRuleTests.Lines(found));
        var records = RecordReader.Read("validation/q4.yml", Encoding.UTF8.GetBytes(RecordWriter.Write(exercise)), found);
        Assert.Equal(["app/Hollow"], records.Select(record => record.RuleId).OfType<string>());
        var rules = With(query is null ? null : new string(query[0], 64));
        var coverage = ProgramCoverage.Of(Measure.Attack, rules, [Measure.Actor("name: A\ntechniques: [T1059.001]\n")], new() { Level = Level.Validated }, null, new([], records), TemporaryRepository.Day).Actors[0];
        Assert.Equal((isValidated ? 1 : 0, true), (coverage.Covered.Covered, coverage.Techniques[0].Proofs.Has(Level.Deployed)));
    }

    private static string Rule(string title, string more = "", string status = "test") => Measure.RuleText("t1059.001", title: title, status: status, more: more);

    private static DetectionRule Search(
        string name, RuleState state, string? mentions = null, string? label = null, string? tag = null, RuleSource? source = null, string? id = null, string? status = null, string? level = null,
        bool isUnnamed = false, bool isHolder = false, ImmutableArray<string>? dataSources = null, ImmutableArray<string>? products = null, string? query = null) =>
        new()
        {
            Source = source ?? Siem,
            Span = new("siem.json", 9, 1, 9, 2),
            Title = name,
            Label = label,
            Id = id,
            State = state,
            Status = status,
            SigmaLevel = level,
            IsUnnamed = isUnnamed,
            Mentions = mentions is null ? [] : [mentions],
            DataSources = dataSources ?? [],
            Products = products ?? [],
            QueryHash = query,
            AttackTags = tag is null ? [] : [AttackTag.Parse(tag, new("siem.json", 9, 1, 9, 2)) with { IsHolder = isHolder }],
        };

    private static RuleSet Set(string[] sigma, params DetectionRule[] searches) => RuleSet.Of(
    [
        .. sigma.Select((text, index) => RuleFile.Of(SigmaFile.Parse($"{index}.yml", Encoding.UTF8.GetBytes(text)), RuleSource.Sigma)),
        .. searches.Length == 0 ? [new RuleFile("siem.json", Siem)] : searches.GroupBy(search => search.Source).Select(group => new RuleFile("siem.json", group.Key) { Rules = [.. group] }),
    ]);

    private static TechniqueCoverage Cover(RuleSet rules, Level level = Level.Deployable, string technique = "T1059.001") => ProgramCoverage.Of(
        Measure.Attack, rules, [Measure.Actor($"name: A\ntechniques: [{technique}]\n")], new() { Level = level }, null, RuleEvidence.None, TemporaryRepository.Day).Actors[0].Techniques[0];
}
