using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Evidence;
using Merlon.Core.Report;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What the Navigator does with a file that says something else is worse than an error: it drops cells without a word, or blanks the matrix.</summary>
public class LayerTests
{
    // The properties of layer format 4.5.
    private static readonly Dictionary<string, string[]> Properties = new()
    {
        [""] = ["name", "versions", "domain", "description", "filters", "sorting", "layout", "hideDisabled", "techniques", "gradient", "legendItems", "showTacticRowBackground", "customDataURL",
            "tacticRowBackground", "selectTechniquesAcrossTactics", "selectSubtechniquesWithParent", "selectVisibleTechniques", "metadata", "links"],
        ["versions"] = ["attack", "navigator", "layer"],
        ["filters"] = ["platforms"],
        ["layout"] = ["layout", "showID", "showName", "showAggregateScores", "countUnscored", "aggregateFunction", "expandedSubtechniques"],
        ["techniques"] = ["techniqueID", "tactic", "score", "color", "comment", "enabled", "metadata", "links", "showSubtechniques"],
        ["gradient"] = ["colors", "minValue", "maxValue"],
        ["legendItems"] = ["label", "color"],
        ["metadata"] = ["name", "value"],
    };

    public static TheoryData<string, bool, bool> Definitions => new()
    {
        { "", true, false }, { "", false, true }, { "Windows", true, false }, { "Linux", false, false }, { "IaaS", true, true }, { "SaaS", true, false }, { "Identity Provider", true, false },
    };

    [Theory, MemberData(nameof(Definitions))]
    public void Every_cell_of_a_layer_of_SigmaHQ_is_on_the_matrix(string platform, bool preApart, bool isLenient)
    {
        Definition definition = new() { Platforms = platform.Length == 0 ? [] : [platform], PreApart = preApart, IsLenient = isLenient };
        Examine(CoverageOf(Measure.Attack, CorpusTests.SigmaHqRules, definition), "");
    }

    [Theory]
    [InlineData("ics-attack", "19.1", "G0034", "")]
    [InlineData("ics-attack", "18.1", "G0034", "Windows")] // ICS had no platform of that name
    [InlineData("mobile-attack", "19.0", "G0097", "")]
    [InlineData("enterprise-attack", "16.1", "G0007", "")]
    public void Every_cell_of_a_layer_of_another_release_is_on_its_matrix(string domain, string version, string group, string platform)
    {
        var release = AttackFactsTests.Release(domain, version);
        Examine(CoverageOf(release, [], new() { Platforms = platform.Length == 0 ? [] : [platform] }, group), "");
    }

    [Fact]
    public void Every_cell_of_a_layer_of_the_fixture_is_on_the_matrix()
    {
        using var repository = ReportTests.Open();
        Examine(repository.Load().Coverage[0], "Paper Tiger");
    }

