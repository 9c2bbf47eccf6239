using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Merlon.Core.Csv;
using Xunit;

namespace Merlon.Core.Tests;

public class CsvReaderTests
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",;\t\"\r\n");

    [Theory]
    [InlineData("a,b\n1,2\n", "a@1:1-1:2 b@1:3-1:4|1@2:1-2:2 2@2:3-2:4")]
    [InlineData("a;b\r\n1;\"x;y\"\r\n", "a@1:1-1:2 b@1:3-1:4|1@2:1-2:2 x;y@2:3-2:8")]
    [InlineData("a\tb,c\td\n", "a@1:1-1:2 b,c@1:3-1:6 d@1:7-1:8")]
    [InlineData("\uFEFFa,b", "a@1:1-1:2 b@1:3-1:4")]
    [InlineData("a,\"b\"\"c\"\n\n,\n\"1\n2\",3", "a@1:1-1:2 b\"c@1:3-1:9|1\n2@4:1-5:3 3@5:4-5:5")]
    [InlineData("", "")]
    [InlineData("\n\n", "")]
    public void Cells_have_their_places(string text, string expected) => Assert.Equal(expected, Show(new CsvReader("f.csv", new StringReader(text))));

    // A cell, and whether it is in quotes though it need not be.
    private static readonly Gen<(string Text, bool IsQuoted)[][]> Table =
        Gen.Select(Gen.String[Gen.Char["ab,;\t\"\n\r é"], 0, 6], Gen.Bool).Array[1, 5].Array[1, 8];

    [Fact]
    public void What_a_writer_writes_is_read_back_with_its_places() => Gen.Select(Table, Gen.Char[",;\t"], Gen.Bool.Select(isLong => isLong ? "\r\n" : "\n")).Sample((table, separator, lineEnd) =>
    {
        // The separator is told by the first line.
        (string Text, bool IsQuoted)[] header = [.. Enumerable.Repeat(("h", false), 9)];
        StringBuilder text = new();
        StringBuilder expected = new();
        foreach (var row in table.Prepend(header))
        {
            var shown = new List<string>();
            foreach (var (index, (cell, isQuoted)) in row.Select((one, at) => (at, one)))
            {
                text.Append(index > 0 ? separator : "");
                var start = PlaceAt(text);
                text.Append(isQuoted || cell.AsSpan().ContainsAny(Special) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
                shown.Add($"{cell}@{start}-{PlaceAt(text)}");
            }
            text.Append(lineEnd);
            if (row.Any(cell => cell.Text.Length > 0))
                expected.Append(expected.Length > 0 ? "|" : "").AppendJoin(' ', shown);
        }
        var streamed = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        return Show(new CsvReader("f.csv", new StringReader(text.ToString()))) == expected.ToString() && Show(CsvReader.Open("f.csv", streamed)) == expected.ToString();
    });

    [Fact]
    public void Byte_order_marks_are_obeyed()
    {
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.Equal("é@1:1-1:2 b@1:3-1:4", Show(CsvReader.Open("f.csv", new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes("é,b")]))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Rows_and_cells_are_as_long_as_they_may_be_and_no_more(int beyond)
    {
        Assert.Equal(beyond == 0 ? null : "a row has more than 4096 cells", Fault(new string(',', CsvReader.MaxCells - 1 + beyond) + "\na,b"));
        Assert.Equal(beyond == 0 ? null : "this cell has more than 1048576 characters", Fault($"a,{new string('x', CsvReader.MaxCellLength + beyond)}"));
        var row = string.Join(',', Enumerable.Repeat(new string('x', CsvReader.MaxCellLength - 1), 16));
        Assert.Equal(beyond == 0 ? null : "the row of this cell has more than 16777216 characters", Fault(row + (beyond == 0 ? "" : ",xx")));
    }

    [Fact]
    public void A_quote_without_its_end_is_told_where_it_begins()
    {
        CsvReader reader = new("f.csv", new StringReader("a,b\n1,2\n3,\"x\n\n"));
        Assert.Equal(2, Rows(reader).Count);
        Assert.Equal(("this quote is not closed", 3, 3), (reader.Fault!.Why, reader.Fault.Span.Line, reader.Fault.Span.Column));
        Assert.Equal("this cell has more than 1048576 characters; close its quote", Fault($"a\n\"{new string('\n', CsvReader.MaxCellLength + 1)}"));
    }

    [Fact]
    public void Hostile_files_end_with_a_fault_or_are_read()
    {
        Assert.NotNull(Fault(new string(',', 10_000_000)));
        Assert.Null(Fault(new string('\0', 100_000)));
        Assert.Null(Fault(new string('\r', 100_000)));
        Assert.Null(Fault("a,b\n\0,\u0001\u001b[31m\n"));
    }

    [Fact]
    public void A_large_file_is_not_held()
    {
        using Repeated content = new("name,technique\n"u8.ToArray(), Encoding.UTF8.GetBytes($"\"{new string('x', 1000)}\",T1003\n"), 100_000, []);
        var reader = CsvReader.Open("f.csv", content);
        var (count, most) = (0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        while (reader.Next() is { } row)
            if (++count % 20_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        Assert.Equal((100_001, null), (count, reader.Fault));
        Assert.InRange(most, long.MinValue, 24 << 20); // other tests run beside it
    }

    private static string PlaceAt(StringBuilder text)
    {
        var written = text.ToString();
        return $"{written.Count(c => c == '\n') + 1}:{written.Length - written.LastIndexOf('\n')}";
    }

    private static string? Fault(string text)
    {
        CsvReader reader = new("f.csv", new StringReader(text));
        Rows(reader);
        return reader.Fault?.Why;
    }

    private static List<ImmutableArray<CsvCell>> Rows(CsvReader reader)
    {
        List<ImmutableArray<CsvCell>> rows = [];
        while (reader.Next() is { } row)
            rows.Add(row);
        return rows;
    }

    private static string Show(CsvReader reader) => string.Join('|', Rows(reader).Select(row => string.Join(' ', row.Select(cell => $"{cell.Text}@{cell.Span.Line}:{cell.Span.Column}-{cell.Span.EndLine}:{cell.Span.EndColumn}"))));
}
