using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Matching;

/// <summary>Lines and columns of a file of JSON. They are asked for in the order of the file, so that it is counted through once.</summary>
internal sealed class JsonPlaces(string path, byte[] bytes)
{
    private int _at, _line = 1, _column = 1;

    /// <param name="index">Not before the one asked for last.</param>
    public SourceSpan At(int index)
    {
        while (bytes.AsSpan(_at, index - _at).IndexOf((byte)'\n') is >= 0 and var length)
            (_at, _line, _column) = (_at + length + 1, _line + 1, 1);
        _column += Encoding.UTF8.GetCharCount(bytes, _at, index - _at);
        _at = index;
        return Span(_line, _column);
    }

    /// <summary>A place in the slice whose start was asked for last.</summary>
    /// <param name="line">0-based, from the line of the start.</param>
    /// <param name="offset">0-based bytes, from the start or the beginning of a later line.</param>
    public SourceSpan Within(int start, int line, int offset)
    {
        var from = start;
        for (var i = 0; i < line; i++)
            from += bytes.AsSpan(from).IndexOf((byte)'\n') + 1;
        var columns = Encoding.UTF8.GetCharCount(bytes, from, Math.Min(offset, bytes.Length - from));
        return Span(_line + line, line == 0 ? _column + columns : columns + 1);
    }

    private SourceSpan Span(int line, int column) => new(path, line, column, line, column + 1);
}
