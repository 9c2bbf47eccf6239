using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;
using Tomlyn.Syntax;
using SourceSpan = Merlon.Core.Diagnostics.SourceSpan;

namespace Merlon.Core.Sources.Elastic;

/// <summary>Lays the tables of a TOML document within each other, where its headers and dotted keys put them (TOML 1.0.0, sections "Keys", "Table", "Array of Tables").</summary>
internal sealed class TomlBuilder(TextPlaces places)
{
    private Diagnostic? _error;

    /// <returns>Null with the first key that is there twice, or lies too deep.</returns>
    public YamlMapping? Build(DocumentSyntax document, out Diagnostic? error)
    {
        TomlTable root = new(new(places.Path, 1, 1, 1, 1));
        Fill(root, document.KeyValues);
        foreach (var header in document.Tables)
            if (_error is null && Table(root, header) is { } table)
                Fill(table, header.Items);
        error = _error;
        return _error is null ? root.ToNode() : null;
    }

    private TomlTable? Table(TomlTable root, TableSyntaxBase header)
    {
        if (header.Name is not { } name || Way(root, name) is not var (table, key, place))
            return null;
        var span = Span(header.Name);
        var isArray = header is TableArraySyntax;
        switch (table.Find(key))
        {
            case null when isArray:
                TomlTables first = new();
                table.Add(key, place, first);
                return first.Add(span);
            case null:
                TomlTable made = new(span) { IsDefined = true };
                table.Add(key, place, made);
                return made;
            case TomlTables list when isArray:
                return list.Add(span);
            // A header below it came first.
            case TomlTable { IsDefined: false } known when !isArray:
                known.IsDefined = true;
                return known;
            default:
                Fail(place, $"'{key}' is there already; keep one of them");
                return null;
        }
    }

    private void Fill(TomlTable table, SyntaxList<KeyValueSyntax> items)
    {
        foreach (var item in items)
            if (_error is null)
                Add(table, item);
    }

    private void Add(TomlTable table, KeyValueSyntax item)
    {
        if (item.Key is not { } name || item.Value is not { } value || Way(table, name) is not var (inner, key, place))
            return;
        if (inner.Find(key) is not null)
            Fail(place, $"'{key}' is there already; keep one of them");
        else if (Value(value) is { } made)
            inner.Add(key, place, made);
    }

    // The table that the last part of a key is in.
    private (TomlTable Table, string Key, SourceSpan Place)? Way(TomlTable table, KeySyntax name)
    {
        var (key, place) = Part(name.Key);
        var depth = 0;
        foreach (var dotted in name.DotKeys)
        {
            if (++depth > TomlFile.MaxDepth)
            {
                Fail(Span(dotted), string.Create(CultureInfo.InvariantCulture, $"key has more than {TomlFile.MaxDepth} parts"));
                return null;
            }
            switch (table.Find(key))
            {
                case null:
                    TomlTable made = new(place);
                    table.Add(key, place, made);
                    table = made;
                    break;
                case TomlTable known:
                    table = known;
                    break;
                case TomlTables list:
                    table = list.Last;
                    break;
                default:
                    Fail(place, $"'{key}' is a value already and can hold no table; rename one of them");
                    return null;
            }
            (key, place) = Part(dotted.Key);
        }
        return (table, key, place);
    }

    private (string Key, SourceSpan Place) Part(BareKeyOrStringValueSyntax? key) => (key switch
    {
        BareKeySyntax bare => bare.Key?.Text,
        StringValueSyntax quoted => quoted.Value,
        _ => null,
    } ?? "", key is null ? SourceSpan.StartOf(places.Path) : Span(key));

    // No deeper than the parser goes.
    private object? Value(ValueSyntax value)
    {
        switch (value)
        {
            case StringValueSyntax text:
                var span = Span(text);
                var isAsWritten = span.Line == span.EndLine && span.EndColumn - span.Column - 2 == (text.Value?.Length ?? 0);
                return new YamlScalar(span, text.Value ?? "", isPlain: false, isAsWritten ? null : "");
            case ArraySyntax list:
                var items = list.Items.Select(item => item.Value is { } inner ? Value(inner) : null).OfType<object>().ToArray();
                return new YamlSequence(Span(list), [.. items.Select(TomlTable.ToNode)], isFlow: true);
            case InlineTableSyntax map:
                TomlTable table = new(Span(map)) { IsDefined = true };
                foreach (var item in map.Items)
                    if (item.KeyValue is { } pair)
                        Add(table, pair);
                return table.ToNode();
            default:
                var other = Span(value);
                return new YamlScalar(other, places.Text.Substring(value.Span.Offset, value.Span.Length).Trim(), isPlain: true);
        }
    }

    private SourceSpan Span(SyntaxNode node) => places.Span(node.Span.Offset, node.Span.Length);

    private void Fail(SourceSpan span, string message) => _error ??= TomlFile.Error(span, message);
}
