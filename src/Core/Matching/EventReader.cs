using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Matching;

/// <summary>Reads a file of events: one JSON value, a list of them, one on each line, or one after another. A broken one does not hide the others.</summary>
internal sealed class EventReader
{
    private readonly string _path;
    private readonly byte[] _bytes;
    private readonly List<Diagnostic> _diagnostics;
    private readonly ImmutableArray<LogEvent>.Builder _events = ImmutableArray.CreateBuilder<LogEvent>();
    private readonly JsonPlaces _places;
    private int _nodes, _broken;

    private EventReader(string path, byte[] bytes, List<Diagnostic> diagnostics) =>
        (_path, _bytes, _diagnostics, _places) = (path, bytes, diagnostics, new(path, bytes));

    /// <param name="bytes">UTF-8, or UTF-16 with a byte order mark.</param>
    public static ImmutableArray<LogEvent> Read(string path, byte[] bytes, List<Diagnostic> diagnostics)
    {
        if (bytes.Length > EventLimits.MaxFileBytes)
        {
            diagnostics.Add(MatchingDiagnostics.TooLarge.At(SourceSpan.StartOf(path), $"file has {bytes.Length} bytes, and {EventLimits.MaxFileBytes} are the limit; split it"));
            return [];
        }
        EventReader reader = new(path, AsUtf8(bytes), diagnostics);
        var before = diagnostics.Count;
        reader.ReadAll();
        if (reader._events.Count == 0 && diagnostics.Count == before)
            diagnostics.Add(MatchingDiagnostics.NoEvents.At(SourceSpan.StartOf(path), "file has no events; write at least one JSON map"));
        return reader._events.DrainToImmutable();
    }

    private static byte[] AsUtf8(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
        [0xFF, 0xFE, ..] => Encoding.Convert(Encoding.Unicode, Encoding.UTF8, bytes, 2, bytes.Length - 2),
        [0xFE, 0xFF, ..] => Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, bytes, 2, bytes.Length - 2),
        _ => bytes,
    };

    private void ReadAll()
    {
        JsonSlices slices = new(_bytes);
        while (slices.Next() is { } slice)
        {
            if (_events.Count == EventLimits.MaxEvents || _nodes > EventLimits.MaxNodesOfFile || _broken == EventLimits.MaxBroken)
            {
                _diagnostics.Add(MatchingDiagnostics.TooLarge.At(_places.At(slice.Start), _broken == EventLimits.MaxBroken
                    ? $"{_broken} events before this one cannot be read, so the rest of the file is left out; correct them"
                    : $"file has more than {(_events.Count == EventLimits.MaxEvents ? $"{EventLimits.MaxEvents} events" : $"{EventLimits.MaxNodesOfFile} values")}; split it"));
                return;
            }
            var span = _places.At(slice.Start);
            if (Defect(slice, span, out var root) is { } defect)
            {
                _broken++;
                _diagnostics.Add(defect);
                slices.Recover(slice);
            }
            else if (root is EventObject or EventValue { Kind: EventValueKind.Text })
                _events.Add(new(root, span, _events.Count));
            else
                _diagnostics.Add(MatchingDiagnostics.NotAnEvent.At(span, $"{KindOf(root)} stands where an event is expected; write a map of names and values"));
        }
        if (slices.IsInList)
            _diagnostics.Add(MatchingDiagnostics.BadEvent.At(_places.At(_bytes.Length), "list of events is not closed; add ']' or the events that are missing"));
    }

    // What keeps a slice from being an event, or null and the event.
    private Diagnostic? Defect(JsonSlice slice, SourceSpan span, out EventNode? root)
    {
        root = null;
        if (slice.Length > EventLimits.MaxEventBytes)
            return MatchingDiagnostics.TooLarge.At(span, $"event has {slice.Length} bytes, and {EventLimits.MaxEventBytes} are the limit; shorten it");
        if (slice.Depth > EventLimits.MaxDepth)
            return MatchingDiagnostics.TooLarge.At(span, $"event nests {slice.Depth} levels deep, and {EventLimits.MaxDepth} are the limit; flatten it");
        JsonEvent json = new(_bytes.AsSpan(slice.Start, slice.Length));
        try
        {
            root = json.Read();
        }
        catch (JsonException e)
        {
            // The reader counts lines of the slice, and bytes in the line.
            var at = _places.Within(slice.Start, (int)(e.LineNumber ?? 0), (int)(e.BytePositionInLine ?? 0));
            return MatchingDiagnostics.BadEvent.At(at, slice.IsClosed ? "JSON is not valid here; correct the event or remove it" : "event is not closed; add what is missing or remove it");
        }
        catch (InvalidOperationException)
        {
            return MatchingDiagnostics.BadEvent.At(span, "event has text that is not valid Unicode; write it in UTF-8, without half surrogate pairs");
        }
        _nodes += json.Nodes;
        return json.Nodes > EventLimits.MaxNodesOfEvent
            ? MatchingDiagnostics.TooLarge.At(span, $"event has more than {EventLimits.MaxNodesOfEvent} values; shorten it") : null;
    }

    private static string KindOf(EventNode? root) => root switch
    {
        EventList => "a list",
        EventValue { Kind: EventValueKind.Number, Text: var number } => $"the number {(number.Length <= 20 ? number : number[..20] + "…")}",
        EventValue value => value.ToString(),
        _ => "nothing",
    };
}
