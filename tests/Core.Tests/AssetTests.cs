using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CsCheck;
using Merlon.Core.Coverage;
using Merlon.Core.Evidence;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

public class AssetTests
{
    private const string Two = """
        assets:
          - { name: workstations, platforms: [Windows, macOS], number: 1240, criticality: high }
          - { name: servers, platforms: [Windows], number: 300, criticality: critical }
          - { name: badges, number: 9, criticality: critical }
        """;

    // T1059.001 is on Windows, T1059.004 on Linux, macOS, ESXi and Network Devices, T1059.008 on Network Devices alone.
    private const string Profile = "name: A\ntechniques: [T1059.001, T1059.004, T1059.008, T1583]\n";

    private static readonly string[] Names = ["Windows", "Linux", "macOS", "ESXi"];

    private static TemporaryRepository Repository(string assets, string coverage = "assets: assets.yml", params (string, string)[] more) => new(
        [("merlon.yml", $"coverage: {{ {coverage} }}\n"), ("assets.yml", assets), ("actors/a.yml", Profile), ("rules/a.yml", Measure.RuleText("t1059.001")), .. more]);

    [Fact]
    public void Platforms_that_nobody_owns_leave_the_scope_and_are_printed()
    {
        using var repository = Repository(Two);
        var snapshot = repository.Load();
        var actor = snapshot.Coverage[0].Actors[0];
        Assert.Equal("T1059.001 T1059.004", Measure.Ids(actor.Techniques.Select(one => one.Id)));
        Assert.Equal(["macOS"], actor.Techniques[1].Scoped.Platforms);
        Assert.Equal("T1059.008", Measure.Ids(actor.OutOfScope.Select(one => one.Id)));
        Assert.Equal("T1583", Measure.Ids(actor.Pre.Select(one => one.Id)));
        Assert.Contains("; out of scope 1; platforms nobody owns: ESXi, Linux, Network Devices; ", CoverageText.Write(snapshot), StringComparison.Ordinal);
        var json = JsonNode.Parse(CoverageJson.Write(snapshot))!;
        Assert.Equal("""["Windows","macOS"]""", json["definition"]!["platforms"]!.ToJsonString());
        Assert.Contains("\"SaaS\"", json["definition"]!["unowned"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("""["ESXi","Linux","Network Devices"]""", json["actors"]![0]!["unowned"]!.ToJsonString());
    }

    [Fact]
    public void Of_chosen_platforms_those_that_somebody_owns_are_measured()
    {
        using var repository = Repository(Two, "assets: assets.yml, platforms: [Windows, Linux]");
        var definition = repository.Load().Config.Definition;
        Assert.Equal(("Windows", "Linux"), (string.Join(' ', definition.Platforms), string.Join(' ', definition.Unowned)));
        Assert.Equal(["macOS"], repository.Load(new() { Platforms = ["macOS", "ESXi"] }).Config.Definition.Platforms);
    }

    [Theory]
    [InlineData("assets: [{ name: badges }]")]
    [InlineData("assets: []")]
    [InlineData("assets: [{ name: a, platforms: [PRE] }]")]
    public void Groups_without_a_platform_take_nothing_out_of_scope(string assets)
    {
        using var repository = Repository(assets);
        using TemporaryRepository without = new(("actors/a.yml", Profile));
        Assert.Equal(without.Load().DefinitionHash, repository.Load().DefinitionHash);
    }

    [Fact]
    public void Assets_on_none_of_the_chosen_platforms_are_an_error_at_their_key()
    {
        using var repository = Repository(Two, "platforms: [Linux], assets: assets.yml");
        var finding = Assert.Single(repository.Check().Diagnostics);
        Assert.Equal("merlon.yml:1:41: error MRL8002: 'assets.yml' has no group on Linux, so nothing would be measured; add one, or change coverage.platforms", LintRuleTests.Lines([finding]).Trim());
    }

    [Fact]
    public void A_gap_says_whom_it_exposes()
    {
        using var repository = Repository(Two, "assets: assets.yml, status: [stable]");
        var snapshot = repository.Load();
        Assert.Contains("       exposes 300 servers (critical), 1,240 workstations (high)\n", GapsText.Write(snapshot), StringComparison.Ordinal);
        Assert.EndsWith(",\"300 servers (critical), 1,240 workstations (high)\"", GapsText.WriteCsv(snapshot).Split('\n')[1], StringComparison.Ordinal);
        var gaps = JsonNode.Parse(GapsJson.Write(snapshot))!["gaps"]!.AsArray();
        Assert.Equal("1,240 workstations (high)", gaps.Single(gap => gap!["id"]!.GetValue<string>() == "T1059.004")!["exposure"]!.GetValue<string>());
        Assert.Equal("""[{"name":"workstations","number":1240,"criticality":"high","platforms":["Windows","macOS"]}]""", gaps.Single(gap => gap!["id"]!.GetValue<string>() == "T1059.004")!["exposes"]!.ToJsonString());
        Assert.Contains("exposes 300 servers (critical), 1,240 workstations (high)\n", WhyText.Write(Why.Of(snapshot.Coverage[0], new(1059, 1), snapshot.Config.Assets)!), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_covered_exposes_nobody()
    {
        using var repository = Repository(Two);
        var snapshot = repository.Load();
        Assert.DoesNotContain("exposes", WhyText.Write(Why.Of(snapshot.Coverage[0], new(1059, 1), snapshot.Config.Assets)!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1240, "High", "1,240 hosts (high)")]
    [InlineData(0, "Critical", "0 hosts (critical)")]
    [InlineData(null, "Low", "hosts (low)")]
    [InlineData(1234567, "Unknown", "1,234,567 hosts")]
    public void A_group_is_written_with_its_number_and_criticality(int? number, string criticality, string expected) =>
        Assert.Equal(expected, Exposure.TextOf([new() { Name = "hosts", Number = number, Criticality = Enum.Parse<Criticality>(criticality) }]));

    [Fact] // One more group never takes a platform out of scope, and the order of groups changes nothing.
    public void More_assets_widen_the_scope_in_any_order() =>
        Gen.Shuffle(Names).Array[1, 3].Sample(lists =>
        {
            var groups = lists.Select((list, index) => new AssetGroup { Name = $"g{index}", Platforms = [.. list.Take(index + 1)] }).ToImmutableArray();
            var all = Configuration.OwnedPlatforms.Of(groups);
            return all.SequenceEqual(Configuration.OwnedPlatforms.Of([.. groups.Reverse()])) && Configuration.OwnedPlatforms.Of(groups[..1]).All(all.Contains);
        });

    [Theory]
    [InlineData("Windows", "deployable", "Windows", null)]
    [InlineData("Windows macOS", "deployable", "Windows macOS", null)]
    [InlineData("Linux", "claimed", "Windows macOS", "log source process_creation is not collected on Windows, macOS")]
    public void A_rule_counts_on_the_platforms_that_its_log_source_comes_from(string from, string level, string platforms, string? obstacle)
    {
        LogSourceInventory inventory = new([new() { Category = "process_creation", Without = FrozenSet<string>.Empty, Platforms = [.. from.Split(' ')] }]);
        var claim = ClaimOf("category: process_creation", inventory, new() { Platforms = ["Windows", "macOS"] });
        Assert.Equal((level, platforms, obstacle), (claim.Level.Name, string.Join(' ', claim.Platforms.Order(StringComparer.Ordinal)), claim.Obstacle?.Text.Replace("macOS, Windows", "Windows, macOS", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_claim_alone_asks_for_no_log_source()
    {
        LogSourceInventory inventory = new([new() { Category = "process_creation", Without = FrozenSet<string>.Empty, Platforms = ["Windows"] }]);
        Assert.Equal(2, ClaimOf("category: process_creation", inventory, new() { Platforms = ["Windows", "macOS"], Level = Level.Claimed }).Platforms.Length);
    }

    [Fact]
    public void A_correlation_counts_where_each_rule_that_it_reads_does()
    {
        LogSourceInventory inventory = new([new() { Product = "windows", Without = FrozenSet<string>.Empty, Platforms = ["Windows"] }, new() { Product = "linux", Without = FrozenSet<string>.Empty, Platforms = ["macOS"] }]);
        static string Correlation(string reads) => $$"""
            ---
            title: c
            status: test
            level: high
            tags: [attack.t1059]
            correlation: { type: event_count, rules: [{{reads}}], group-by: [f], timespan: 1m, condition: { gte: 5 } }
            """;
        var windows = Measure.RuleText("t1005", more: "name: w\n");
        var linux = Measure.RuleText("t1005", product: "linux", more: "name: l\n");
        string LevelOf(string reads) => Measure.Actor("techniques: [T1059]", [windows + "---\n" + linux + Correlation(reads)], inventory: inventory).Techniques[0].Claims.Single().Level.Name;
        Assert.Equal(("deployable", "claimed", "deployable"), (LevelOf("w"), LevelOf("l"), LevelOf("w, l")));
    }

    [Theory]
    [InlineData("[servers]", "deployable")]
    [InlineData("[workstations, servers]", "deployable")]
    [InlineData("[macs]", "claimed")]
    public void Asset_groups_say_from_which_platforms_a_log_source_comes(string groups, string level)
    {
        using var repository = Repository("assets: [{ name: servers, platforms: [Windows] }, { name: workstations, platforms: [Windows, macOS] }, { name: macs, platforms: [macOS] }]",
            "assets: assets.yml, logSources: logsources.yml", ("logsources.yml", $"collected: [{{ product: windows, assets: {groups} }}]\n"));
        Assert.Equal(level, repository.Load().Coverage[0].Actors[0].Techniques[0].Level.Name);
    }

    [Theory]
    [InlineData("assets: assets.yml, ", "[serves]", "'serves' is not an asset group; did you mean 'servers'?")]
    [InlineData("", "[servers]", "'servers' is a group of no file; set coverage.assets")]
    [InlineData("assets: assets.yml, ", "[badges]", "asset group 'badges' names no platforms, so it is not known where this counts; give it some")]
    public void A_group_that_says_nothing_is_an_error_where_a_log_source_names_it(string coverage, string groups, string message)
    {
        using var repository = Repository(Two, $"{coverage}logSources: logsources.yml", ("logsources.yml", $"collected: [{{ product: windows, assets: {groups} }}]\n"));
        Assert.Equal($"logsources.yml:1:42: error MRL8002: {message}", LintRuleTests.Lines(repository.Check().Diagnostics).Trim());
    }

    [Theory]
    [InlineData("2026-01-01", "deployable")]
    [InlineData("2099-01-01", "claimed")]
    public void A_log_source_counts_from_its_day_on(string since, string level)
    {
        using var repository = Repository(Two, "logSources: logsources.yml", ("logsources.yml", $"collected: [{{ product: windows, since: {since} }}]\n"));
        Assert.Equal(level, repository.Load().Coverage[0].Actors[0].Techniques[0].Level.Name);
    }

    private static Claim ClaimOf(string logSource, LogSourceInventory inventory, Definition definition) =>
        Measure.Actor("techniques: [T1059]", [Measure.RuleText("t1059").Replace("product: windows", logSource, StringComparison.Ordinal)], definition, inventory).Techniques[0].Claims.Single();
}

public class AssetGateTests : GateScene
{
    [Fact]
    public void Platforms_that_nobody_owns_any_more_are_another_definition_and_no_loss()
    {
        Work.Write("merlon.yml", "coverage: { assets: assets.yml }\ngate: { policy: head, regression: any }\n");
        Work.Write("assets.yml", "assets: [{ name: servers, platforms: [Windows, Linux] }]\n");
        Work.Write("actors/a.yml", "name: A\ntechniques: [T1059.001, T1059.004]\n");
        Work.Write("rules/a.yml", Measure.RuleText("t1059.001"));
        Work.Write("rules/b.yml", Measure.RuleText("t1059.004", product: "linux", title: "b"));
        Start();
        Work.Write("assets.yml", "assets: [{ name: servers, platforms: [Windows] }]\n");
        Work.Commit("change");
        var verdict = JsonNode.Parse(Gate())!;
        Assert.Empty(verdict["lost"]!.AsArray());
        Assert.Equal("definition A 100.0% -> 100.0% by definition: 1 technique gone", string.Join('\n', verdict["other"]!.AsArray().Select(one => $"{one!["kind"]} {one["actor"]} {one["detail"]}")));
        Assert.Equal("coverage.assets [Linux, Windows] [Windows] weaker", string.Join('\n', verdict["policy"]!.AsArray().Select(one => $"{one!["key"]} {one["base"]} {one["head"]} {one["effect"]}")));
    }
}
