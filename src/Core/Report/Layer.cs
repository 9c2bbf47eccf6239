using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;

namespace Merlon.Core.Report;

/// <summary>
/// A layer for the ATT&amp;CK Navigator, format 4.5. A cell is a technique within a tactic: each annotation has both, valid in the release, so
/// that the Navigator paints what was written. Scores are integers on a gradient from 0 to 100, since a score just under a maximum blanks the matrix.
/// </summary>
internal sealed record Layer
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required AttackRelease Release { get; init; }

    public required ImmutableArray<LayerTechnique> Techniques { get; init; }

    /// <summary>From score 0 to 100.</summary>
    public required ImmutableArray<string> Gradient { get; init; }

    public required ImmutableArray<(string Label, string Colour)> Legend { get; init; }

    /// <summary>Platforms in scope; empty for all.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    /// <summary>
    /// The platforms in scope that the release has, and those without which the Navigator would hide what is painted: PRE measured apart,
    /// and the platforms of a parent that shares none with its sub-technique, since it hides the sub-techniques of what it hides.
    /// </summary>
    public ImmutableArray<string> ShownPlatforms
    {
        get
        {
            // What has no platform at all (ICS) is shown only where nothing is filtered.
            if (Platforms.IsEmpty || Techniques.Any(one => one.Technique.Platforms.IsEmpty))
                return [];
            SortedSet<string> shown = new(Release.Techniques.Where(technique => technique.IsLive).SelectMany(technique => technique.Platforms).Intersect(Platforms), StringComparer.Ordinal);
            foreach (var technique in Techniques.Select(one => one.Technique).SelectMany(one => one.Id.IsSubTechnique && Release.Find(Release.ParentOf(one.Id)) is { } parent ? [one, parent] : new[] { one }))
                if (!technique.Platforms.Any(shown.Contains))
                    shown.UnionWith(technique.Platforms);
            return [.. shown];
        }
    }

    public ImmutableArray<(string Name, string Value)> Metadata { get; init; } = [];

    /// <summary>Where the Navigator can load the release with what was merged over it; null where nobody said.</summary>
    public string? DataUrl { get; init; }

    /// <summary>Techniques with a cell that MITRE's matrix does not have, by id: the Navigator keeps what it does not know, and shows nothing of it.</summary>
    public ImmutableArray<TechniqueId> OwnTechniques => Release.Unmerged is not { } unmerged ? [] :
        [.. Techniques.Select(one => one.Technique).Where(technique => unmerged.Find(technique.Id) is not { IsLive: true } other || technique.Tactics.Except(other.Tactics).Any()).Select(technique => technique.Id).Order()];

    /// <summary>How many cells it paints.</summary>
    public int Cells => Techniques.Sum(technique => technique.Technique.Tactics.Length);

    public string Write() => JsonReport.Write(json =>
    {
        json.WriteString("name", Name);
        json.WriteStartObject("versions");
        json.WriteString("attack", Release.Version.Split('.')[0]);
        json.WriteString("navigator", "5.2.0");
        json.WriteString("layer", "4.5");
        json.WriteEndObject();
        json.WriteString("domain", Release.Domain.Name);
        json.WriteString("description", Description);
        // Only where it is needed: other readers of layers refuse it.
        if (DataUrl is not null && !OwnTechniques.IsEmpty)
            json.WriteString("customDataURL", DataUrl.Replace("{domain}", Release.Domain.Name, StringComparison.Ordinal));
        if (ShownPlatforms is { IsEmpty: false } shown)
        {
            json.WriteStartObject("filters");
            JsonReport.WriteStrings(json, "platforms", shown);
            json.WriteEndObject();
        }
        json.WriteNumber("sorting", 0);
        json.WriteStartObject("layout");
        json.WriteString("layout", "side");
        json.WriteBoolean("showID", true);
        json.WriteBoolean("showName", true);
        json.WriteBoolean("showAggregateScores", false);
        json.WriteBoolean("countUnscored", false);
        json.WriteString("aggregateFunction", "average");
        json.WriteString("expandedSubtechniques", "annotated");
        json.WriteEndObject();
        json.WriteBoolean("hideDisabled", false);
        json.WriteStartArray("techniques");
        foreach (var (tactic, technique) in Release.Tactics.SelectMany(tactic => Techniques.Where(one => one.Technique.Tactics.Contains(tactic.ShortName)).OrderBy(one => one.Technique.Id).Select(one => (tactic, one))))
            WriteTechnique(json, tactic.ShortName, technique);
        json.WriteEndArray();
        json.WriteStartObject("gradient");
        JsonReport.WriteStrings(json, "colors", Gradient);
        json.WriteNumber("minValue", 0);
        json.WriteNumber("maxValue", 100);
        json.WriteEndObject();
        json.WriteStartArray("legendItems");
        foreach (var (label, colour) in Legend)
        {
            json.WriteStartObject();
            json.WriteString("label", label);
            json.WriteString("color", colour);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("metadata");
        foreach (var (name, value) in Metadata.Append((Name: "not on MITRE's matrix", Value: string.Join(", ", OwnTechniques))).Where(pair => pair.Value.Length > 0))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    private static void WriteTechnique(Utf8JsonWriter json, string tactic, LayerTechnique technique)
    {
        json.WriteStartObject();
        json.WriteString("techniqueID", technique.Technique.Id.ToString());
        json.WriteString("tactic", tactic);
        json.WriteNumber("score", technique.Score);
        if (technique.Comment.Length > 0)
            json.WriteString("comment", technique.Comment);
        json.WriteEndObject();
    }
}

/// <summary>An annotated technique, in all its tactics.</summary>
/// <param name="Score">0 to 100.</param>
internal sealed record LayerTechnique(Technique Technique, int Score, string Comment);
