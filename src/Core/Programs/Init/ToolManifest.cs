using System.Text;
using System.Text.Json;
using Merlon.Core.Json;

namespace Merlon.Core.Programs.Init;

/// <summary>The manifest of a repository's tools, from which <c>dotnet tool restore</c> installs them.</summary>
internal static class ToolManifest
{
    // Of the package, as such manifests write it.
    private const string Id = "merlon";

    /// <summary>What there is to add.</summary>
    public static string Entry(string version) => $"\"{Id}\": {{ \"version\": \"{version}\", \"commands\": [\"merlon\"] }}";

    public static string New(string version) => $$"""
        {
          "version": 1,
          "isRoot": true,
          "tools": {
            {{Entry(version)}}
          }
        }

        """.ReplaceLineEndings("\n");

    /// <summary>An existing manifest with the tool in it; everything else stays byte for byte.</summary>
    /// <returns>The same when the tool is there already; null when it is no manifest that can be read.</returns>
    public static string? With(string version, byte[] manifest)
    {
        var preamble = manifest.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        try
        {
            if (PlaceOf(manifest.AsSpan(preamble)) is not var (place, hasTool, isEmpty))
                return null;
            var text = Encoding.UTF8.GetString(manifest);
            if (hasTool)
                return text;
            var before = Encoding.UTF8.GetString(manifest.AsSpan(0, preamble + place));
            var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            return $"{before}{end}    {Entry(version)}{(isEmpty ? $"{end}  {text[before.Length..].TrimStart()}" : $",{text[before.Length..]}")}";
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // In bytes behind the '{' of 'tools'; null without one.
    private static (int Place, bool HasTool, bool IsEmpty)? PlaceOf(ReadOnlySpan<byte> json)
    {
        JsonReaderOptions options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        if (JsonUnicode.FaultOf(json, options) is not null)
            return null;
        Utf8JsonReader reader = new(json, options);
        (int Place, bool HasTool, bool IsEmpty)? found = null;
        while (reader.Read())
            if (reader is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName } && reader.ValueTextEquals("tools"u8))
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                    return null;
                found = ((int)reader.BytesConsumed, false, true);
                while (reader.Read() && reader.CurrentDepth > 1)
                    if (reader is { CurrentDepth: 2, TokenType: JsonTokenType.PropertyName })
                        found = (found.Value.Place, found.Value.HasTool || string.Equals(reader.GetString(), Id, StringComparison.OrdinalIgnoreCase), false);
            }
        return found;
    }
}
