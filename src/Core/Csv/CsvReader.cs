using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Csv;

/// <summary>
/// The rows of a CSV file (RFC 4180), read forward one at a time, with the place of every cell, which findings need and libraries do not tell. The
/// separator is the comma, semicolon or tab that is most frequent in the first line. Rows without any text are passed over.
/// </summary>
/// <param name="path">As places say it.</param>
/// <param name="text">A byte order mark at its start is passed over.</param>
internal sealed class CsvReader(string path, TextReader text)
{
    // Each cell is an object: a file of commas would take a hundred times its size.
    public const int MaxCells = 4096;

    /// <summary>The longest cell, in characters. Where a quote is not closed, what follows would be one cell.</summary>
    public const int MaxCellLength = 1 << 20;

    /// <summary>The longest row, in characters.</summary>
    public const int MaxRowLength = 1 << 24;

    private readonly char[] _buffer = new char[1 << 15];
    private readonly StringBuilder _cell = new();
    private char _separator;
    private int _at, _end, _line = 1, _column = 1, _rowLength;
    private bool _hasBegun;

    /// <summary>What ended the reading early; null while all is well.</summary>
    public CsvFault? Fault { get; private set; }

    /// <summary>Of bytes: UTF-8, or what its byte order mark says. What can't be decoded reads as U+FFFD.</summary>
    public static CsvReader Open(string path, Stream bytes) => new(path, new StreamReader(bytes, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16, leaveOpen: true));

    /// <summary>The next row; null at the end, and after a fault.</summary>
    public ImmutableArray<CsvCell>? Next()
    {
        if (!_hasBegun)
            Begin();
        while (Fault is null && Current >= 0)
            if (ReadRow() is { } row && row.Any(cell => cell.Text.Length > 0))
                return row;
        return null;
    }

    // The character at hand; -1 at the end.
    private int Current
    {
        get
        {
            if (_at < _end)
                return _buffer[_at];
            (_at, _end) = (0, text.Read(_buffer));
            return _end > 0 ? _buffer[0] : -1;
        }
    }

    private void Begin()
    {
        _hasBegun = true;
        _end = text.ReadBlock(_buffer);
        if (_end > 0 && _buffer[0] == '\uFEFF')
            _at = 1;
        var start = _buffer.AsSpan(_at, _end - _at);
        var header = start[..(start.IndexOfAny('\r', '\n') is >= 0 and var length ? length : start.Length)].ToArray();
        _separator = ",;\t".MaxBy(separator => header.AsSpan().Count(separator));
    }

    private void Advance()
    {
        _at++;
        _column++;
        _rowLength++;
    }

    private ImmutableArray<CsvCell>? ReadRow()
    {
        var cells = ImmutableArray.CreateBuilder<CsvCell>();
        _rowLength = 0;
        do
            if (cells.Count == MaxCells)
                Fault = new(FormattableString.Invariant($"a row has more than {MaxCells} cells"), cells[^1].Start);
            else if (ReadCell() is { } cell)
                cells.Add(cell);
        while (Fault is null && Take(_separator));
        if (Fault is not null)
            return null;
        _ = Take('\r');
        if (Take('\n') || Current >= 0)
            (_line, _column) = (_line + 1, 1);
        return cells.ToImmutable();
    }

    private CsvCell? ReadCell()
    {
        SourceSpan start = new(path, _line, _column, _line, _column + 1);
        _cell.Clear();
        var isQuoted = Take('"');
        if (isQuoted)
            ReadQuoted(start);
        while (Fault is null && Current is >= 0 and var c && c != _separator && c is not ('\r' or '\n'))
            Add((char)c, start, isQuoted);
        return Fault is null ? new(_cell.ToString(), start with { EndLine = _line, EndColumn = _column }) : null;
    }

    private void ReadQuoted(SourceSpan start)
    {
        while (Fault is null)
            if (Take('"'))
            {
                if (Current != '"')
                    return;
                Add('"', start, isQuoted: true);
            }
            else if (Current is >= 0 and var c)
            {
                Add((char)c, start, isQuoted: true);
                if (c == '\n')
                    (_line, _column) = (_line + 1, 1);
            }
            else
                Fault = new("this quote is not closed", start);
    }

    private void Add(char c, SourceSpan start, bool isQuoted)
    {
        if (_cell.Length == MaxCellLength)
            Fault = new(FormattableString.Invariant($"this cell has more than {MaxCellLength} characters{(isQuoted ? "; close its quote" : "")}"), start);
        else if (_rowLength > MaxRowLength)
            Fault = new(FormattableString.Invariant($"the row of this cell has more than {MaxRowLength} characters"), start);
        _cell.Append(c);
        Advance();
    }

    private bool Take(char c)
    {
        if (Current != c)
            return false;
        Advance();
        return true;
    }
}
