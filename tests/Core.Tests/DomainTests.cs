using System.Text.Json;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>
/// Enterprise and ICS in one program: one table each, never summed, and tactics of one short name kept apart. Sandworm is known to both; both
/// have a tactic called collection, and its rule here is tagged with a technique of each.
/// </summary>
public sealed class DomainTests : GateScene
{
    private const string Config = "attack: { domains: [enterprise-attack, ics-attack] }\n";

    private const string Profile = "name: Worm\ntechniques: [T1005, T1113, T0893, T0811, T0802]\n";

    private static readonly string Rule = Measure.RuleText("t1005", more: "id: 7a1ff0a5-7d3b-4d0e-9f0a-0f3c5f0c7a11\n").Replace("attack.t1005", "attack.t1005, attack.t0893", StringComparison.Ordinal);

    [Fact]
    public void Each_domain_is_a_table_of_its_own_in_text()
    {
        using TemporaryRepository repository = new(("merlon.yml", Config), ("actors/a.yml", Profile), ("rules/a.yml", Rule));
        var lines = CoverageText.Write(repository.Load(new())).Split('\n').Where(line => line.StartsWith("Worm", StringComparison.Ordinal) || line.Contains("Collection", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Collection(lines,
            line => Assert.StartsWith("Worm: deployable 1/2 (50.0%); ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Collection 1/2 50.0%", line, StringComparison.Ordinal),
            line => Assert.EndsWith("; ATT&CK 19.1 ics-attack, strict", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Collection 1/3 33.3%", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_domain_has_a_row_of_its_own_in_JSON_and_unions_are_two()
    {
        using TemporaryRepository repository = new(("merlon.yml", Config), ("actors/a.yml", Profile), ("actors/b.yml", "name: B\ntechniques: [T1113, T0811]\n"), ("rules/a.yml", Rule));
        using var json = JsonDocument.Parse(CoverageJson.Write(repository.Load(new())));
        static string Row(JsonElement row) => $"{row.GetProperty("name")} {row.GetProperty("domain")} {row.GetProperty("covered")}/{row.GetProperty("techniques")} "
            + string.Join(' ', row.GetProperty("tactics").EnumerateArray().Select(tactic => $"{tactic.GetProperty("tactic")} {tactic.GetProperty("covered")}/{tactic.GetProperty("techniques")}"));
        Assert.Equal(
            ["B enterprise-attack 0/1 collection 0/1", "Worm enterprise-attack 1/2 collection 1/2", "B ics-attack 0/1 collection 0/1", "Worm ics-attack 1/3 collection 1/3"],
            json.RootElement.GetProperty("actors").EnumerateArray().Select(Row).Order(StringComparer.Ordinal).OrderBy(row => row.Contains("ics", StringComparison.Ordinal)));
        Assert.Equal(["union enterprise-attack 1/2 collection 1/2", "union ics-attack 1/3 collection 1/3"], json.RootElement.GetProperty("unions").EnumerateArray().Select(Row));
        Assert.False(json.RootElement.TryGetProperty("union", out _));
    }

    [Fact]
    public void A_floor_on_a_tactic_is_measured_in_each_domain_that_has_the_tactic()
    {
        using TemporaryRepository repository = new(
            ("merlon.yml", Config + "gate: { targets: { default: 40, tactics: { collection: 40, inhibit-response-function: 10, stealth: 1 } } }\n"), ("actors/a.yml", Profile), ("rules/a.yml", Rule));
        Assert.Equal("""
            merlon.yml:2:29: error MRL5001: Worm (ics-attack): deployable 1/3 (33.3%) is below the target of 40%; 1 more technique is needed
            merlon.yml:2:56: error MRL5001: union, collection (ics-attack): deployable 1/3 (33.3%) is below the target of 40%; 1 more technique is needed

            """.ReplaceLineEndings("\n"), Said(repository, "MRL5001"));
        // Said once, and of enterprise's collection, which is reached, only that it is small.
        Assert.Equal("""
            merlon.yml:2:87: warning MRL5008: union, inhibit-response-function: no technique is in scope, so the target of 10% means nothing
            merlon.yml:2:100: warning MRL5008: union, stealth: no technique is in scope, so the target of 1% means nothing

            """.ReplaceLineEndings("\n"), Said(repository, "MRL5008"));
    }

    [Fact]
    public void A_floor_on_nothing_in_one_domain_is_fine_where_another_has_something()
    {
        using TemporaryRepository repository = new(
            ("merlon.yml", Config + "gate: { targets: { default: 40 } }\n"), ("actors/a.yml", "name: Worm\ntechniques: [T1005]\ntargets: { platforms: { Windows: 1 } }\n"), ("rules/a.yml", Rule));
        Assert.Equal("", Said(repository, "MRL5001") + Said(repository, "MRL5008"));
    }

    [Fact]
    public void A_technique_that_is_required_is_looked_for_in_its_own_domain()
    {
        using TemporaryRepository repository = new(("merlon.yml", Config), ("actors/a.yml", "name: Worm\ntechniques: [T1005, { id: T0893, required: true }, { id: T0811, required: true }]\n"), ("rules/a.yml", Rule));
        Assert.Equal("actors/a.yml:2:58: error MRL5001: Worm: T0811 Data from Information Repositories is required and is none, not deployable; 'merlon why T0811' says what is missing\n", Said(repository, "MRL5001"));
    }

    [Fact]
    public void Each_domain_makes_a_layer_of_its_own()
    {
        using TemporaryRepository repository = new(("merlon.yml", Config), ("actors/a.yml", Profile), ("rules/a.yml", Rule));
        var snapshot = repository.Load(new());
        var layers = snapshot.Coverage.Select(coverage => JsonDocument.Parse(ActorLayers.Of(coverage, coverage.Actors[0], LayerSettings.Of(snapshot, isPrivate: true)).Write())).ToArray();
        Assert.Equal(["enterprise-attack T1005 T1113", "ics-attack T0802 T0811 T0893"],
            layers.Select(layer => $"{layer.RootElement.GetProperty("domain")} {string.Join(' ', layer.RootElement.GetProperty("techniques").EnumerateArray().Select(one => one.GetProperty("techniqueID").GetString()).Distinct())}"));
        foreach (var layer in layers)
            layer.Dispose();
    }

    [Fact]
    public void Points_of_a_trend_have_a_number_for_each_domain()
    {
        Work.Write("merlon.yml", Config);
        Work.Write("actors/a.yml", Profile);
        Work.Write("rules/a.yml", Rule);
        Work.Commit("one");
        var trend = TrendRun.Run(new() { Directory = Work.Root, Date = TemporaryRepository.Day, Base = new() }, new()).Trend!;
        Assert.Equal(["enterprise-attack,2,1,50.0", "ics-attack,3,1,33.3"], TrendCsv.Write(trend).ReplaceLineEndings("\n").Split('\n').Where(line => line.Contains(",one,", StringComparison.Ordinal) && line.Contains(",Worm,", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(",Worm,", StringComparison.Ordinal) + 6)..].TrimEnd(',')));
    }

    [Fact]
    public void What_is_lost_in_one_domain_does_not_weigh_on_the_floors_of_another()
    {
        Work.Write("merlon.yml", Config + "gate: { belowTarget: no-worse, targets: { default: 60 } }\n");
        Work.Write("actors/a.yml", Profile);
        Work.Write("rules/a.yml", Rule);
        Start();
        // The technique of ICS goes; enterprise is below target as it was, and has lost nothing.
        Work.Write("rules/a.yml", Rule.Replace(", attack.t0893", "", StringComparison.Ordinal));
        Work.Commit("change");
        using var json = JsonDocument.Parse(Gate());
        Assert.Equal(["T0893 ics-attack error"], json.RootElement.GetProperty("lost").EnumerateArray().Select(loss => $"{loss.GetProperty("technique")} {loss.GetProperty("domain")} {loss.GetProperty("severity")}"));
        Assert.Equal(["MRL5001 error Worm (ics-attack)", "MRL5001 warning Worm", "MRL5002 error Worm"],
            json.RootElement.GetProperty("diagnostics").EnumerateArray().Where(one => one.GetProperty("id").GetString() is "MRL5001" or "MRL5002")
                .Select(one => $"{one.GetProperty("id")} {one.GetProperty("severity")} {(one.GetProperty("message").GetString()!.Contains("(ics-attack)", StringComparison.Ordinal) ? "Worm (ics-attack)" : "Worm")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_change_of_profiles_says_in_which_domain()
    {
        Work.Write("merlon.yml", Config);
        Work.Write("actors/a.yml", Profile);
        Work.Write("rules/a.yml", Rule);
        Start();
        Work.Write("actors/a.yml", Profile.Replace("T0802", "T0802, T0868", StringComparison.Ordinal));
        Work.Write("actors/b.yml", "name: B\ntechniques: [T1005]\n");
        Work.Commit("change");
        using var json = JsonDocument.Parse(Gate());
        Assert.Equal(
            ["B new actor: 0/0 (n/a) (ics-attack)", "B new actor: 1/1 (100.0%)", "Worm 33.3% -> 25.0% by profiles: 1 technique new (ics-attack)"],
            json.RootElement.GetProperty("other").EnumerateArray().Select(other => $"{other.GetProperty("actor")} {other.GetProperty("detail")}").Order(StringComparer.Ordinal));
    }

    private static string Said(TemporaryRepository repository, string id) => LintRuleTests.Lines(repository.Check().Diagnostics.Where(diagnostic => diagnostic.Info.Id == id));
}
