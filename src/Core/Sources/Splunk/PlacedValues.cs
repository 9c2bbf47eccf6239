using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Merlon.Core.Csv;
using Merlon.Core.Sources.Records;

namespace Merlon.Core.Sources.Splunk;

/// <summary>Values of JSON and CSV files with the places of their characters, whatever escapes or doubles them there.</summary>
internal static class PlacedValues
{
    /// <summary>Of a text, its content; of anything else, what is written.</summary>
    /// <param name="value">Of the record.</param>
    public static PlacedText Of(JsonElement value, JsonRecord record)
    {
        var span = record.PlaceOf(value);
        return value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => new("", span, []),
            JsonValueKind.String => OfString(value.GetString()!, Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)), span), // it is a text
            _ => OfWritten(value.GetRawText(), span),
        };
    }

    private static PlacedText OfString(string text, string written, Diagnostics.SourceSpan span)
    {
        // Without escapes the span is that of the content.
        if (written.Length == text.Length + 2)
            return new(text, span, [new(0, span.Line, span.Column)]);
        var runs = ImmutableArray.CreateBuilder<PlacedRun>();
        var (index, isAfterEscape) = (0, true);
        for (var at = 1; at < written.Length - 1; index++)
        {
            var isEscape = written[at] == '\\';
            if (isEscape || isAfterEscape)
                runs.Add(new(index, span.Line, span.Column + at));
            at += !isEscape ? 1 : written[at + 1] == 'u' ? 6 : 2;
            isAfterEscape = isEscape;
        }
        // So that what ends behind an escape ends where the escape does.
        runs.Add(new(index, span.Line, span.Column + written.Length - 1));
        return new(text, span, runs.ToImmutable());
    }

    // Maps and lists: their span is that of the bracket.
    private static PlacedText OfWritten(string text, Diagnostics.SourceSpan span)
    {
        var runs = ImmutableArray.CreateBuilder<PlacedRun>();
        runs.Add(new(0, span.Line, span.Column));
        var line = span.Line;
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
            runs.Add(new(at + 1, ++line, 1));
        return new(text, span, runs.ToImmutable());
    }

    /// <summary>Of a cell that is quoted as RFC 4180 says, or not at all; of another one only the whole has a place.</summary>
    public static PlacedText Of(CsvCell cell)
    {
        foreach (var isQuoted in new[] { true, false })
            if (RunsOf(cell, isQuoted) is { } runs)
                return new(cell.Text, cell.Span, runs);
        return new(cell.Text, cell.Span, []);
    }

    /// <returns>Null where the cell then would not end where it does.</returns>
    private static ImmutableArray<PlacedRun>? RunsOf(CsvCell cell, bool isQuoted)
    {
        var runs = ImmutableArray.CreateBuilder<PlacedRun>();
        var (line, column) = (cell.Span.Line, cell.Span.Column + (isQuoted ? 1 : 0));
        runs.Add(new(0, line, column));
        foreach (var (index, c) in cell.Text.Index())
        {
            (line, column) = c == '\n' ? (line + 1, 1) : (line, column + (isQuoted && c == '"' ? 2 : 1));
            if (c is '\n' or '"')
                runs.Add(new(index + 1, line, column));
        }
        return (line, column + (isQuoted ? 1 : 0)) == (cell.Span.EndLine, cell.Span.EndColumn) ? runs.ToImmutable() : null;
    }
}
