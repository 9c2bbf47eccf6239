using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Elastic;

/// <summary>One rule of Elastic Security, whether of a file of their repository or of an export.</summary>
internal static class ElasticRule
{
    /// <summary>The members that are read, of a rule that comes as JSON.</summary>
    public static bool IsRead(string member) => member is "rule_id" or "id" or "name" or "description" or "severity" or "enabled" or "tags" or "index" or "query" or "threat" or "related_integrations";

    /// <param name="rule">The table <c>rule</c>, or the record.</param>
    /// <param name="metadata">The table <c>metadata</c> of a file.</param>
    /// <returns>Null for a rule that the entry does not want, or that has no name, which is a finding.</returns>
    public static DetectionRule? Read(RecordFields rule, RecordFields? metadata, RuleState state, RuleSource source, ICollection<Diagnostic> diagnostics)
    {
        if (Name(rule, "rule", diagnostics) is not { } name || !source.Wants(name))
            return null;
        ElasticThreats threats = new(source.Releases);
        threats.Read(rule);
        string[] tags = [.. rule.Texts("tags").Select(tag => tag.Value)];
        var id = rule.Text("rule_id") ?? rule.Text("id");
        return new()
        {
            Source = source,
            Span = rule.Span,
            Title = name,
            Id = id?.Value,
            Status = Status(metadata?.Text("maturity")?.Value),
            SigmaLevel = rule.Level("severity"),
            State = state,
            DataSources = [.. ElasticProducts.DataSources(tags).Concat(Integrations(rule, metadata)).Concat(rule.Texts("index").Select(pattern => pattern.Value)).Distinct()],
            Products = ElasticProducts.Of(tags),
            AttackTags = threats.Tags,
            Tags = [.. tags],
            // The converter of pySigma gives a rule the id of its Sigma rule.
            Mentions = Uuids.In(name, rule.Text("description")?.Value, rule.Text("id")?.Value, rule.Text("rule_id")?.Value),
            QueryHash = QueryHash.Of(rule.Text("query")?.Value),
        };
    }

    /// <summary>A query for people who hunt, of the repository's folder <c>hunting</c>. It alerts nobody by itself, and so it never counts as more than available.</summary>
    public static DetectionRule? ReadHunt(RecordFields hunt, RuleSource source, ICollection<Diagnostic> diagnostics)
    {
        if (Name(hunt, "hunt", diagnostics) is not { } name || !source.Wants(name))
            return null;
        ElasticThreats threats = new(source.Releases);
        threats.ReadHunt(hunt);
        string[] integrations = [.. hunt.Texts("integration").Select(one => one.Value)];
        string[] queries = [.. hunt.Texts("query").Select(query => query.Value)];
        return new()
        {
            Source = source,
            Span = hunt.Span,
            Title = name,
            Id = hunt.Text("uuid")?.Value,
            DataSources = [.. integrations],
            Products = ElasticProducts.Of(integrations),
            AttackTags = threats.Tags,
            Mentions = Uuids.In(name, hunt.Text("description")?.Value),
            QueryHash = queries.Length == 0 ? null : QueryHash.Of(string.Join('\n', queries)),
        };
    }

    private static string? Name(RecordFields rule, string kind, ICollection<Diagnostic> diagnostics)
    {
        if (rule.Text("name")?.Value.Trim() is { Length: > 0 } name)
            return name;
        diagnostics.Add(InventoryDiagnostics.BadRecord.At(rule.Span, $"{kind} has no name, so nobody can tell which one it is; write name"));
        return null;
    }

    private static IEnumerable<string> Integrations(RecordFields rule, RecordFields? metadata) =>
        (metadata?.Texts("integration").Select(one => one.Value) ?? []).Concat(rule.Maps("related_integrations").Select(one => one.Text("package")?.Value).OfType<string>());

    private static string? Status(string? maturity) => maturity switch
    {
        "production" => "stable",
        "beta" => "test",
        "development" => "experimental",
        _ => maturity,
    };
}
