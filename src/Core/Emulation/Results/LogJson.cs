using System.Text.Json;

namespace Merlon.Core.Emulation.Results;

/// <summary>Fields of JSON that may be absent or of another type: what other tools write differs from version to version.</summary>
internal static class LogJson
{
    extension(JsonElement element)
    {
        public JsonElement? Field(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) ? field : null;

        /// <summary>The text of a field, or its number as text; null for an empty one.</summary>
        public string? TextOf(string name) => element.Field(name)?.AsText;

        public string? AsText => element.ValueKind switch
        {
            JsonValueKind.String => element.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
            _ => null,
        };

        /// <summary>The objects in a list; none for anything else.</summary>
        public IEnumerable<JsonElement> Objects(string name) => element.Field(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

        /// <summary>The entries of an object; none for anything else.</summary>
        public IEnumerable<JsonProperty> Properties(string name) => element.Field(name) is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject() : [];
    }
}
