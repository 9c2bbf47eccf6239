using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources.Records;

namespace Merlon.Core.Sources.Tables;

/// <summary>A record of JSON, or a part of one.</summary>
internal sealed class JsonNode(JsonRecord record, JsonElement element) : TableNode
{
    public override SourceSpan Span => record.PlaceOf(element);

    public override string? Text => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => null,
    };

    public override bool IsMap => element.ValueKind == JsonValueKind.Object;

    public override IEnumerable<TableNode>? Items => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Select(item => new JsonNode(record, item)) : null;

    public override IEnumerable<string> Names => IsMap ? element.EnumerateObject().Select(property => property.Name) : [];

    public override TableNode? Find(string name) => IsMap && element.TryGetProperty(name, out var value) ? new JsonNode(record, value) : null;
}
