using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources.Records;

namespace Merlon.Core.Sources.Sentinel;

/// <summary>
/// Analytics rules as JSON: ARM templates with rules at any depth, as the portal exports them and solutions bring them; the answer of the API that
/// lists them, with <c>value</c>; a list of either.
/// </summary>
internal sealed class SentinelArm : IRuleSource
{
    public string Name => "sentinel-arm";

    // Only the record at hand is held, and that has a limit.
    public int MaxBytes => 1 << 30;

    public RuleFile Read(string path, Stream content, RuleSource source)
    {
        JsonRecords records = new(path, content, "value", orRoot: true);
        var rules = ImmutableArray.CreateBuilder<DetectionRule>();
        List<Diagnostic> diagnostics = [];
        foreach (var record in records.Read())
            if (!Walk(record, record.Root, isTemplate: false, found => Add(rules, ArmRule.Read(record, found.Rule, found.IsTemplate, source, diagnostics))))
                diagnostics.Add(InventoryDiagnostics.BadRecord.At(record.Span, "this is neither a rule nor a template with resources; leave the file out of the entry's path"));
        if (records.Properties.TryGetValue("nextLink", out var link) && link.Text.Length > 0 && link.Text != "null")
            diagnostics.Add(InventoryDiagnostics.Unreadable.At(link.Span, "answer has a nextLink, so it is not the last page; export the pages behind it too, and take the link out"));
        return new(path, source) { Rules = rules.ToImmutable(), Diagnostics = [.. records.Diagnostics, .. diagnostics], IsWhole = records.IsWhole && !diagnostics.Exists(found => found.Info == InventoryDiagnostics.Unreadable) };
    }

    private static void Add(ImmutableArray<DetectionRule>.Builder rules, DetectionRule? rule)
    {
        if (rule is not null)
            rules.Add(rule);
    }

    // No deeper than records may be. Whether the element is a rule, or something that may hold some.
    private static bool Walk(JsonRecord record, JsonElement element, bool isTemplate, Action<(JsonElement Rule, bool IsTemplate)> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Walk(record, item, isTemplate, found);
            return true;
        }
        if (element.ValueKind != JsonValueKind.Object)
            return false;
        var type = element.TryGetProperty("type", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : ""; // a string
        var kind = KindOf(element, type);
        if (kind == ArmKind.Rule)
        {
            found((element, isTemplate));
            return true;
        }
        if (kind == ArmKind.Template)
        {
            found((element, true));
            return true;
        }
        var isContent = isTemplate || type.EndsWith("contentTemplates", StringComparison.OrdinalIgnoreCase) || type.EndsWith("templateSpecs/versions", StringComparison.OrdinalIgnoreCase);
        var holds = type.Length > 0;
        foreach (var property in element.EnumerateObject())
            if (property.Name is "resources" && property.Value.ValueKind == JsonValueKind.Object)
            {
                // Each by a symbolic name, since languageVersion 2.0.
                holds = true;
                foreach (var resource in property.Value.EnumerateObject())
                    Walk(record, resource.Value, isContent, found);
            }
            else if (property.Name is "resources" or "properties" or "template" or "mainTemplate" or "value" && property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                holds = true;
                Walk(record, property.Value, isContent, found);
            }
        return holds;
    }

    private enum ArmKind { Other, Rule, Template }

    // Of an API's answer a rule may lack its type.
    private static ArmKind KindOf(JsonElement element, string type) =>
        !element.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object ? ArmKind.Other
        : type.EndsWith("alertRules", StringComparison.OrdinalIgnoreCase) ? ArmKind.Rule
        : type.EndsWith("alertRuleTemplates", StringComparison.OrdinalIgnoreCase) ? ArmKind.Template
        : type.Length == 0 && element.TryGetProperty("kind", out _) && properties.TryGetProperty("displayName", out _) ? ArmKind.Rule
        : ArmKind.Other;
}
