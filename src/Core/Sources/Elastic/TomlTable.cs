using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources.Elastic;

/// <summary>A table of a TOML document, while it is read: headers anywhere in the file add to it.</summary>
/// <param name="span">Of its header, or of the key or braces that made it.</param>
internal sealed class TomlTable(SourceSpan span)
{
    private readonly List<(string Key, SourceSpan Place, object Value)> _entries = [];
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>Whether it has a header of its own, of which there may be one.</summary>
    public bool IsDefined { get; set; }

    /// <summary>A <see cref="TomlTable"/>, <see cref="TomlTables"/> or node; null for a key that is not there.</summary>
    public object? Find(string key) => _values.GetValueOrDefault(key);

    public void Add(string key, SourceSpan place, object value)
    {
        _values.Add(key, value);
        _entries.Add((key, place, value));
    }

    public YamlMapping ToNode() => new(span, [.. _entries.Select(entry => new YamlEntry(new(entry.Place, entry.Key, isPlain: true), ToNode(entry.Value)))]);

    public static YamlNode ToNode(object value) => value switch
    {
        TomlTable table => table.ToNode(),
        TomlTables list => list.ToNode(),
        _ => (YamlNode)value,
    };
}

/// <summary>A list of tables, each with its header in double brackets.</summary>
internal sealed class TomlTables
{
    private readonly List<(TomlTable Table, SourceSpan Header)> _tables = [];

    /// <summary>What headers below this one add to.</summary>
    public TomlTable Last => _tables[^1].Table;

    public TomlTable Add(SourceSpan header)
    {
        _tables.Add((new(header) { IsDefined = true }, header));
        return Last;
    }

    public YamlSequence ToNode() => new(_tables[0].Header, [.. _tables.Select(one => one.Table.ToNode())]);
}
