using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors.Import;

/// <param name="Span">Of its first character, a quote where it has one.</param>
internal readonly record struct CsvCell(string Text, SourceSpan Span);

/// <summary>
/// The rows of a CSV file (RFC 4180), with the place of every cell, which findings need and libraries do not tell. The separator is the comma,
/// semicolon or tab that is most frequent in the header. Rows without any text are passed over.
/// </summary>
internal sealed class CsvRows
{
    // Each cell is an object: a file of commas would take a hundred times its size.
    private const int MaxCells = 4096;

    private readonly string _path;
    private readonly string _text;
    private readonly char _separator;
    private int _at;
    private int _line = 1;
    private int _lineStart;

    private CsvRows(string path, string text)
    {
        (_path, _text) = (path, text);
        var header = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length).ToString();
        _separator = ",;\t".MaxBy(separator => header.Count(c => c == separator));
    }

    /// <exception cref="ImportException">A quote is not closed, a row has more than 4096 cells, or there are more rows than may be.</exception>
    public static List<ImmutableArray<CsvCell>> Read(string path, string text, int maxRows = int.MaxValue)
    {
        CsvRows reader = new(path, text);
        List<ImmutableArray<CsvCell>> rows = [];
        while (reader._at < text.Length)
            if (reader.ReadRow() is var row && row.Any(cell => cell.Text.Length > 0))
                if (rows.Count < maxRows)
                    rows.Add(row);
                else
                    throw new ImportException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"it has more than {maxRows} rows; split it"), row[0].Span);
        return rows;
    }

    private ImmutableArray<CsvCell> ReadRow()
    {
        var cells = ImmutableArray.CreateBuilder<CsvCell>();
        do
            if (cells.Count < MaxCells)
                cells.Add(ReadCell());
            else
                throw new ImportException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a row has more than {MaxCells} cells"), cells[^1].Span);
        while (Take(_separator));
        _ = Take('\r');
        if (Take('\n') || _at < _text.Length)
            (_line, _lineStart) = (_line + 1, _at);
        return cells.ToImmutable();
    }

    private CsvCell ReadCell()
    {
        SourceSpan span = new(_path, _line, _at - _lineStart + 1, _line, _at - _lineStart + 2);
        StringBuilder text = new();
        if (Take('"'))
            ReadQuoted(text, span);
        while (_at < _text.Length && _text[_at] != _separator && _text[_at] is not ('\r' or '\n'))
            text.Append(_text[_at++]);
        return new(text.ToString(), span);
    }

    private void ReadQuoted(StringBuilder text, SourceSpan span)
    {
        for (; _at < _text.Length; _at++)
            if (_text[_at] == '"' && (_at + 1 >= _text.Length || _text[_at + 1] != '"'))
            {
                _at++;
                return;
            }
            else
            {
                _at += _text[_at] == '"' ? 1 : 0;
                text.Append(_text[_at]);
                if (_text[_at] == '\n')
                    (_line, _lineStart) = (_line + 1, _at + 1);
            }
        throw new ImportException("this quote is not closed", span);
    }

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c)
            return false;
        _at++;
        return true;
    }
}
