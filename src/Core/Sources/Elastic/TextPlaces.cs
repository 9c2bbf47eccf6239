using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Elastic;

/// <summary>Lines and columns of offsets into a text whose lines end with LF or CR LF.</summary>
internal sealed class TextPlaces(string path, string text)
{
    private readonly int[] _lines = [0, .. Enumerable.Range(0, text.Length).Where(index => text[index] == '\n').Select(index => index + 1)];

    public string Path => path;

    public string Text => text;

    /// <param name="offset">0-based, in UTF-16 code units; one outside the text is its nearest end.</param>
    public SourceSpan Span(int offset, int length)
    {
        var start = Math.Clamp(offset, 0, text.Length);
        var (line, column) = PlaceOf(start);
        var (endLine, endColumn) = PlaceOf(Math.Clamp(start + length, start, text.Length));
        return new(path, line, column, endLine, endColumn);
    }

    private (int Line, int Column) PlaceOf(int offset)
    {
        var found = Array.BinarySearch(_lines, offset);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, offset - _lines[line] + 1);
    }
}
