using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources.Records;

namespace Merlon.Core.Sources.Splunk;

/// <summary>Makes detection rules of the entries of an answer.</summary>
internal sealed class RestEntries(RuleSource source, ICollection<Diagnostic> diagnostics)
{
    private readonly SavedSearchRules _rules = new(source, diagnostics);

    /// <returns>Null for an entry that cannot be read, and for one that the configuration does not want.</returns>
    public DetectionRule? Read(JsonRecord record)
    {
        if (record.Root.ValueKind != JsonValueKind.Object)
            return Bad(record.Span, "an entry is no map; give the answer of Splunk as it is");
        if (Text(record.Root, "name") is not { } name)
            return Bad(record.Span, "an entry has no name; give the answer of Splunk as it is");
        if (!source.Wants(name))
            return null;
        var place = record.PlaceOf(record.Root.GetProperty("name"));
        if (!record.Root.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Object)
            return Bad(place, $"'{name}' has no content, so nothing is known of it; give the answer of Splunk as it is");
        Dictionary<string, PlacedText> settings = new(StringComparer.Ordinal);
        foreach (var property in content.EnumerateObject())
            if (SavedSearch.Reads(property.Name))
                settings[property.Name] = PlacedValues.Of(property.Value, record) is var value && property.Name == SavedSearch.Query ? SavedSearch.Hashed(value) : value;
        return _rules.Read(new(name, IdOf(record.Root, name), place, settings));
    }

    private DetectionRule? Bad(SourceSpan span, string message)
    {
        diagnostics.Add(InventoryDiagnostics.BadRecord.At(span, message));
        return null;
    }

    private static string IdOf(JsonElement entry, string name) =>
        entry.TryGetProperty("acl", out var acl) && acl.ValueKind == JsonValueKind.Object ? SavedSearch.IdOf(Text(acl, "app"), Text(acl, "owner"), name) : name;

    private static string? Text(JsonElement map, string key) =>
        map.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
