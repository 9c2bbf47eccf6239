using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Attack;

/// <summary>Goes through the records of one part of a table. What is wrong with one is a diagnostic at its place, and a default value.</summary>
internal sealed class TableReader
{
    private const int MaxBytes = 64 * 1024 * 1024;
    private const int MaxDiagnostics = 20;

    private readonly string _path;
    private readonly string _text;
    private readonly Range[] _columns = new Range[16];
    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string[]> _lists = [];
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
    private int _columnCount;
    private int _lineStart;
    private int _next;
    private int _line;
    private int _records;

    public TableReader(Stream stream, string path)
    {
        _path = path;
        _text = ReadText(stream) ?? "";
        if (_diagnostics.Count > 0)
            return;
        Header = TableHeader.Read(ReadKeys(), out var problem);
        if (Header is null)
            Fail(problem);
    }

    /// <summary>Null when the file is not a table of a known format.</summary>
    public TableHeader? Header { get; }

    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.ToImmutable();

    /// <summary>The first column.</summary>
    public ReadOnlySpan<char> Kind => Raw(0);

    /// <summary>Goes to the next record. False at the end, and when going on has no use.</summary>
    public bool Next()
    {
        if (Header is null || _diagnostics.Count >= MaxDiagnostics)
            return false;
        if (_next >= _text.Length)
        {
            if (_records != Header.Records)
                Fail($"the header counts {Header.Records} records and there are {_records}");
            return false;
        }
        var line = NextLine();
        _records++;
        _columnCount = line.Split(_columns, '\t');
        return true;
    }

    public bool Has(int columns) => _columnCount == columns;

    /// <summary>Reports a record that the caller knows nothing of.</summary>
    public void Reject() => Fail(0, $"'{Kind}' with {_columnCount} columns is no record of this part of the table");

    /// <summary>Reports a record that the one before it does not admit.</summary>
    public void Reject(string message) => Fail(0, message);

    public string Text(int column)
    {
        var text = Optional(column);
        if (text.Length == 0)
            Fail(column, $"column {column + 1} of '{Kind}' is empty");
        return text;
    }

    public string Optional(int column)
    {
        if (TableText.Unescape(Raw(column)) is { } text)
            return text;
        Fail(column, @"a backslash is written \\");
        return "";
    }

    public string? OptionalId(int column) => Optional(column) is { Length: > 0 } id ? id : null;

    /// <summary>An id that no other record of this part may have.</summary>
    public string Id(int column)
    {
        var id = Text(column);
        Unique(id, column);
        return id;
    }

    public void Unique(string id, int column)
    {
        if (!_ids.Add(id))
            Fail(column, $"'{id}' is listed twice");
    }

    public Guid StixId(int column)
    {
        if (!Guid.TryParseExact(Raw(column), "D", out var id))
            Fail(column, $"'{Raw(column)}' is no UUID");
        return id;
    }

    public ObjectStatus Status(int column)
    {
        switch (Raw(column))
        {
            case "": return ObjectStatus.Live;
            case "revoked": return ObjectStatus.Revoked;
            case "deprecated": return ObjectStatus.Deprecated;
        }
        Fail(column, $"'{Raw(column)}' is no status; it is empty, revoked or deprecated");
        return default;
    }

    /// <summary>The columns of <c>modified</c>: a day, and the ids of the objects that were changed on it last.</summary>
    public void AddDates(List<string[]> dates)
    {
        var day = Raw(1);
        if (day.Length != 10 || day[4] != '-' || day[7] != '-' || !DateOnly.TryParse(day, CultureInfo.InvariantCulture, out _))
            Fail(1, $"'{day}' is no day such as 2025-10-24");
        dates.Add([day.ToString(), Raw(2).ToString()]);
    }

    /// <summary>An id that no other technique of the table may have.</summary>
    public TechniqueId UniqueTechnique(int column)
    {
        var id = Technique(Raw(column), column);
        Unique(Raw(column).ToString(), column);
        return id;
    }

    public TechniqueId? OptionalTechnique(int column) => Raw(column).IsEmpty ? null : Technique(Raw(column), column);

    public ImmutableArray<TechniqueId> Techniques(int column)
    {
        var text = Raw(column);
        if (text.IsEmpty)
            return [];
        var ids = new TechniqueId[text.Count(TableText.ListSeparator) + 1];
        var count = 0;
        foreach (var range in text.Split(TableText.ListSeparator))
            ids[count++] = Technique(text[range], column);
        return ImmutableCollectionsMarshal.AsImmutableArray(ids);
    }

    public ImmutableArray<string> List(int column)
    {
        if (Raw(column).IsEmpty)
            return [];
        var text = Raw(column).ToString();
        if (!_lists.TryGetValue(text, out var items))
        {
            _lists[text] = items = [.. text.Split(TableText.ListSeparator).Select(item => TableText.Unescape(item) ?? "")];
            if (items.Contains(""))
                Fail(column, $"'{text}' holds an empty item, or a backslash that is not written \\\\");
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    private TechniqueId Technique(ReadOnlySpan<char> text, int column)
    {
        if (!TechniqueId.TryParse(text, out var id))
            Fail(column, $"'{text}' is no technique id");
        return id;
    }

    private ReadOnlySpan<char> Raw(int column)
    {
        var (start, length) = _columns[column].GetOffsetAndLength(_text.Length - _lineStart);
        return _text.AsSpan(_lineStart + start, length);
    }

    private ReadOnlySpan<char> NextLine()
    {
        _lineStart = _next;
        _line++;
        var rest = _text.AsSpan(_lineStart);
        var length = rest.IndexOf('\n');
        _next = length < 0 ? _text.Length : _lineStart + length + 1;
        return (length < 0 ? rest : rest[..length]).TrimEnd('\r');
    }

    private Dictionary<string, string> ReadKeys()
    {
        Dictionary<string, string> keys = [];
        while (_next < _text.Length && _text[_next] == '#')
            if (NextLine().TrimStart("# ") is var line && line.IndexOf(": ") is > 0 and var colon)
                keys.TryAdd(line[..colon].ToString(), line[(colon + 2)..].ToString());
        return keys;
    }

    private string? ReadText(Stream stream)
    {
        using MemoryStream bytes = new();
        var buffer = new byte[64 * 1024];
        while (stream.Read(buffer) is > 0 and var read && bytes.Length <= MaxBytes)
            bytes.Write(buffer, 0, read);
        if (bytes.Length > MaxBytes)
            Fail($"it is longer than {MaxBytes / 1024 / 1024} MiB");
        else
            try
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
            }
            catch (DecoderFallbackException)
            {
                Fail("it is not UTF-8");
            }
        return null;
    }

    private void Fail(string message) => _diagnostics.Add(AttackDiagnostics.UnreadableTable.At(SourceSpan.StartOf(_path), $"ATT&CK table cannot be read: {message}"));

    private void Fail(int column, string message)
    {
        var start = _columns[column].Start.Value + 1;
        _diagnostics.Add(AttackDiagnostics.UnreadableTable.At(
            new(_path, _line, start, _line, start + Raw(column).Length), $"ATT&CK table cannot be read: {message}"));
    }
}
