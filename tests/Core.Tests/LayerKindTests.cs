using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Cells of each kind of layer are what the commands say of the same techniques.</summary>
public class LayerKindTests
{
    private static readonly LayerSettings Settings = LayerTests.Settings();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Scores_and_colours_are_those_of_what_is_covered(int seed, bool isLenient)
    {
        Random random = new(seed);
        TechniqueId[] live = [.. Measure.Attack.Techniques.Where(technique => technique.IsLive).Select(technique => technique.Id)];
        string[] products = ["windows", "linux", "aws", "okta"];
        string[] statuses = ["stable", "test", "experimental", "deprecated"];
        var rules = Enumerable.Range(0, 400).Select(_ =>
            Measure.RuleText(live[random.Next(live.Length / 4)].ToString().ToLowerInvariant(), products[random.Next(4)], statuses[random.Next(4)])).ToArray();
        string platforms = seed > 2 ? "Windows" : "";
        Definition definition = new() { IsLenient = isLenient, Platforms = platforms.Length == 0 ? [] : [platforms], PreApart = seed % 2 == 0 };
        var profile = $"name: A\ntechniques: [{string.Join(", ", live)}]\n";
        var coverage = Measure.Coverage([profile], rules, definition);
        var actor = coverage.Actors[0];
        var cells = MatrixLayers.Coverage(coverage, Settings).Techniques.ToDictionary(cell => cell.Technique.Id);
        var levels = MatrixLayers.Evidence(coverage, Settings).Techniques.ToDictionary(cell => cell.Technique.Id);
        foreach (var technique in actor.Techniques)
        {
            var cell = cells[technique.Id];
            var own = technique.Claims.Count(claim => claim.Proves(Level.Deployable));
            Assert.Equal(technique.IsCovered, cell.Score > 0);
            Assert.True(own == 0 || cell.Score == (own == 1 ? 50 : 100));
            Assert.Equal(cell.Score switch { 50 => "#a1d99b", 100 => "#31a354", _ => null }, cell.Colour);
            Assert.Equal(technique.Partial is not null, cell.Comment.Contains("partial: ", StringComparison.Ordinal));
            Assert.Equal((int)technique.Level * 25, levels[technique.Id].Score);
        }
        Assert.Equal(actor.Techniques.Count(technique => technique.IsCovered), cells.Values.Count(cell => cell.IsPainted && actor.Techniques.Any(technique => technique.Id == cell.Technique.Id)));
        Assert.Equal(actor.Gaps.Select(gap => gap.Id), ActorLayers.Gap(coverage, actor, Settings).Techniques.Where(cell => cell.IsPainted).Select(cell => cell.Technique.Id));
        Assert.Equal(actor.Techniques.Concat(actor.Pre).Select(one => one.Id).Order(), ActorLayers.Of(coverage, actor, Settings).Techniques.Select(cell => cell.Technique.Id));
        foreach (var layer in LayerTests.AllOf(coverage, Settings))
            LayerTests.Examine(layer, coverage.Release);
    }

