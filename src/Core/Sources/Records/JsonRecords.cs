using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Json;

namespace Merlon.Core.Sources.Records;

/// <summary>
/// The records of a JSON file, read forward one at a time: the items of a list, or one map, at a path such as <c>entry</c>; without a path the items
/// of the list that the file is, or its values one after another, as in NDJSON. A file is never held, only the record at hand.
/// </summary>
/// <param name="path">Of the file, as places say it.</param>
/// <param name="content">UTF-8, with or without a byte order mark, or UTF-16 with one. Read once, forward.</param>
/// <param name="at">Names of the properties from the root of each value to the records; lists on the way are passed through. Empty for the root.</param>
/// <param name="orRoot">Whether a file without that path may have the records at its root.</param>
internal sealed class JsonRecords(string path, Stream content, ImmutableArray<string> at, bool orRoot = false)
{
    /// <summary>How deep maps and lists may lie within each other, from the root of the file.</summary>
    public const int MaxDepth = 64;

    /// <summary>The largest record, in bytes.</summary>
    public const int MaxRecordBytes = 16 << 20;

    /// <summary>How many records may be broken before the rest is given up.</summary>
    public const int MaxBroken = 1000;

    /// <summary>How many single values outside of the records are kept.</summary>
    public const int MaxProperties = 256;

    // Of the reader, which has to get through what is too deep to be kept.
    private const int MaxDepthOfReader = 1 << 20;

    // How many bytes broken records may make read again.
    private const long MaxReadAgain = 256 << 20;

    private readonly JsonWindow _window = new(path, content);
    private readonly JsonWay _way = new(at, orRoot);
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly Dictionary<string, JsonScalar> _properties = new(StringComparer.Ordinal);
    private JsonReaderState _state = NewState();
    private int _recordDepth = NoRecord;
    // A finding about the record at hand, of which nothing is kept any more.
    private bool _isDropped;
    private bool _isOver;
    private int _broken, _given;
    private long _readAgain;

    private const int NoRecord = -1;

    /// <param name="at">Names with dots between them: <c>detections.rules</c>; <c>[]</c> behind a name is allowed and says nothing. Null for the root.</param>
    public JsonRecords(string path, Stream content, string? at = null, bool orRoot = false)
        : this(path, content, at is null ? [] : [.. at.Split('.').Select(name => name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name)], orRoot) { }

    /// <summary>Findings so far.</summary>
    public IReadOnlyCollection<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Whether nothing of the file was lost, single records aside.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>
    /// The single values outside of records and lists, by path from the root, <c>paging.total</c>, as far as the file is read: what stands behind the
    /// records is there at the end. Of several values at the root the last counts.
    /// </summary>
    public IReadOnlyDictionary<string, JsonScalar> Properties => _properties;

    /// <summary>The records in the order of the file. To be gone through once.</summary>
    public IEnumerable<JsonRecord> Read()
    {
        while (!_isOver)
            if (Next() is { } record)
            {
                _given++;
                yield return record;
            }
        if (_broken > 0 && _given == 0)
            (IsWhole, _diagnostics[0]) = (false, _diagnostics[0] with { Info = InventoryDiagnostics.Unreadable });
        else if (IsWhole && !at.IsEmpty && !orRoot && !_way.IsFound && _broken == 0)
            End(SourceSpan.StartOf(path), $"nothing lies at '{string.Join('.', at)}'{Spelling.Hint(at[0], _way.Names)}");
    }

    // Reads until a record is whole, more bytes are needed, or the end.
    private JsonRecord? Next()
    {
        Utf8JsonReader reader = new(_window.Unread, _window.IsLast, _state);
        try
        {
            while (reader.Read())
                if (Token(ref reader, out var record) || _isOver)
                    return record;
            Save(ref reader);
            if (_window.IsLast)
                _isOver = true;
            else if (!_window.Fill())
                GiveUp();
        }
        catch (JsonException)
        {
            Break(_window.At + (int)reader.BytesConsumed, "it is not JSON from here on");
        }
        catch (InvalidOperationException) // a text on the way to the records
        {
            Break(_window.At + (int)reader.TokenStartIndex, "this is not Unicode; save the file as UTF-8");
        }
        return null;
    }

