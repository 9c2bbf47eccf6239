using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Tables;

/// <summary>Pieces of a text that a regular expression finds: rules in a language of their own.</summary>
internal sealed class TextTables : TableSource
{
    public override string Name => "text";

    public override int MaxBytes => 16 << 20;

    public override TableShape Shape => TableShape.Text;

    protected override Diagnostic? Read(string path, Stream content, TableRules rules)
    {
        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        var written = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        if (!Utf8.IsValid(written))
            return InventoryDiagnostics.Unreadable.At(SourceSpan.StartOf(path), "file is not UTF-8; save it so");
        TextPlaces text = new(path, Encoding.UTF8.GetString(written).TrimStart('\uFEFF'));
        var pattern = rules.Map.RecordPattern!; // the reader of the map demands it
        var groups = pattern.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0])).ToFrozenDictionary(name => name, pattern.GroupNumberFromName, StringComparer.Ordinal);
        foreach (Match match in pattern.Matches(text.Text))
            if (match.Length > 0 && rules.Add(new TextRecord(text, match, groups)) is { } end)
                return end;
        return null;
    }
}

/// <summary>A text, whose indices have places.</summary>
internal sealed class TextPlaces
{
    private readonly string _path;
    private readonly List<int> _lines = [0];

    public TextPlaces(string path, string text)
    {
        (_path, Text) = (path, text);
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
            _lines.Add(at + 1);
    }

    public string Text { get; }

    public SourceSpan At(int start, int length)
    {
        var ((line, column), (endLine, endColumn)) = (At(start), At(start + length));
        return new(_path, line, column, endLine, endColumn);
    }

    private (int Line, int Column) At(int index)
    {
        var found = _lines.BinarySearch(index);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, index - _lines[line] + 1);
    }
}

/// <summary>A part of a text.</summary>
internal class TextPiece(TextPlaces text, Capture part) : TableNode
{
    public override SourceSpan Span => text.At(part.Index, part.Length);

    public override string? Text => part.Value;

    public override SourceSpan PlaceOf(int start, int length) => text.At(part.Index + start, length);
}

/// <summary>A record of a text, whose groups are its columns.</summary>
internal sealed class TextRecord(TextPlaces text, Match match, FrozenDictionary<string, int> groups) : TextPiece(text, match)
{
    private readonly TextPlaces _text = text;

    /// <summary>Its first character.</summary>
    public override SourceSpan Span => _text.At(match.Index, 1);

    public override bool IsMap => true;

    public override IEnumerable<string> Names => groups.Keys;

    public override TableNode? Find(string name) => groups.TryGetValue(name, out var group) && match.Groups[group] is { Success: true } found ? new TextPiece(_text, found) : null;
}