    [Fact]
    public void An_actor_that_is_not_public_is_in_no_published_layer()
    {
        using var repository = ReportTests.Open();
        var coverage = repository.Load().Coverage[0];
        var hidden = coverage.Actors.Single(actor => actor.Name == "Paper Tiger");
        foreach (var make in new Func<ProgramCoverage, ActorCoverage, bool, Layer>[] { Layers.Actor, Layers.Gap })
        {
            var published = make(coverage, hidden, false).Write();
            foreach (var secret in new[] { "Paper", "Tiger", "seen at a supplier", "Knows our suppliers" })
                Assert.DoesNotContain(secret, published, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("Crane", published, StringComparison.Ordinal);
            Assert.Contains("Paper Tiger", make(coverage, hidden, true).Write(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_actor_without_an_alias_has_the_same_number_whoever_else_is_asked_for()
    {
        using TemporaryRepository repository = new(("actors/a.yml", "name: A\ntlp: red\ntechniques: [T1047]\n"), ("actors/b.yml", "name: B\ntechniques: [T1047]\n"), ("actors/c.yml", "name: C\ntlp: amber\ntechniques: [T1047]\n"));
        var all = repository.Load().Coverage[0];
        Assert.Equal(["Used by Actor 1", "Used by B", "Used by Actor 3"], all.Actors.Select(actor => Layers.Actor(all, actor, false).Name));
        var one = repository.Load(new() { Actors = ["C"] }).Coverage[0];
        Assert.Equal("Used by Actor 3", Layers.Actor(one, one.Actors.Single(), false).Name);
    }

    private static ProgramCoverage CoverageOf(AttackRelease release, ImmutableArray<DetectionRule> rules, Definition definition, params string[] groups)
    {
        ActorResolver resolver = new(release, []);
        ImmutableArray<Actor> actors = [.. (groups is [] ? ["G0046", "G0016", "G1015", "G0096"] : groups).Select(id =>
            resolver.Resolve(new() { Name = id, Span = Diagnostics.SourceSpan.StartOf("a.yml"), From = [new(id, Diagnostics.SourceSpan.StartOf("a.yml"))] }))];
        return ProgramCoverage.Of(release, Measure.SetOf(rules), actors, definition, null, RuleEvidence.None, TemporaryRepository.Day);
    }

    private static void Examine(ProgramCoverage coverage, string secret)
    {
        Layer[] layers = [Layers.Coverage(coverage, "p"), .. coverage.Actors.SelectMany(actor => new[] { Layers.Actor(coverage, actor, false), Layers.Gap(coverage, actor, false) })];
        Assert.All(layers, layer => Examine(layer, coverage.Release));
        Assert.All(layers, layer => Assert.True(secret.Length == 0 || !layer.Write().Contains(secret, StringComparison.Ordinal)));
        Assert.Contains(layers, layer => layer.Cells > 0);
    }

    internal static void Examine(Layer layer, AttackRelease release)
    {
        var root = JsonDocument.Parse(layer.Write()).RootElement;
        ExamineProperties(root, "");
        Assert.Equal(release.Domain.Name, root.GetProperty("domain").GetString());
        Assert.Equal((release.Version.Split('.')[0], "4.5"), (root.GetProperty("versions").GetProperty("attack").GetString(), root.GetProperty("versions").GetProperty("layer").GetString()));
        Assert.StartsWith("5.", root.GetProperty("versions").GetProperty("navigator").GetString(), StringComparison.Ordinal);
        var gradient = root.GetProperty("gradient");
        Assert.Equal((0, 100), (gradient.GetProperty("minValue").GetInt32(), gradient.GetProperty("maxValue").GetInt32()));
        Assert.True(gradient.GetProperty("colors").GetArrayLength() >= 2);
        Assert.All(root.GetProperty("metadata").EnumerateArray(), pair => Assert.False(string.IsNullOrEmpty(pair.GetProperty("value").GetString())));

        var entries = root.GetProperty("techniques").EnumerateArray().Select(entry => (
            Tactic: release.Tactics.Select(tactic => tactic.ShortName).ToList().IndexOf(entry.GetProperty("tactic").GetString()!),
            Technique: Find(release, entry.GetProperty("techniqueID").GetString()!), Score: entry.GetProperty("score").GetInt32())).ToArray();
        Assert.Equal(layer.Cells, entries.Length);
        Assert.Equal(entries.OrderBy(entry => entry.Tactic).ThenBy(entry => entry.Technique.Id).Select(entry => (entry.Tactic, entry.Technique.Id)), entries.Select(entry => (entry.Tactic, entry.Technique.Id)));
        Assert.Equal(entries.Length, entries.DistinctBy(entry => (entry.Tactic, entry.Technique.Id)).Count());
        string[]? shown = root.TryGetProperty("filters", out var filters) ? [.. filters.GetProperty("platforms").EnumerateArray().Select(name => name.GetString()!)] : null;
        Assert.Subset(release.Techniques.Where(one => one.IsLive).SelectMany(one => one.Platforms).ToHashSet(), (shown ?? []).ToHashSet());
        foreach (var (tactic, technique, score) in entries)
        {
            Assert.True(technique.IsLive);
            Assert.Contains(release.Tactics[tactic].ShortName, technique.Tactics);
            Assert.InRange(score, 0, 100);
            // The Navigator hides what has none of the platforms, and with a parent its sub-techniques.
            Assert.True(shown is null || technique.Platforms.Any(shown.Contains), $"{technique.Id} is hidden by the platforms");
            Assert.True(shown is null || !technique.Id.IsSubTechnique || release.Find(release.ParentOf(technique.Id))!.Platforms.Any(shown.Contains), $"the parent of {technique.Id} is hidden by the platforms");
        }
    }

    private static Technique Find(AttackRelease release, string id)
    {
        Assert.True(TechniqueId.TryParse(id, out var parsed));
        Assert.Equal(id, parsed.ToString());
        return release.Find(parsed)!;
    }

    private static void ExamineProperties(JsonElement element, string where)
    {
        foreach (var property in element.EnumerateObject())
        {
            Assert.Contains(property.Name, Properties[where]);
            if (where.Length == 0 && Properties.ContainsKey(property.Name))
                foreach (var inner in property.Value.ValueKind == JsonValueKind.Array ? property.Value.EnumerateArray().ToArray() : [property.Value])
                    ExamineProperties(inner, property.Name);
        }
    }
}
