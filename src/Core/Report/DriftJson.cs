using System.Text.Json;
using Merlon.Core.Programs;
using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>How git and the SIEM differ, as JSON.</summary>
internal static class DriftJson
{
    public static string Write(RuleInventory inventory, Drift drift) => JsonReport.Write(inventory.Config!, inventory.Date, json => // read: it is there
    {
        json.WriteStartArray("inventories");
        foreach (var file in drift.Inventories)
        {
            json.WriteStartObject();
            json.WriteString("source", file.Source.Name);
            json.WriteString("format", file.Source.Format.Name);
            json.WriteString("path", file.Path);
            json.WriteString("exported", (file.Source.Exported ?? file.Exported) is { } day ? $"{day:yyyy-MM-dd}" : null);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("notDeployed");
        foreach (var rule in drift.NotDeployed)
            WriteRule(json, rule, () => json.WriteString("reason", DriftText.WhyNot(rule)));
        json.WriteEndArray();
        json.WriteStartArray("notInGit");
        foreach (var rule in drift.NotInGit)
            WriteRule(json, rule, () => { });
        json.WriteEndArray();
        json.WriteStartArray("stillRunning");
        foreach (var rule in drift.StillRunning)
            WriteRule(json, rule, () => json.WriteString("reason", rule.Defect ?? $"status is {rule.Status}"));
        json.WriteEndArray();
        json.WriteStartArray("differing");
        foreach (var one in drift.Differing)
            WriteRule(json, one.Rule, () =>
            {
                json.WriteStartObject("place");
                json.WriteString("source", one.Place.Source.Name);
                RulesJson.WritePlace(json, one.Place);
                json.WriteEndObject();
                JsonReport.WriteStrings(json, "onlyInGit", one.OnlyInGit);
                JsonReport.WriteStrings(json, "onlyInPlace", one.OnlyInPlace);
            });
        json.WriteEndArray();
        json.WriteStartObject("summary");
        json.WriteNumber("deployed", drift.Deployed);
        json.WriteNumber("notDeployed", drift.NotDeployed.Length);
        json.WriteNumber("notInGit", drift.NotInGit.Length);
        json.WriteNumber("stillRunning", drift.StillRunning.Length);
        json.WriteNumber("differing", drift.Differing.Length);
        json.WriteEndObject();
        FindingsJson.WriteDiagnostics(json, new(inventory.Diagnostics, inventory.Rules!.Documents, inventory.Rules.Read.Select(file => file.Path))); // as above
    });

    private static void WriteRule(Utf8JsonWriter json, DetectionRule rule, Action more)
    {
        json.WriteStartObject();
        json.WriteString("source", rule.Source.Name);
        json.WriteString("id", rule.Id);
        json.WriteString("title", rule.Title);
        RulesJson.WritePlace(json, rule);
        JsonReport.WriteStrings(json, "techniques", RulesJson.TechniquesOf(rule));
        more();
        json.WriteEndObject();
    }
}
