using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources.Records;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources.Sentinel;

/// <summary>One rule of ARM. Any of its values may be an expression of a template, <c>[parameters('x')]</c>, which nothing here resolves.</summary>
internal static class ArmRule
{
    // What claims something: as an expression nobody knows what.
    private static readonly string[] Claims = ["tactics", "techniques", "subTechniques"];

    /// <param name="isTemplate">Whether it is one to make rules from, so that what it says of running is nothing.</param>
    /// <returns>Null for a rule that the entry does not want, or that has no name, which is a finding.</returns>
    public static DetectionRule? Read(JsonRecord record, JsonElement resource, bool isTemplate, RuleSource source, List<Diagnostic> diagnostics)
    {
        var head = new RecordFields(JsonNodes.Map(record, resource, name => name is "name" or "id" or "kind"), diagnostics);
        var body = JsonNodes.Map(record, resource.GetProperty("properties"), IsRead); // the caller has looked
        RecordFields rule = new(body, diagnostics);
        if (rule.Text("displayName")?.Value.Trim() is not { Length: > 0 } name)
        {
            diagnostics.Add(InventoryDiagnostics.BadRecord.At(head.Span, "rule has no displayName, so nobody can tell which one it is; write one"));
            return null;
        }
        if (!source.Wants(name))
            return null;
        var unknown = Claims.Select(claim => body.Find(claim)).OfType<YamlScalar>().Where(IsExpression).ToArray();
        foreach (var claim in unknown)
            rule.Report(claim.Span, $"'{claim.Value}' is an expression, so nobody knows here what the rule claims; export the rule from its workspace, or write the ids out");
        var sources = SentinelRule.DataSources(rule);
        DetectionRule made = new()
        {
            Source = source,
            Span = head.Span,
            Title = name,
            Id = IdOf(head),
            Status = rule.Text("status") is { } status ? SentinelYaml.Status(status.Value) : null,
            SigmaLevel = rule.Level("severity"),
            State = isTemplate ? RuleState.Available : rule.State("enabled"),
            DataSources = sources,
            Products = SentinelProducts.Of(sources),
            AttackTags = unknown.Length > 0 ? [] : SentinelRule.Tags(rule, source),
            Mentions = Uuids.In(name, rule.Text("description")?.Value, head.Text("name")?.Value, rule.Text("alertRuleTemplateName")?.Value),
            QueryHash = QueryHash.Of(rule.Text("query")?.Value),
        };
        if (unknown.Length > 0)
            made.Fail("its techniques are an expression of its template");
        return made;
    }

    private static bool IsRead(string member) => member is "displayName" or "description" or "enabled" or "severity" or "status" or "tactics" or "techniques" or "subTechniques"
        or "query" or "alertRuleTemplateName" or "requiredDataConnectors";

    // As written. An expression that holds no UUID is the same in many templates, and so names nothing.
    private static string? IdOf(RecordFields head) => (head.Text("name") ?? head.Text("id")) is { } text && (!IsExpression(text) || Uuids.Find(text.Value).Any()) ? text.Value : null;

    private static bool IsExpression(YamlScalar text) => text.Value is ['[', not '[', .., ']'];
}
