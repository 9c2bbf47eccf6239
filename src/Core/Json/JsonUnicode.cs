using System.Text.Json;
using System.Text.Unicode;

namespace Merlon.Core.Json;

/// <summary>Whether every text of a JSON value is Unicode, which the framework asks only when a text is taken out, and then throws.</summary>
internal static class JsonUnicode
{
    /// <returns>Null where all is well; otherwise what is wrong and at which byte.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static (string Why, int At)? FaultOf(ReadOnlySpan<byte> json, JsonReaderOptions options = default)
    {
        if (!Utf8.IsValid(json))
            return ("it holds bytes that are not UTF-8; save the file as UTF-8", FirstInvalid(json));
        // Half of a pair can only be written as an escape.
        if (json.IndexOf(@"\ud"u8) < 0 && json.IndexOf(@"\uD"u8) < 0)
            return null;
        Utf8JsonReader reader = new(json, options);
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !CanBeTaken(ref reader))
                return (@"a text in it holds half of a surrogate pair; write both halves, as in \ud83d\ude00", (int)reader.TokenStartIndex);
        return null;
    }

    private static bool CanBeTaken(ref Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> json)
    {
        var characters = new char[json.Length];
        _ = Utf8.ToUtf16(json, characters, out var read, out _, replaceInvalidSequences: false);
        return read;
    }
}
