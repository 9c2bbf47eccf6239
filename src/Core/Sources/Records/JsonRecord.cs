using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Records;

/// <summary>One record of a JSON file, with the places of everything in it. Each text in it is valid Unicode, so that getting it never fails.</summary>
internal sealed class JsonRecord
{
    // A place is counted from the mark before it.
    private const int BytesOfMark = 4096;

    private readonly string _path;
    private readonly int _line;
    private readonly int _column;
    private (int Line, int Column)[]? _marks;

    /// <param name="line">1-based, of its first byte.</param>
    /// <param name="column">1-based, in UTF-16 code units.</param>
    public JsonRecord(JsonElement root, string path, int line, int column)
    {
        (Root, _path, _line, _column) = (root, path, line, column);
        Span = new(path, line, column, line, column + 1);
    }

    public JsonElement Root { get; }

    /// <summary>Its first character.</summary>
    public SourceSpan Span { get; }

    /// <summary>
    /// Of a text without escapes what stands between the quotes, so that <see cref="AttackTokens"/> finds its tokens; of a map or list its bracket; of
    /// everything else all of it.
    /// </summary>
    /// <param name="element">Of this record; the record's own place otherwise.</param>
    public SourceSpan PlaceOf(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? Span : Place(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>The name of a property, without its quotes.</summary>
    public SourceSpan PlaceOf(JsonProperty property)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(property);
        return Bytes.Overlaps(name, out var at) ? Between(at, at + name.Length) : Span;
    }

    private ReadOnlySpan<byte> Bytes => JsonMarshal.GetRawUtf8Value(Root);

    private SourceSpan Place(ReadOnlySpan<byte> raw)
    {
        if (!Bytes.Overlaps(raw, out var at))
            return Span;
        return raw[0] switch
        {
            (byte)'{' or (byte)'[' => Between(at, at + 1),
            (byte)'"' when !raw.Contains((byte)'\\') => Between(at + 1, at + raw.Length - 1),
            _ => Between(at, at + raw.Length),
        };
    }

    // No token spans lines.
    private SourceSpan Between(int start, int end)
    {
        var (line, column) = PlaceAt(start);
        return new(_path, line, column, line, column + Encoding.UTF8.GetCharCount(Bytes[start..end]));
    }

    private (int Line, int Column) PlaceAt(int index)
    {
        _marks ??= Marks();
        var mark = index / BytesOfMark;
        return Onward(_marks[mark], Bytes[(mark * BytesOfMark)..index]);
    }

    private (int Line, int Column)[] Marks()
    {
        var bytes = Bytes;
        var marks = new (int, int)[(bytes.Length / BytesOfMark) + 1];
        marks[0] = (_line, _column);
        for (var mark = 1; mark < marks.Length; mark++)
            marks[mark] = Onward(marks[mark - 1], bytes.Slice((mark - 1) * BytesOfMark, BytesOfMark));
        return marks;
    }

    /// <summary>The place behind some text. Of a character that it cuts into halves, each counts by its first byte, so that no byte counts twice.</summary>
    public static (int Line, int Column) Onward((int Line, int Column) from, ReadOnlySpan<byte> text)
    {
        var lines = text.Count((byte)'\n');
        var column = (lines == 0 ? from.Column : 1) + Units(text[(text.LastIndexOf((byte)'\n') + 1)..]);
        return (from.Line + lines, column);
    }

    // UTF-16 code units: one for each byte that begins a character, and two where it is one of four bytes.
    private static int Units(ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
            return text.Length;
        var units = 0;
        foreach (var one in text)
            units += (one & 0xC0) == 0x80 ? 0 : one is >= 0xF0 and <= 0xF4 ? 2 : 1;
        return units;
    }
}
