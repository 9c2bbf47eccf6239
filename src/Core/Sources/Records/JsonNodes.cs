using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources.Records;

/// <summary>Parts of a JSON record as the nodes that YAML has, for readers of rules that come in both.</summary>
internal static class JsonNodes
{
    /// <summary>A map with those of its members that are wanted, whole. Of members of one name the first counts, as of keys in YAML.</summary>
    /// <param name="element">A map of the record.</param>
    public static YamlMapping Map(JsonRecord record, JsonElement element, Func<string, bool>? wants = null) => new(record.PlaceOf(element),
    [
        .. element.EnumerateObject().Where(property => wants is null || wants(property.Name)).DistinctBy(property => property.Name)
            .Select(property => new YamlEntry(new(record.PlaceOf(property), property.Name, isPlain: true), Of(record, property.Value))),
    ]);

    // No deeper than records may be.
    private static YamlNode Of(JsonRecord record, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Map(record, element),
        JsonValueKind.Array => new YamlSequence(record.PlaceOf(element), element.EnumerateArray().Select(item => Of(record, item)).ToImmutableArray(), isFlow: true),
        JsonValueKind.String => Text(element.GetString()!, record.PlaceOf(element)), // a string
        _ => new YamlScalar(record.PlaceOf(element), element.GetRawText(), isPlain: true),
    };

    // With its quotes, as YAML's. What is escaped has them in its place already.
    private static YamlScalar Text(string value, SourceSpan span) => span.EndColumn - span.Column == value.Length
        ? new(span with { Column = span.Column - 1, EndColumn = span.EndColumn + 1 }, value, isPlain: false)
        : new(span, value, isPlain: false, source: "");
}
