using System.Text;
using System.Text.Json;
using CsCheck;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;
using Merlon.Core.Sources.Records;
using Xunit;

namespace Merlon.Core.Tests;

public class JsonRecordsTests
{
    [Theory]
    [InlineData("[{\"a\":1},{\"a\":2}]", null, "1:2 {\"a\":1}|1:10 {\"a\":2}")]
    [InlineData("{\"a\":1}", null, "1:1 {\"a\":1}")]
    [InlineData("{\"a\":1}\n{\"a\":2}\r\n\n  {\"a\":3}\n", null, "1:1 {\"a\":1}|2:1 {\"a\":2}|4:3 {\"a\":3}")]
    [InlineData("{\"a\":1}{\"a\":2} 3 \"x\"", null, "1:1 {\"a\":1}|1:8 {\"a\":2}|1:16 3|1:18 \"x\"")]
    [InlineData("{\"updated\":\"x\",\"entry\":[{\"a\":[{}]},\n[1],2],\"paging\":{\"total\":3,\"deep\":[4]}}", "entry", "1:25 {\"a\":[{}]}|2:1 [1]|2:5 2")]
    [InlineData("{\"d\":{\"rules\":[1]},\"rules\":[2]}", "d.rules", "1:16 1")]
    [InlineData("{\"r\":[{\"p\":{\"x\":1}},{\"p\":{\"x\":2}}]}", "r[].p", "1:12 {\"x\":1}|1:26 {\"x\":2}")]
    [InlineData("{\"result\":{\"x\":1}}\n{\"result\":{\"x\":2}}", "result", "1:11 {\"x\":1}|2:11 {\"x\":2}")]
    [InlineData("{\"é\":\"\U0001F600\",\"entry\":[{\"a\":1}]}", "entry", "1:20 {\"a\":1}")]
    [InlineData("", null, "")]
    [InlineData("[]", null, "")]
    public void Records_are_found_with_their_places(string json, string? at, string expected) => Assert.Equal(expected, Show(Reader(json, at)));

    [Theory]
    [InlineData("{\"entry\":[{\"a\":1}]}", "1:11 {\"a\":1}")]
    [InlineData("{\"a\":{\"b\":[1]}}", "1:1 {\"a\":{\"b\":[1]}}")]
    [InlineData("[{\"entry\":[]}]", "1:2 {\"entry\":[]}")]
    [InlineData("{\"a\":1}\n{\"entry\":[2]}\n{\"a\":3}", "1:1 {\"a\":1}|2:11 2|3:1 {\"a\":3}")]
    public void The_root_is_the_record_where_no_path_leads_on(string json, string expected) => Assert.Equal(expected, Show(Reader(json, "entry", orRoot: true)));

