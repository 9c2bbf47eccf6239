using System.Text;
using System.Text.Json;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Json;

/// <summary>Parses JSON of strangers so that every text and name in it can be taken out.</summary>
internal static class JsonText
{
    /// <param name="json">UTF-8, without a byte order mark.</param>
    /// <param name="depth">How deep maps and lists may lie within each other.</param>
    /// <exception cref="JsonException">It is no JSON, deeper than that, or a <see cref="NotUnicodeException"/>.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, int depth = 64)
    {
        var document = JsonDocument.Parse(json, new() { MaxDepth = depth });
        if (JsonUnicode.FaultOf(json.Span, new() { MaxDepth = depth }) is not var (why, at))
            return document;
        document.Dispose();
        var before = json.Span[..at];
        throw new NotUnicodeException(why, before.Count((byte)'\n'), at - before.LastIndexOf((byte)'\n') - 1);
    }

    /// <summary>What parsing it threw, where it stands. The framework says a line and a byte in it.</summary>
    public static SourceSpan PlaceOf(JsonException error, ReadOnlySpan<byte> json, string path)
    {
        var line = (int)(error.LineNumber ?? 0);
        for (var passed = 0; passed < line && json.IndexOf((byte)'\n') is >= 0 and var end; passed++)
            json = json[(end + 1)..];
        var column = Encoding.UTF8.GetCharCount(json[..(int)Math.Min(error.BytePositionInLine ?? 0, json.Length)]) + 1;
        return new(path, line + 1, column, line + 1, column);
    }
}

/// <summary>A text in JSON is no Unicode; the message says so without the place.</summary>
/// <param name="line">0-based.</param>
/// <param name="column">0-based, in bytes.</param>
internal sealed class NotUnicodeException(string why, long line, long column) : JsonException(why, null, line, column);
