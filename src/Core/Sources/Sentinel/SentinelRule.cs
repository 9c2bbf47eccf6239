using System.Collections.Immutable;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources.Sentinel;

/// <summary>What rules of Sentinel share, be they YAML of its repository, ARM templates or answers of its API.</summary>
internal static class SentinelRule
{
    /// <summary>Connectors, each with the tables that the rule needs of it; a table alone where its connector has its name.</summary>
    public static ImmutableArray<string> DataSources(RecordFields rule) =>
        [.. rule.Maps("requiredDataConnectors").SelectMany(connector => connector.Texts("connectorId").Concat(connector.Texts("dataTypes"))).Select(text => text.Value.Trim()).Distinct()];

    /// <summary>Of YAML the keys are tactics and relevantTechniques, of ARM tactics, techniques and subTechniques.</summary>
    public static ImmutableArray<AttackTag> Tags(RecordFields rule, RuleSource source)
    {
        AttackFields fields = new(source.Releases);
        foreach (var tactic in rule.Texts("tactics").SelectMany(Parts))
            fields.Tactic(tactic);
        // ARM lists the technique of each sub-technique, as a technique.
        AttackFields subs = new(source.Releases);
        foreach (var sub in rule.Texts("subTechniques"))
            subs.Technique(sub);
        var held = subs.Tags.Where(tag => tag is { Kind: AttackTagKind.Technique, Technique.IsSubTechnique: true }).Select(tag => tag.Technique.Number).ToHashSet();
        foreach (var technique in rule.Texts("relevantTechniques").Concat(rule.Texts("techniques")))
            fields.Technique(technique, id => !id.IsSubTechnique && held.Contains(id.Number));
        var own = fields.Tags;
        return [.. own.Concat(subs.Tags.Where(sub => !own.Any(tag => tag.Kind == sub.Kind && tag.Name == sub.Name))).OrderBy(tag => (tag.Span.Line, tag.Span.Column))];
    }

    // Some write several in one text.
    private static IEnumerable<YamlScalar> Parts(YamlScalar text)
    {
        if (!text.Value.Contains(',', StringComparison.Ordinal))
            return [text];
        List<YamlScalar> parts = [];
        var start = 0;
        foreach (var part in text.Value.Split(','))
        {
            if (part.Trim() is { Length: > 0 } word)
                parts.Add(new(text.SpanOf(start + part.Length - part.TrimStart().Length, word.Length), word, isPlain: true));
            start += part.Length + 1;
        }
        return parts;
    }
}
