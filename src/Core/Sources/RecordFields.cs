using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources;

/// <summary>
/// Reads the members of one record that another tool wrote: what nobody asks for is passed over, and a value of the wrong kind is a finding and
/// reads as absent. TOML and JSON come as the nodes that YAML has, so that one reader is enough for each kind of rule.
/// </summary>
internal sealed class RecordFields(YamlMapping record, ICollection<Diagnostic> diagnostics)
{
    public SourceSpan Span => record.Span;

    public bool Has(string key) => Find(key) is not null;

    public bool HasAny(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            if (Has(key))
                return true;
        return false;
    }

    public void Report(SourceSpan span, string message) => diagnostics.Add(InventoryDiagnostics.BadField.At(span, message));

    /// <summary>A single value that is not empty.</summary>
    public YamlScalar? Text(string key)
    {
        if (Find(key) is not { } node)
            return null;
        if (node is YamlScalar text)
            return text.Value.Length == 0 ? null : text;
        Report(node.Span, $"{key} is {node.Kind}; write a single value");
        return null;
    }

    /// <summary>The items of a list, whatever they are.</summary>
    public IEnumerable<YamlNode> Items(string key) => Find(key) is YamlSequence list ? list.Items : [];

    /// <summary>The items of a list, or the single value that stands in its place.</summary>
    public IEnumerable<YamlScalar> Texts(string key)
    {
        if (Find(key) is not { } node)
            yield break;
        foreach (var item in node is YamlSequence list ? list.Items : [node])
            if (item is not YamlScalar text)
                Report(item.Span, $"an item of {key} is {item.Kind}; write a single value");
            else if (!text.IsNull && text.Value.Length > 0)
                yield return text;
    }

    /// <summary>A map; null where there is none.</summary>
    public RecordFields? Map(string key)
    {
        if (Find(key) is not { } node)
            return null;
        if (node is YamlMapping map)
            return new(map, diagnostics);
        Report(node.Span, $"{key} is {node.Kind}; write a map");
        return null;
    }

    /// <summary>The maps of a list, or the single one that stands in its place.</summary>
    public IEnumerable<RecordFields> Maps(string key)
    {
        if (Find(key) is not { } node)
            yield break;
        foreach (var item in node is YamlSequence list ? list.Items : [node])
            if (item is YamlMapping map)
                yield return new(map, diagnostics);
            else if (item is not YamlScalar { IsNull: true })
                Report(item.Span, $"an item of {key} is {item.Kind}; write a map");
    }

    /// <summary>What <c>enabled</c> says, of a record that a product exported.</summary>
    public RuleState State(string key)
    {
        if (Find(key) is not { } node)
            return RuleState.Available;
        if (node is YamlScalar { AsBoolean: { } isEnabled })
            return isEnabled ? RuleState.Deployed : RuleState.Disabled;
        Report(node.Span, $"{key} is {(node is YamlScalar text ? $"'{text.Value}'" : node.Kind)}, neither true nor false, so nothing says that the rule runs; write one of them");
        return RuleState.Available;
    }

    private static readonly string[] Levels = ["informational", "low", "medium", "high", "critical"];

    /// <summary>A severity in Sigma's words; null where there is none.</summary>
    public string? Level(string key)
    {
        if (Text(key) is not { } text)
            return null;
        var level = Array.Find(Levels, level => level.Equals(text.Value, StringComparison.OrdinalIgnoreCase));
        if (level is null)
            Report(text.Span, $"'{text.Value}' is no severity{Spelling.Hint(text.Value, Levels)}");
        return level;
    }

    private YamlNode? Find(string key) => record.Find(key) is { } node && node is not YamlScalar { IsNull: true } ? node : null;
}
