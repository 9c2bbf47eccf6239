using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources.Records;

namespace Merlon.Core.Sources.Elastic;

/// <summary>
/// Rules of Kibana as JSON: the export of its detection engine, one to a line with a summary at the end; the answer that lists them, with
/// <c>data</c>; and the assets of the package of prebuilt rules, with <c>attributes</c>.
/// </summary>
internal sealed class ElasticNdjson : IRuleSource
{
    public string Name => "elastic-ndjson";

    // Only the record at hand is held.
    public int MaxBytes => 1 << 30;

    public RuleFile Read(string path, Stream content, RuleSource source)
    {
        JsonRecords records = new(path, content, "data", orRoot: true);
        var rules = ImmutableArray.CreateBuilder<DetectionRule>();
        List<Diagnostic> diagnostics = [];
        var (all, others, isWhole) = (0, 0, true);
        foreach (var record in records.Read())
            if (record.Root.ValueKind != JsonValueKind.Object)
                diagnostics.Add(InventoryDiagnostics.BadRecord.At(record.Span, "a rule of Kibana is a map; export the rules again"));
            else if (record.Root.TryGetProperty("exported_count", out _))
                isWhole &= Compare(record, all, others, diagnostics);
            else if (IsOther(record.Root))
                others++;
            else
            {
                all++;
                var body = Member(record.Root, "attributes", JsonValueKind.Object) ?? record.Root;
                RecordFields fields = new(JsonNodes.Map(record, body, ElasticRule.IsRead), diagnostics);
                if (ElasticRule.Read(fields, metadata: null, fields.State("enabled"), source, diagnostics) is { } rule)
                    rules.Add(rule);
            }
        if (records.Properties.TryGetValue("total", out var total) && int.TryParse(total.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            isWhole &= Expect(count, all, "total", total.Span, diagnostics);
        return new(path, source) { Rules = rules.ToImmutable(), Diagnostics = [.. records.Diagnostics, .. diagnostics], IsWhole = records.IsWhole && isWhole };
    }

    // Exception lists and their items, and connectors.
    private static bool IsOther(JsonElement root) => root.TryGetProperty("list_id", out _) || root.TryGetProperty("connector_type_id", out _)
        || (root.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is "action" or "connector")
        || (Member(root, "attributes", JsonValueKind.Object) is { } attributes && attributes.TryGetProperty("actionTypeId", out _));

    // Kibana counts rules in exported_count until 8.7, and since then every line there, with the rules in exported_rules_count.
    private static bool Compare(JsonRecord record, int rules, int others, List<Diagnostic> diagnostics)
    {
        if (Member(record.Root, "missing_rules", JsonValueKind.Array) is { } missing && missing.GetArrayLength() is > 0 and var lost)
            diagnostics.Add(InventoryDiagnostics.BadField.At(record.PlaceOf(missing), string.Create(CultureInfo.InvariantCulture, $"export lacks {lost} of the rules that it was asked for; export them again")));
        foreach (var (name, found) in new[] { ("exported_rules_count", rules), ("exported_count", rules + others) })
            if (Member(record.Root, name, JsonValueKind.Number) is { } number && number.TryGetInt32(out var count))
                return Expect(count, found, name, record.PlaceOf(number), diagnostics);
        return true;
    }

    private static bool Expect(int count, int found, string name, SourceSpan span, List<Diagnostic> diagnostics)
    {
        if (found < count)
            diagnostics.Add(InventoryDiagnostics.Unreadable.At(span, string.Create(CultureInfo.InvariantCulture, $"{name} says {count}, and the file holds {found}; export all of them again")));
        return found >= count;
    }

    private static JsonElement? Member(JsonElement element, string name, JsonValueKind kind) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;
}
