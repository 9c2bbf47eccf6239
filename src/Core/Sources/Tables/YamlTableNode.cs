using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sources.Tables;

/// <summary>A record of YAML, or a part of one.</summary>
internal sealed class YamlTableNode(YamlNode node) : TableNode
{
    /// <summary>Of a map or list its first character.</summary>
    public override SourceSpan Span => node is YamlScalar ? node.Span : node.Span with { EndLine = node.Span.Line, EndColumn = node.Span.Column + 1 };

    public override string? Text => node is YamlScalar { IsNull: false } scalar ? scalar.Value : null;

    public override bool IsMap => node is YamlMapping;

    public override IEnumerable<TableNode>? Items => node is YamlSequence list ? list.Items.Select(item => new YamlTableNode(item)) : null;

    public override IEnumerable<string> Names => node is YamlMapping map ? map.Entries.Select(entry => entry.Key.Value) : [];

    public override TableNode? Find(string name) => node is YamlMapping map && map.Find(name) is { } value ? new YamlTableNode(value) : null;

    public override SourceSpan PlaceOf(int start, int length) => node is YamlScalar scalar ? scalar.SpanOf(start, length) : Span;
}
