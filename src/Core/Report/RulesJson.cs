using System.Text.Json;
using Merlon.Core.Programs;
using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>The merged inventory of rules as JSON: a Sigma rule and the searches made from it are one.</summary>
internal static class RulesJson
{
    /// <param name="inventory">Read.</param>
    public static string Write(RuleInventory inventory) => JsonReport.Write(inventory.Config!, inventory.Date, json => // read: it is there
    {
        var rules = inventory.Rules!; // as above
        json.WriteStartArray("rules");
        foreach (var rule in rules.Rules)
            WriteRule(json, rule);
        json.WriteEndArray();
        json.WriteStartArray("sources");
        foreach (var count in SourceCount.Of(rules))
            WriteCount(json, count);
        json.WriteEndArray();
        FindingsJson.WriteDiagnostics(json, new(inventory.Diagnostics, rules.Documents, rules.Read.Select(file => file.Path)));
    });

    private static void WriteRule(Utf8JsonWriter json, DetectionRule rule)
    {
        json.WriteStartObject();
        json.WriteString("source", rule.Source.Name);
        json.WriteString("format", rule.Source.Format.Name);
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Title);
        WritePlace(json, rule);
        json.WriteString("status", rule.Status);
        json.WriteString("sigmaLevel", rule.SigmaLevel);
        json.WriteString("enabled", rule.StateAnywhere.Name);
        JsonReport.WriteStrings(json, "techniques", TechniquesOf(rule));
        json.WriteString("logSource", rule.LogSource?.ToString());
        JsonReport.WriteStrings(json, "dataSources", rule.DataSources);
        json.WriteString("defect", rule.Defect);
        json.WriteStartArray("places");
        foreach (var place in rule.Places)
        {
            json.WriteStartObject();
            json.WriteString("source", place.Source.Name);
            json.WriteString("name", place.Title);
            WritePlace(json, place);
            json.WriteString("enabled", place.State.Name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter json, SourceCount count)
    {
        json.WriteStartObject();
        json.WriteString("source", count.Source.Name);
        json.WriteString("format", count.Source.Format.Name);
        json.WriteNumber("files", count.Files);
        json.WriteString("exported", count.Exported is { } day ? $"{day:yyyy-MM-dd}" : null);
        json.WriteNumber("rules", count.Rules);
        json.WriteNumber("deployed", count.Deployed);
        json.WriteNumber("available", count.Available);
        json.WriteNumber("disabled", count.Disabled);
        json.WriteNumber("places", count.Places);
        json.WriteNumber("withTechniques", count.WithTechniques);
        json.WriteNumber("techniques", count.Techniques);
        json.WriteEndObject();
    }

    /// <summary>The ids as written, each once.</summary>
    public static IEnumerable<string> TechniquesOf(DetectionRule rule) =>
        rule.AttackTags.Where(tag => tag.Kind == AttackTagKind.Technique).Select(tag => tag.Text).Distinct(StringComparer.Ordinal);

    public static void WritePlace(Utf8JsonWriter json, DetectionRule rule)
    {
        json.WriteString("path", rule.Span.Path);
        json.WriteNumber("line", rule.Span.Line);
    }
}