    [Fact]
    public void Single_values_around_the_records_are_kept_by_path()
    {
        var reader = Reader("{\"updated\":\"2026-01-02\",\"entry\":[{\"a\":1}],\n\"paging\":{\"total\":3,\"deep\":[4],\"more\":false}}", "entry");
        Assert.Single(reader.Read());
        Assert.Equal("paging.more=false@2:39 paging.total=3@2:19 updated=2026-01-02@1:12", string.Join(' ', reader.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value.Text}@{pair.Value.Span.Line}:{pair.Value.Span.Column}")));
    }

    [Fact]
    public void Every_element_and_name_has_its_place()
    {
        var record = Assert.Single(Reader("{\"é\":\n  [\"T1003\", \"a\\n\", -12.5, true, null, {}],\"name\":\"\U0001F600x\"}").Read());
        var items = record.Root.EnumerateObject().First();
        Assert.Equal(new SourceSpan("f.json", 1, 3, 1, 4), record.PlaceOf(items));
        Assert.Equal("2:3-2:4 2:5-2:10 2:13-2:18 2:20-2:25 2:27-2:31 2:33-2:37 2:39-2:40 2:51-2:54", string.Join(' ',
            items.Value.EnumerateArray().Prepend(items.Value).Append(record.Root.GetProperty("name")).Select(record.PlaceOf).Select(span => $"{span.Line}:{span.Column}-{span.EndLine}:{span.EndColumn}")));
        var tag = Assert.Single(new AttackTokens([]).Read("T1003", record.PlaceOf(items.Value[0])));
        Assert.Equal((2, 5, 10), (tag.Span.Line, tag.Span.Column, tag.Span.EndColumn));
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":}\n{\"a\":3}", null, "1:1 {\"a\":1}|3:1 {\"a\":3}", "MRL1102 2:6", true)]
    [InlineData("{\"a\":1}\n{\"a\":2\n{\"a\":3}\n", null, "1:1 {\"a\":1}|3:1 {\"a\":3}", "MRL1102 3:1", true)]
    [InlineData("{\"a\":1}\nrubbish\n{\"a\":3}\n", null, "1:1 {\"a\":1}|3:1 {\"a\":3}", "MRL1102 2:1", true)]
    [InlineData("{\"a\":1}\n{\"a\":\"x", null, "1:1 {\"a\":1}", "MRL1102 2:6", true)]
    [InlineData("[{\"a\":1},{\"a\" 2},{\"a\":3}]", null, "1:2 {\"a\":1}", "MRL1101 1:15", false)]
    [InlineData("[{\"a\":1},{\"a\":2}", null, "1:2 {\"a\":1}|1:10 {\"a\":2}", "MRL1101 1:17", false)]
    [InlineData("{\"entry\":[{\"a\":1}", "entry", "1:11 {\"a\":1}", "MRL1101 1:18", false)]
    [InlineData("{\"a\":", null, "", "MRL1101 1:6", false)]
    [InlineData("<html>", null, "", "MRL1101 1:1", false)]
    [InlineData("\0\0{}", null, "", "MRL1101 1:1", false)]
    [InlineData("{\"entrie\":[]}", "entry", "", "MRL1101 1:1", false)]
    [InlineData("[{\"a\":\"\\ud83d\"},{\"a\":\"\\ud83d\\ude00\"}]", null, "1:17 {\"a\":\"\\ud83d\\ude00\"}", "MRL1102 1:7", true)]
    public void What_is_broken_costs_as_little_as_may_be(string json, string? at, string records, string findings, bool isWhole)
    {
        var reader = Reader(json, at);
        Assert.Equal(records, Show(reader));
        Assert.Equal(findings, string.Join(' ', reader.Diagnostics.Select(found => $"{found.Info.Id} {found.Span.Line}:{found.Span.Column}")));
        Assert.Equal(isWhole, reader.IsWhole);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_cost_their_record()
    {
        byte[] bytes = [.. "[{\"a\":\"é"u8, 0xFF, .. "\"},{\"a\":2}]"u8];
        JsonRecords reader = new("f.json", new MemoryStream(bytes));
        Assert.Equal("1:13 {\"a\":2}", Show(reader));
        Assert.Equal("MRL1102 1:9", string.Join(' ', reader.Diagnostics.Select(found => $"{found.Info.Id} {found.Span.Line}:{found.Span.Column}")));
        JsonRecords name = new("f.json", new MemoryStream([.. "{\"b"u8, 0xFF, .. "\":2}"u8]), "entry");
        Assert.Empty(name.Read());
        Assert.Equal("MRL1101", Assert.Single(name.Diagnostics).Info.Id);
    }

    [Fact]
    public void Byte_order_marks_are_obeyed()
    {
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.Equal("1:2 {\"é\":1}", Show(new JsonRecords("f.json", new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes("[{\"é\":1}]")]))));
        JsonRecords half = new("f.json", new MemoryStream([0xFF, 0xFE, 0x00, 0xD8, 0x20, 0x00]));
        Assert.Empty(half.Read());
        Assert.Equal("MRL1101", Assert.Single(half.Diagnostics).Info.Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_record_is_as_deep_and_as_large_as_it_may_be_and_no_more(int beyond)
    {
        var deep = Reader($"[{new string('[', JsonRecords.MaxDepth - 1 + beyond)}{new string(']', JsonRecords.MaxDepth - 1 + beyond)},7]");
        Assert.Equal(2 - beyond, deep.Read().Count());
        Assert.Equal(beyond, deep.Diagnostics.Count);
        var large = Reader($"[\"{new string('x', JsonRecords.MaxRecordBytes - 2 + beyond)}\",7]");
        Assert.Equal(2 - beyond, large.Read().Count());
        Assert.Equal(beyond, large.Diagnostics.Count);
        Assert.True(large.IsWhole);
    }

    [Fact]
    public void Hostile_files_end_with_a_finding()
    {
        foreach (var hostile in new[] { new string('[', 3_000_000), new string('{', 3_000_000), string.Concat(Enumerable.Repeat("{\"a\":[\n", 100_000)), string.Concat(Enumerable.Repeat("{\n", 100_000)), string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) })
            foreach (var at in new[] { null, "entry" })
            {
                var reader = Reader(hostile, at);
                Assert.Empty(reader.Read());
                Assert.False(reader.IsWhole);
                Assert.InRange(reader.Diagnostics.Count, 1, JsonRecords.MaxBroken + 1);
            }
    }