    // Whether a record ends here; null where it is broken.
    private bool Token(ref Utf8JsonReader reader, out JsonRecord? record)
    {
        record = null;
        var start = _window.At + (int)reader.TokenStartIndex;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= MaxDepth && !_isDropped)
            TooDeep(start);
        var ends = _recordDepth == NoRecord ? Step(ref reader, start) : reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray && reader.CurrentDepth == _recordDepth;
        if (ends)
            record = Finish(ref reader);
        return ends;
    }

    // On the way to the records. Whether one ends here, as a single value does with its beginning.
    private bool Step(ref Utf8JsonReader reader, int start)
    {
        switch (_way.Step(ref reader))
        {
            case JsonStep.Record:
                (_recordDepth, _isDropped) = (reader.CurrentDepth, false);
                _window.Mark(start);
                return reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
            case JsonStep.Candidate:
                _isDropped = false;
                _window.Mark(start);
                return false;
            case JsonStep.CandidateEnd:
                return true;
            case JsonStep.List:
                _window.Release();
                return false;
            case JsonStep.Property when _properties.Count < MaxProperties:
                _properties[_way.Path] = new(reader.TokenType == JsonTokenType.String ? reader.GetString() ?? "" : Encoding.UTF8.GetString(reader.ValueSpan), _window.Place(start));
                return false;
            default:
                return false;
        }
    }

    private JsonRecord? Finish(ref Utf8JsonReader reader)
    {
        Save(ref reader);
        _recordDepth = NoRecord;
        if (_isDropped)
            return null;
        var span = _window.PlaceOfMark;
        var bytes = _window.Marked;
        if (bytes.Length > MaxRecordBytes)
            Report(span, FormattableString.Invariant($"record has more than {MaxRecordBytes} bytes"));
        else if (JsonUnicode.FaultOf(bytes, new() { MaxDepth = MaxDepth }) is var (why, index))
            Report(_window.Place(_window.At - bytes.Length + index), $"record cannot be read: {why}");
        else
        {
            _window.Release();
            return new(JsonElement.Parse(bytes, new() { MaxDepth = MaxDepth }), path, span.Line, span.Column);
        }
        _window.Release();
        return null;
    }

    private void TooDeep(int start)
    {
        var why = FormattableString.Invariant($"maps and lists lie more than {MaxDepth} deep within each other here");
        if (_recordDepth != NoRecord || _way.IsCandidate)
            DropRecord(_window.Place(start), why);
        else
            End(_window.Place(start), why);
    }

    // More bytes than may be kept.
    private void GiveUp()
    {
        if (_window.Fault is { } fault)
            End(_window.Place(_window.At), fault);
        else if (_window.HasMark)
            DropRecord(_window.PlaceOfMark, FormattableString.Invariant($"record has more than {MaxRecordBytes} bytes"));
        else
            End(_window.Place(_window.At), FormattableString.Invariant($"a value has more than {MaxRecordBytes} bytes"));
    }

    private void DropRecord(SourceSpan span, string why)
    {
        Report(span, why);
        _isDropped = true;
        _window.Release();
    }

    // A broken value at the root costs itself, as far as the next line that begins with a map; in a list nobody knows where the next one begins.
    private void Break(int index, string why)
    {
        while (index < _window.At + _window.Unread.Length && _window.Unread[index - _window.At] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            index++;
        var span = _window.Place(index);
        if (!(_recordDepth == 0 || _way.IsCandidate || (_way.IsAtRoot && (at.IsEmpty || orRoot))) || _way.IsInList || _isDropped)
        {
            End(span, why);
            return;
        }
        Report(span, why);
        _readAgain += _window.SinceMark;
        if (_readAgain > MaxReadAgain)
            End(span, "too much of the file is broken to be read on");
        _window.Return();
        _way.Restart();
        (_state, _recordDepth) = (NewState(), NoRecord);
        while (!_isOver)
        {
            if (_window.Unread.IndexOf("\n{"u8) is >= 0 and var line)
            {
                _window.At += line + 1;
                return;
            }
            _window.At += Math.Max(0, _window.Unread.Length - 1);
            if (_window.IsLast)
                _isOver = true;
            else if (!_window.Fill())
                GiveUp();
        }
    }

    private void Save(ref Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        _window.At += (int)reader.BytesConsumed;
    }

    private void Report(SourceSpan span, string why)
    {
        _diagnostics.Add(InventoryDiagnostics.BadRecord.At(span, why));
        if (++_broken == MaxBroken)
            End(span, FormattableString.Invariant($"{MaxBroken} records are broken, so the rest of the file is not read"));
    }

    private void End(SourceSpan span, string why)
    {
        _diagnostics.Add(InventoryDiagnostics.Unreadable.At(span, why));
        (_isOver, IsWhole) = (true, false);
    }

    private static JsonReaderState NewState() => new(new() { MaxDepth = MaxDepthOfReader, AllowMultipleValues = true });
}

/// <summary>A single value outside of the records: a text, or a number or word as it is written.</summary>
internal sealed record JsonScalar(string Text, SourceSpan Span);
