using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Actors.Import;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Json;

namespace Merlon.Core.Emulation.Results;

/// <summary>Reads alerts: JSON lines, a JSON array, or CSV, told by the first character.</summary>
internal sealed class AlertReader(string path, AlertColumns columns, List<Diagnostic> diagnostics)
{
    /// <summary>The most rows that are read.</summary>
    public const int MaxAlerts = 100_000;

    private const int MaxFindings = 50;

    private readonly ImmutableArray<Alert>.Builder _alerts = ImmutableArray.CreateBuilder<Alert>();
    private readonly bool[] _isThere = new bool[AlertColumns.Names.Length];
    private int _leftOut;

    /// <returns>Null, with a finding, for a file that cannot be used.</returns>
    public static ImmutableArray<Alert>? Read(string path, Stream stream, AlertColumns columns, List<Diagnostic> diagnostics)
    {
        List<Diagnostic> refused = [];
        using var file = ImportFile.Open(path, stream, refused, isLines: true);
        diagnostics.AddRange(refused.Select(ExecutionLog.AsOwn));
        return file is null ? null : new AlertReader(path, columns, diagnostics).Read(file);
    }

    private ImmutableArray<Alert>? Read(ImportFile file)
    {
        try
        {
            switch ((char)file.Utf8.Span.TrimStart(" \t\r\n"u8)[0]) // an empty file has been refused
            {
                case '{':
                    ReadLines(file.Utf8);
                    break;
                case '[':
                    ReadArray(file.Utf8);
                    break;
                default:
                    ReadCsv(file.Text);
                    break;
            }
        }
        catch (ImportException error)
        {
            diagnostics.Add(ExecutionLog.AsOwn(error.ToDiagnostic(path)));
            return null;
        }
        if (_leftOut > MaxFindings)
            diagnostics.Add(ExerciseDiagnostics.LeftOut.At(SourceSpan.StartOf(path), FormattableString.Invariant($"{_leftOut - MaxFindings} more rows are left out")));
        // A file of other things: each row lacks what an alert has.
        foreach (var required in new[] { 0, 1 })
            if (_leftOut > 0 && _alerts.Count == 0 && !_isThere[required])
            {
                diagnostics.Add(ExerciseDiagnostics.BadColumns.At(SourceSpan.StartOf(path), $"no row has {Spelling.OneOf(columns.Of(required))}; say with --columns which column is the {AlertColumns.Names[required]}"));
                return null;
            }
        return _alerts.DrainToImmutable();
    }

    private void ReadLines(ReadOnlyMemory<byte> text)
    {
        var line = 0;
        for (var rest = text; !rest.IsEmpty;)
        {
            line++;
            var end = rest.Span.IndexOf((byte)'\n');
            var one = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (one.Span.Trim(" \t\r"u8).IsEmpty)
                continue;
            SourceSpan span = new(path, line, 1, line, 2);
            try
            {
                using var json = JsonText.Parse(one);
                Add(json.RootElement, span);
            }
            catch (JsonException error)
            {
                throw new ImportException(error is NotUnicodeException ? error.Message : "this line is not JSON, or nested more than 64 deep", span);
            }
        }
    }

    private void ReadArray(ReadOnlyMemory<byte> text)
    {
        using var json = ImportFile.ParseJson(text, path);
        foreach (var (index, item) in json.RootElement.EnumerateArray().Index())
            Add(item, index == 0 ? SourceSpan.StartOf(path) : SourceSpan.StartOf(path) with { EndColumn = 2 });
    }

    private void ReadCsv(string text)
    {
        var rows = ImportRows.Read(path, text, MaxAlerts + 1);
        ImmutableArray<string> header = [.. rows[0].Select(cell => cell.Text.Trim())];
        var indices = Enumerable.Range(0, AlertColumns.Names.Length).Select(column => columns.Of(column).Select(header.IndexOf).Append(-1).FirstOrDefault(index => index >= 0, -1)).ToArray();
        foreach (var row in rows.Skip(1))
            Add([.. indices.Select(index => index >= 0 && index < row.Length ? row[index].Text : null)], row[0].Span);
        if (rows.Count == 1)
            foreach (var required in new[] { 0, 1 })
                if (indices[required] < 0)
                    throw new ImportException($"its header has no column {Spelling.OneOf(columns.Of(required))}", rows[0][0].Span);
    }

    private void Add(JsonElement item, SourceSpan span) =>
        Add([.. Enumerable.Range(0, AlertColumns.Names.Length).Select(column => columns.Of(column).Select(name => Find(item, name)).FirstOrDefault(text => text is not null))], span);

    // A key with dots in it, or keys within keys.
    private static string? Find(JsonElement item, string name)
    {
        if (item.TextOf(name) is { } text)
            return text;
        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
            if (item.Field(name[..dot]) is { } inner && Find(inner, name[(dot + 1)..]) is { } found)
                return found;
        return null;
    }

    private void Add(string?[] cells, SourceSpan span)
    {
        if (_alerts.Count + _leftOut >= MaxAlerts)
            throw new ImportException(FormattableString.Invariant($"it has more than {MaxAlerts} rows; export a shorter time"), span);
        for (var column = 0; column < cells.Length; column++)
        {
            cells[column] = cells[column]?.Trim() is { Length: > 0 } text ? text : null;
            _isThere[column] |= cells[column] is not null;
        }
        var (rule, host, test) = (cells[1], cells[2], TestId.Of(cells[4]));
        var kind = KindOf(cells[3]);
        if (LogTime.TryParse(cells[0]) is not { } time)
            LeaveOut(span, cells[0] is null ? "it has no time" : $"'{StrangersText.Short(cells[0]!)}' is not a time");
        else if (kind is null)
            LeaveOut(span, $"'{StrangersText.Short(cells[3]!)}' is not an outcome; use alerted, logged-only or blocked"); // not null
        else if (kind == AlertKind.Alert && rule is null)
            LeaveOut(span, "it names no rule");
        else if (kind != AlertKind.Alert && rule is null && test is null)
            LeaveOut(span, "it names neither a rule nor the id of a test");
        else
            _alerts.Add(new(span, time, rule, host, kind.Value, kind == AlertKind.Alert ? null : test));
    }

    private static AlertKind? KindOf(string? outcome) => outcome?.ToLowerInvariant() switch
    {
        null or "alert" or "alerted" => AlertKind.Alert,
        "logged" or "logged-only" => AlertKind.Logged,
        "block" or "blocked" => AlertKind.Blocked,
        _ => null,
    };

    private void LeaveOut(SourceSpan span, string why)
    {
        if (_leftOut++ < MaxFindings)
            diagnostics.Add(ExerciseDiagnostics.LeftOut.At(span, $"row is left out: {why}"));
    }
}