    [Fact]
    public void A_large_file_is_not_held()
    {
        using Repeated content = new("{\"updated\":1,\"entry\":["u8.ToArray(), Encoding.UTF8.GetBytes($"{{\"name\":\"é T1003\",\"text\":\"{new string('x', 2000)}\"}},\n"), 50_000, "{}]}"u8.ToArray());
        JsonRecords reader = new("f.json", content, "entry");
        var (count, most) = (0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        SourceSpan last = default;
        foreach (var record in reader.Read())
        {
            last = record.Span;
            if (++count % 10_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }
        Assert.Equal((50_001, 50_001, 1), (count, last.Line, last.Column));
        Assert.InRange(most, long.MinValue, 24 << 20); // other tests run beside it
    }

    [Fact]
    public void Chunks_may_end_anywhere() => Gen.Int[1, 7].Array[1, 20].Sample(sizes =>
    {
        const string Json = "{\"updated\":\"é\",\"entry\":[{\"a\":\"\U0001F600é\",\"b\":[1,2]},\n {\"a\":\"\\u00e9\"}],\"more\":1}";
        return Show(new JsonRecords("f.json", new Trickle(Encoding.UTF8.GetBytes(Json), sizes), "entry")) == Show(Reader(Json, "entry"));
    });

    private static JsonRecords Reader(string json, string? at = null, bool orRoot = false) => new("f.json", new MemoryStream(Encoding.UTF8.GetBytes(json)), at, orRoot);

    private static string Show(JsonRecords reader) => string.Join('|', reader.Read().Select(record => $"{record.Span.Line}:{record.Span.Column} {record.Root.GetRawText()}"));
}

/// <summary>A stream that is made as it is read: a beginning, a piece many times over, and an end.</summary>
internal sealed class Repeated(byte[] start, byte[] piece, int times, byte[] end) : Stream
{
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => start.Length + ((long)piece.Length * times) + end.Length;

    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var before = _at;
        while (!buffer.IsEmpty && _at < Length)
        {
            var repeated = _at - start.Length;
            var from = repeated < 0 ? start.AsSpan((int)_at) : repeated < (long)piece.Length * times ? piece.AsSpan((int)(repeated % piece.Length)) : end.AsSpan((int)(repeated - ((long)piece.Length * times)));
            var part = from[..Math.Min(from.Length, buffer.Length)];
            part.CopyTo(buffer);
            buffer = buffer[part.Length..];
            _at += part.Length;
        }
        return (int)(_at - before);
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Bytes that come in pieces of given sizes, over and over.</summary>
internal sealed class Trickle(byte[] bytes, int[] sizes) : MemoryStream(bytes)
{
    private int _turn;

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, sizes[_turn++ % sizes.Length]));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, sizes[_turn++ % sizes.Length])]);
}