    [Fact]
    public void One_rule_two_rules_and_none_have_their_colours_and_titles()
    {
        var coverage = Measure.Coverage(["name: A\ntechniques: [T1047]\n"],
            [Measure.RuleText("t1047", title: "one"), Measure.RuleText("t1047", title: "two"), Measure.RuleText("t1105", title: "three"), Measure.RuleText("t1105", status: "experimental", title: "four")]);
        var layer = MatrixLayers.Coverage(coverage, Settings);
        Assert.Equal((100, "#31a354", "2 detection rule(s)\none\ntwo"), Cell(layer, "T1047"));
        Assert.Equal((50, "#a1d99b", "1 detection rule(s)\nthree\n1 more below deployable"), Cell(layer, "T1105"));
        Assert.Equal((0, null, ""), Cell(layer, "T1003.001"));
        Assert.Equal([("no rule", "#ffffff"), ("1 rule", "#a1d99b"), ("2 or more rules", "#31a354"), ("deployable, strict, PRE apart; ATT&CK 19.1", "#ffffff")], layer.Legend);
        Assert.Contains(layer.Metadata, pair => pair is { Name: "ATT&CK release", Value: "enterprise-attack 19.1" });
        Assert.Contains(layer.Metadata, pair => pair.Name == "definition" && pair.Value.StartsWith("deployable, strict, PRE apart; status stable, test; level from low; ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_platform_leaves_out_techniques_and_the_layer_shows_no_other()
    {
        string[] rules = [Measure.RuleText("t1047"), Measure.RuleText("t1059.004", "linux"), Measure.RuleText("t1105", "linux")];
        var coverage = Measure.Coverage(["name: A\ntechniques: [T1047, T1059.004, T1105]\n"], rules, new() { Platforms = ["Windows"] });
        var layer = MatrixLayers.Coverage(coverage, Settings);
        Assert.Equal(["Windows"], layer.ShownPlatforms);
        Assert.DoesNotContain(layer.Techniques, cell => cell.Technique.Id.ToString() == "T1059.004");
        Assert.Equal(50, Cell(layer, "T1047").Score);
        // A rule for Linux detects nothing on Windows.
        Assert.Equal(0, Cell(layer, "T1105").Score);
        var actor = ActorLayers.Of(coverage, coverage.Actors[0], Settings);
        Assert.Equal(["T1047", "T1105"], actor.Techniques.Select(cell => cell.Technique.Id.ToString()));
        Assert.Contains(actor.Metadata, pair => pair is { Name: "out of scope", Value: "T1059.004" });
    }

    [Theory]
    [InlineData(3, 1, 33)]
    [InlineData(3, 2, 66)]
    [InlineData(3, 3, 100)]
    [InlineData(200, 199, 99)] // rounded up it would blank the matrix
    [InlineData(219, 218, 99)]
    [InlineData(201, 2, 0)]
    public void An_overlay_is_rounded_down(int all, int users, int score)
    {
        var coverage = Measure.Coverage(Enumerable.Range(0, all).Select(actor => $"name: A{actor:D3}\ntechniques: [T1105{(actor < users ? ", T1047" : "")}]\n"), []);
        var layer = ActorLayers.Overlay(coverage, Settings);
        LayerTests.Examine(layer, coverage.Release);
        Assert.Equal(score, Cell(layer, "T1047").Score);
        Assert.StartsWith($"Used by {users} of {all}\nA000", Cell(layer, "T1047").Comment, StringComparison.Ordinal);
        Assert.Equal(100, Cell(layer, "T1105").Score);
    }

    [Fact]
    public void What_is_excluded_is_turned_off_and_what_is_accepted_says_so()
    {
        var coverage = Measure.Coverage(
            ["name: A\ntechniques: [T1047, T1105, T1055, T1558]\nexclude: [{ id: T1105, kind: not-applicable, reason: no hosts }, { id: T1055, kind: accepted, reason: later, until: 2026-12-01 }]\n", "name: B\ntechniques: [T1105]\nexclude: [{ id: T1105, kind: not-detectable, reason: never }]\n"],
            [Measure.RuleText("t1558.003")]);
        var used = ActorLayers.Of(coverage, coverage.Actors[0], Settings);
        Assert.Equal((null, null, "Used by A\nexcluded, not applicable: no hosts"), Cell(used, "T1105"));
        Assert.Equal((100, "#fc3b3b", "Used by A\naccepted gap: later; until 2026-12-01"), Cell(used, "T1055"));
        Assert.Contains("\"enabled\": false", used.Write(), StringComparison.Ordinal);
        Assert.Contains(used.Metadata, pair => pair is { Name: "excluded", Value: "T1105" });
        Assert.Contains(used.Metadata, pair => pair is { Name: "accepted gaps", Value: "T1055" });
        var gaps = ActorLayers.Gap(coverage, coverage.Actors[0], Settings);
        Assert.Equal((50, "#fdae6b", "partial: 1 of 5 sub-techniques are covered"), Cell(gaps, "T1558"));
        Assert.Equal((100, "#bdbdbd", "accepted gap: later; until 2026-12-01"), Cell(gaps, "T1055"));
        Assert.Equal((100, "#e6550d", "not covered"), Cell(gaps, "T1047"));
        Assert.Equal((null, null, "A: excluded, not applicable: no hosts\nB: excluded, not detectable: never"), Cell(ActorLayers.Overlay(coverage, Settings), "T1105"));
    }

    [Fact]
    public void Four_thousand_rules_with_hostile_titles_make_a_short_comment()
    {
        static string Title(int length) => $"\"\\e[31mx\\r\\n\\u202E{new string('y', length)}\"";
        var coverage = Measure.Coverage(["name: A\ntechniques: [T1047]\n"], Enumerable.Range(0, 4_000).Select(rule => Measure.RuleText("t1047", title: Title(rule == 0 ? 100_000 : 200))));
        var layer = MatrixLayers.Coverage(coverage, Settings);
        LayerTests.Examine(layer, coverage.Release);
        var (score, _, comment) = Cell(layer, "T1047");
        Assert.Equal(100, score);
        Assert.StartsWith("4000 detection rule(s)\n\\u001B[31mx", comment, StringComparison.Ordinal);
        Assert.EndsWith("…\nand 3980 more", comment, StringComparison.Ordinal);
        Assert.InRange(comment.Length, 100, 5_000);
        Assert.DoesNotContain(comment, c => c != '\n' && char.IsControl(c));
    }

    [Fact]
    public void Half_a_character_in_a_title_is_none_in_a_layer()
    {
        Assert.Equal("a\uFFFDb", LayerText.Line("a\ud800b"));
        Assert.Equal($"{string.Concat(Enumerable.Repeat("😀", 60))}…", LayerText.Line(string.Concat(Enumerable.Repeat("😀", 70))));
    }

    [Fact]
    public void The_same_rules_in_another_order_make_the_same_bytes()
    {
        string[] profiles = ["name: A\ntechniques: [T1047, T1105]\n", "name: B\ntechniques: [T1105]\n"];
        string[] one = [.. LayerTests.AllOf(Measure.Coverage(profiles, [Measure.RuleText("t1047"), Measure.RuleText("t1105")]), Settings).Select(layer => layer.Write())];
        Assert.Equal(one, LayerTests.AllOf(Measure.Coverage(profiles, [Measure.RuleText("t1105"), Measure.RuleText("t1047")]), Settings).Select(layer => layer.Write()));
        Assert.DoesNotContain('\r', string.Concat(one));
        Assert.NotEqual(0xEF, Encoding.UTF8.GetBytes(one[0])[0]);
    }

    [Fact]
    public void Only_parents_of_what_is_painted_are_open_in_a_whole_matrix()
    {
        var text = MatrixLayers.Coverage(Measure.Coverage(["name: A\ntechniques: [T1047]\n"], [Measure.RuleText("t1003.001")]), Settings).Write();
        using var json = System.Text.Json.JsonDocument.Parse(text);
        Assert.Equal(["T1003"], json.RootElement.GetProperty("techniques").EnumerateArray().Where(entry => entry.TryGetProperty("showSubtechniques", out _)).Select(entry => entry.GetProperty("techniqueID").GetString()));
    }

    private static (int? Score, string? Colour, string Comment) Cell(Layer layer, string id) =>
        layer.Techniques.Single(cell => cell.Technique.Id.ToString() == id) is var found ? (found.Score, found.Colour, found.Comment) : default;
}
