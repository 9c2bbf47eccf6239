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
        ["links"] = ["label", "url"],
    };

    public static TheoryData<string, bool, bool> Definitions => new()
    {
        { "", true, false }, { "", false, true }, { "Windows", true, false }, { "Linux", false, false }, { "IaaS", true, true }, { "SaaS", true, false }, { "Identity Provider", true, false },
    };

    [Theory, MemberData(nameof(Definitions))]
    public void Every_cell_of_a_layer_of_SigmaHQ_is_on_the_matrix(string platform, bool preApart, bool isLenient)
    {
        Definition definition = new() { Platforms = platform.Length == 0 ? [] : [platform], PreApart = preApart, IsLenient = isLenient };
        Examine(CoverageOf(Measure.Attack, CorpusTests.SigmaHqRules, definition));
    }

    [Theory]
    [InlineData("ics-attack", "19.1", "G0034", "")]
    [InlineData("ics-attack", "18.1", "G0034", "Windows")] // ICS had no platform of that name
    [InlineData("mobile-attack", "19.0", "G0097", "")]
    [InlineData("enterprise-attack", "16.1", "G0007", "")]
    public void Every_cell_of_a_layer_of_another_release_is_on_its_matrix(string domain, string version, string group, string platform)
    {
        var release = AttackFactsTests.Release(domain, version);
        Examine(CoverageOf(release, [], new() { Platforms = platform.Length == 0 ? [] : [platform] }, group));
    }

    [Fact]
    public void Every_cell_of_a_layer_of_the_fixture_is_on_the_matrix()
    {
        using var repository = ReportTests.Open();
        var snapshot = repository.Load();
        Assert.All(AllOf(snapshot.Coverage[0], LayerSettings.Of(snapshot, isPrivate: false)), layer => Assert.DoesNotContain("Paper Tiger", layer.Write(), StringComparison.Ordinal));
        Examine(snapshot.Coverage[0]);
    }

    private static ProgramCoverage CoverageOf(AttackRelease release, ImmutableArray<DetectionRule> rules, Definition definition, params string[] groups)
    {
        ActorResolver resolver = new(release, []);
        ImmutableArray<Actor> actors = [.. (groups is [] ? ["G0046", "G0016", "G1015", "G0096"] : groups).Select(id =>
            resolver.Resolve(new() { Name = id, Span = Diagnostics.SourceSpan.StartOf("a.yml"), From = [new(id, Diagnostics.SourceSpan.StartOf("a.yml"))] }))];
        return ProgramCoverage.Of(release, Measure.SetOf(rules), actors, definition, null, RuleEvidence.None, TemporaryRepository.Day);
    }

    internal static LayerSettings Settings(string program = "p") => new(program, TemporaryRepository.Day, PublishedNames.Private, IsPrivate: true);

    internal static Layer[] AllOf(ProgramCoverage coverage, LayerSettings settings) =>
    [
        MatrixLayers.Coverage(coverage, settings), MatrixLayers.Evidence(coverage, settings), ActorLayers.Overlay(coverage, settings),
        .. coverage.Actors.SelectMany(actor => new[] { ActorLayers.Of(coverage, actor, settings), ActorLayers.Gap(coverage, actor, settings) }),
    ];

    private static void Examine(ProgramCoverage coverage)
    {
        var layers = AllOf(coverage, Settings());
        Assert.All(layers, layer => Examine(layer, coverage.Release));
        Assert.All(layers[..3], layer => Assert.True(layer.Cells > 0));
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
            Technique: Find(release, entry.GetProperty("techniqueID").GetString()!), Score: entry.TryGetProperty("score", out var score) ? score.GetInt32() : 0, Entry: entry)).ToArray();
        Assert.Equal(layer.Cells, entries.Length);
        Assert.Equal(entries.OrderBy(entry => entry.Tactic).ThenBy(entry => entry.Technique.Id).Select(entry => (entry.Tactic, entry.Technique.Id)), entries.Select(entry => (entry.Tactic, entry.Technique.Id)));
        Assert.Equal(entries.Length, entries.DistinctBy(entry => (entry.Tactic, entry.Technique.Id)).Count());
        string[]? shown = root.TryGetProperty("filters", out var filters) ? [.. filters.GetProperty("platforms").EnumerateArray().Select(name => name.GetString()!)] : null;
        Assert.Subset(release.Techniques.Where(one => one.IsLive).SelectMany(one => one.Platforms).ToHashSet(), (shown ?? []).ToHashSet());
        foreach (var (tactic, technique, score, entry) in entries)
        {
            ExamineEntry(entry);
            // What blanks the matrix: a score that rounds up to the gradient's end and is below it.
            Assert.True(Math.Round(100d * score / 100) < 100 || score == 100);
            Assert.True(technique.IsLive);
            Assert.Contains(release.Tactics[tactic].ShortName, technique.Tactics);
            Assert.InRange(score, 0, 100);
            // The Navigator hides what has none of the platforms, and with a parent its sub-techniques.
            Assert.True(shown is null || technique.Platforms.Any(shown.Contains), $"{technique.Id} is hidden by the platforms");
            Assert.True(shown is null || !technique.Id.IsSubTechnique || release.Find(release.ParentOf(technique.Id))!.Platforms.Any(shown.Contains), $"the parent of {technique.Id} is hidden by the platforms");
        }
    }

    // Types as strict readers want them; an entry is either scored or turned off.
    private static void ExamineEntry(JsonElement entry)
    {
        Assert.Equal(JsonValueKind.String, entry.GetProperty("tactic").ValueKind);
        Assert.NotEqual(entry.TryGetProperty("score", out var score), entry.TryGetProperty("enabled", out var enabled));
        Assert.True(score.ValueKind == JsonValueKind.Undefined || score.TryGetInt32(out _));
        Assert.NotEqual(JsonValueKind.True, enabled.ValueKind);
        if (entry.TryGetProperty("color", out var colour))
            Assert.Matches("^#[0-9a-f]{6}$", colour.GetString());
        if (entry.TryGetProperty("comment", out var comment))
            Assert.InRange(comment.GetString()!.Length, 1, 10_000);
        foreach (var pair in entry.TryGetProperty("metadata", out var metadata) ? metadata.EnumerateArray().ToArray() : [])
            Assert.All([pair.GetProperty("name").GetString(), pair.GetProperty("value").GetString()], text => Assert.False(string.IsNullOrEmpty(text)));
        foreach (var link in entry.TryGetProperty("links", out var links) ? links.EnumerateArray().ToArray() : [])
        {
            Assert.False(string.IsNullOrEmpty(link.GetProperty("label").GetString()));
            Assert.True(Uri.TryCreate(link.GetProperty("url").GetString(), UriKind.Absolute, out var url) && url is { Scheme: "https", UserInfo: "" });
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
            if (where is "" or "techniques" && Properties.ContainsKey(property.Name))
                foreach (var inner in property.Value.ValueKind == JsonValueKind.Array ? property.Value.EnumerateArray().ToArray() : [property.Value])
                    ExamineProperties(inner, property.Name);
        }
    }
}
