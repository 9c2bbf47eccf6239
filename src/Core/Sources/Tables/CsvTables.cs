using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Csv;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Tables;

/// <summary>Rows below a header.</summary>
internal sealed class CsvTables : TableSource
{
    public override string Name => "csv";

    public override int MaxBytes => 256 << 20;

    public override TableShape Shape => TableShape.Rows;

    protected override Diagnostic? Read(string path, Stream content, TableRules rules)
    {
        var reader = CsvReader.Open(path, content);
        if (reader.Next() is not { } header)
            return reader.Fault is { } early ? Fault(early) : null;
        var columns = Columns(header, rules);
        while (reader.Next() is { } row)
            if (FirstBroken(row) is { } broken)
                rules.Report(InventoryDiagnostics.BadRecord, broken.Start, "this cell holds what is not UTF-8, so its row is left out; save the file as UTF-8");
            else if (rules.Add(new TableRow(row[0].Start, columns, index => index < row.Length ? new TableText(row[index].Text, row[index].Span) : null)) is { } end)
                return end;
        return reader.Fault is { } fault ? Fault(fault) : null;
    }

    private static Diagnostic Fault(CsvFault fault) => InventoryDiagnostics.Unreadable.At(fault.Span, $"file cannot be read on: {fault.Why}");

    private static CsvCell? FirstBroken(ImmutableArray<CsvCell> row)
    {
        foreach (var cell in row)
            if (cell.Text.Contains('\uFFFD', StringComparison.Ordinal))
                return cell;
        return null;
    }

    // By name in any case of letters, as the map writes them. Of two columns of one name nobody knows which is meant.
    private static FrozenDictionary<string, int> Columns(ImmutableArray<CsvCell> header, TableRules rules)
    {
        Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);
        var wanted = rules.Map.AllPaths.Select(path => path.Names[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, cell) in header.Index())
            if (!columns.TryAdd(cell.Text.Trim(), index) && wanted.Contains(cell.Text.Trim()))
                rules.Report(InventoryDiagnostics.BadField, cell.Start, $"'{cell.Text.Trim()}' is the name of an earlier column too, and that one is read; rename one");
        ImmutableArray<string> names = [.. columns.Keys.Where(name => name.Length > 0)];
        foreach (var path in rules.Map.Demanded.Where(path => !columns.ContainsKey(path.Names[0])).DistinctBy(path => path.Names[0], StringComparer.OrdinalIgnoreCase))
            rules.Report(TableDiagnostics.NothingThere, header[0].Start, $"there is no column '{path.Names[0]}', which the map names{Spelling.Hint(path.Names[0], names)}");
        foreach (var path in rules.Map.Demanded)
            rules.Settle(path);
        return columns.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
