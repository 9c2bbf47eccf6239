using System.Text;
using System.Text.Json;
using Merlon.Core.Json;

namespace Merlon.Core.Sources.Splunk;

/// <summary>Reads one value of a map in JSON.</summary>
internal static class JsonFlags
{
    /// <returns>The value as text, <c>1</c> for <c>"1"</c> too; null where the key is absent.</returns>
    public static string? Find(string json, string key, out bool isMap)
    {
        try
        {
            using var document = JsonText.Parse(Encoding.UTF8.GetBytes(json));
            isMap = document.RootElement.ValueKind == JsonValueKind.Object;
            return isMap && document.RootElement.TryGetProperty(key, out var value) ? value.GetRawText().Trim('"') : null;
        }
        catch (JsonException)
        {
            isMap = false;
            return null;
        }
    }
}
