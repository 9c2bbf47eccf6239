using System.Text.Json;
using Merlon.Core.Attack;

namespace Merlon.Core.Report;

/// <summary>Writes a layer: no property that layer format 4.5 does not have, none that is empty where a reader refuses that, tactics in matrix order and techniques by id.</summary>
internal static class LayerJson
{
    public static string Write(Layer layer) => JsonReport.Write(json =>
    {
        json.WriteString("name", Text(layer, layer.Name));
        json.WriteStartObject("versions");
        json.WriteString("attack", layer.Release.Version.Split('.')[0]);
        json.WriteString("navigator", "5.2.0");
        json.WriteString("layer", "4.5");
        json.WriteEndObject();
        json.WriteString("domain", layer.Release.Domain.Name);
        json.WriteString("description", Text(layer, layer.Description));
        // Only where it is needed: other readers of layers refuse it.
        if (layer.DataUrl is not null && !layer.OwnTechniques.IsEmpty)
            json.WriteString("customDataURL", layer.DataUrl.Replace("{domain}", layer.Release.Domain.Name, StringComparison.Ordinal));
        if (layer.ShownPlatforms is { IsEmpty: false } shown)
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
        json.WriteString("expandedSubtechniques", layer.IsWhole ? "none" : "annotated");
        json.WriteEndObject();
        json.WriteBoolean("hideDisabled", false);
        var open = layer.IsWhole ? layer.Techniques.Where(one => one.IsPainted && one.Technique.Id.IsSubTechnique).Select(one => layer.Release.ParentOf(one.Technique.Id)).ToHashSet() : [];
        json.WriteStartArray("techniques");
        foreach (var (tactic, technique) in layer.Release.Tactics.SelectMany(tactic => layer.Techniques.Where(one => one.Technique.Tactics.Contains(tactic.ShortName)).OrderBy(one => one.Technique.Id).Select(one => (tactic, one))))
            WriteTechnique(json, layer, tactic.ShortName, technique, open.Contains(technique.Technique.Id));
        json.WriteEndArray();
        json.WriteStartObject("gradient");
        JsonReport.WriteStrings(json, "colors", layer.Gradient);
        json.WriteNumber("minValue", 0);
        json.WriteNumber("maxValue", 100);
        json.WriteEndObject();
        json.WriteStartArray("legendItems");
        foreach (var (label, colour) in layer.Legend)
        {
            json.WriteStartObject();
            json.WriteString("label", Text(layer, label));
            json.WriteString("color", colour);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteMetadata(json, layer, layer.Metadata.Append(("not on MITRE's matrix", LayerText.List(layer.OwnTechniques))));
    });

    private static void WriteTechnique(Utf8JsonWriter json, Layer layer, string tactic, LayerTechnique technique, bool isOpen)
    {
        json.WriteStartObject();
        json.WriteString("techniqueID", technique.Technique.Id.ToString());
        json.WriteString("tactic", tactic);
        if (technique.Score is { } score)
            json.WriteNumber("score", score);
        else
            json.WriteBoolean("enabled", false);
        if (technique.Colour is not null)
            json.WriteString("color", technique.Colour);
        if (technique.Comment.Length > 0)
            json.WriteString("comment", Text(layer, technique.Comment));
        if (!technique.Metadata.IsEmpty)
            WriteMetadata(json, layer, technique.Metadata);
        if (!technique.Links.IsEmpty)
        {
            json.WriteStartArray("links");
            foreach (var (label, url) in technique.Links)
            {
                json.WriteStartObject();
                json.WriteString("label", Text(layer, label));
                json.WriteString("url", url);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (isOpen)
            json.WriteBoolean("showSubtechniques", true);
        json.WriteEndObject();
    }

    // Values that are empty are dropped by some readers and refused by others.
    private static void WriteMetadata(Utf8JsonWriter json, Layer layer, IEnumerable<(string Name, string Value)> pairs)
    {
        json.WriteStartArray("metadata");
        foreach (var (name, value) in pairs.Where(pair => pair.Value.Length > 0))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", Text(layer, value));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Text(Layer layer, string text) => LayerText.Lines(layer.Names.In(text));
}
