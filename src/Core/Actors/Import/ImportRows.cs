using System.Collections.Immutable;
using Merlon.Core.Csv;

namespace Merlon.Core.Actors.Import;

/// <summary>All rows of a CSV file that is held as a whole. A cell's place is its first character.</summary>
internal static class ImportRows
{
    /// <exception cref="ImportException">A quote is not closed, a limit is exceeded, or there are more rows than may be.</exception>
    public static List<ImmutableArray<CsvCell>> Read(string path, string text, int maxRows = int.MaxValue)
    {
        CsvReader reader = new(path, new StringReader(text));
        List<ImmutableArray<CsvCell>> rows = [];
        while (reader.Next() is { } row)
            if (rows.Count < maxRows)
                rows.Add([.. row.Select(cell => cell with { Span = cell.Start })]);
            else
                throw new ImportException(FormattableString.Invariant($"it has more than {maxRows} rows; split it"), row[0].Start);
        return reader.Fault is { } fault ? throw new ImportException(fault.Why, fault.Span) : rows;
    }
}
