using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources.Splunk;

/// <summary>Makes detection rules of documents in the words of contentctl.</summary>
internal sealed class ContentReader(RuleSource source, ICollection<Diagnostic> diagnostics)
{
    // What contentctl has besides detections, by a key that only such a thing has: stories, macros, lookups, data sources, deployments, playbooks,
    // dashboards and the configuration of an app.
    private static readonly ImmutableArray<string> KeysOfOthers =
        ["narrative", "definition", "filename", "collection", "lookup_type", "sourcetype", "scheduling", "alert_action", "playbook", "app_list", "label", "theme", "json_obj", "build_app", "app"];

    private readonly AttackTokens _tokens = new(source.Releases);

    /// <returns>Null for what is no detection, and for one that the entry does not want.</returns>
    public DetectionRule? Read(YamlDocument document)
    {
        if (document.Root is not YamlMapping root)
        {
            diagnostics.Add(InventoryDiagnostics.BadRecord.At(document.Root.Span, $"document is {document.Root.Kind}; a detection is a map with a name and a search"));
            return null;
        }
        var type = Text(root, "type")?.Value;
        if (type is "Baseline" or "Investigation" || (type is not ("TTP" or "Anomaly" or "Hunting" or "Correlation") && (root.Find("search") is null || root.Find("tags") is null) && KeysOfOthers.Any(key => root.Find(key) is not null)))
            return null;
        if (Text(root, "name") is not { } name)
        {
            diagnostics.Add(InventoryDiagnostics.BadRecord.At(root.Entries is [var first, ..] ? first.Key.Span : root.Span, "this has no name, and is nothing that contentctl knows; add the name of a detection, or leave the file out"));
            return null;
        }
        if (!source.Wants(name.Value))
            return null;
        if (Text(root, "search") is not { } search)
        {
            diagnostics.Add(InventoryDiagnostics.BadRecord.At(name.Span, $"'{name.Value}' has no search, and is nothing else that contentctl knows; add the search of a detection, or leave the file out"));
            return null;
        }
        var tags = TagsOf(root);
        var rule = ToRule(root, tags, name, search);
        if (!document.IsWhole)
            rule.Fail("a part of it cannot be read");
        return rule;
    }

    private YamlMapping? TagsOf(YamlMapping root)
    {
        if (root.Find("tags") is not { } node || node is YamlScalar { IsNull: true })
            return null;
        if (node is YamlMapping tags)
            return tags;
        diagnostics.Add(InventoryDiagnostics.BadField.At(node.Span, $"tags are {node.Kind}; write a map"));
        return null;
    }

    private DetectionRule ToRule(YamlMapping root, YamlMapping? tags, YamlScalar name, YamlScalar search)
    {
        ImmutableArray<string> sources = [.. Items(root, "data_source").Select(item => item.Value)];
        var description = Text(root, "description");
        ImmutableArray<AttackTag> attack = [.. Items(tags, "mitre_attack_id").SelectMany(item => _tokens.Read(item.Value, item.Span)).DistinctBy(tag => (tag.Kind, tag.Name))];
        if (attack.IsEmpty && source.ReadsIdsInNames)
            attack = [.. new[] { name, description }.OfType<YamlScalar>().SelectMany(text => _tokens.ReadLoosely(text.Value, text.Span)).DistinctBy(tag => tag.Name)];
        return new()
        {
            Source = source,
            Span = name.Span,
            Title = name.Value,
            Id = Text(root, "id")?.Value,
            Status = StatusOf(root),
            SigmaLevel = SeverityOf(tags),
            State = RuleState.Available,
            DataSources = sources,
            Products = DataSourceProducts.Of(sources),
            AttackTags = attack,
            Mentions = Uuids.In(Text(root, "id")?.Value, name.Value, description?.Value),
            OwnTests = [.. Items(tags, "atomic_guid").SelectMany(Tests)],
            QueryHash = Sources.QueryHash.Of(search.Value),
        };
    }

    private static IEnumerable<Simulation> Tests(YamlScalar text) =>
        Uuids.Find(text.Value).Select(found => new Simulation(found.Guid, text.SpanOf(found.Index, found.Length), null, null, null));

    private static string? StatusOf(YamlMapping root) => Text(root, "status")?.Value switch
    {
        "production" => "stable",
        "validation" => "test",
        "removed" => "unsupported",
        var other => other,
    };

    private string? SeverityOf(YamlMapping? tags)
    {
        if (Text(tags, "severity") is not { } severity)
            return null;
        var word = severity.Value.ToLowerInvariant();
        if (word is "informational" or "low" or "medium" or "high" or "critical")
            return word;
        diagnostics.Add(InventoryDiagnostics.BadField.At(severity.Span, $"'{severity.Value}' is no severity; write informational, low, medium, high or critical"));
        return null;
    }

    // A list, or its only item by itself.
    private IEnumerable<YamlScalar> Items(YamlMapping? map, string key)
    {
        foreach (var node in map?.Find(key) switch { null => [], YamlSequence list => list.Items, var single => [single] })
            if (node is YamlScalar scalar)
            {
                if (!scalar.IsNull)
                    yield return scalar;
            }
            else
                diagnostics.Add(InventoryDiagnostics.BadField.At(node.Span, $"an item of {key} is {node.Kind}; write a single value"));
    }

    private static YamlScalar? Text(YamlMapping? map, string key) => map?.Find(key) is YamlScalar { IsNull: false, Value.Length: > 0 } text ? text : null;
}
