using System.Text;
using System.Text.Json;
using Merlon.Core.Gate;
using Merlon.Core.Json;
using Merlon.Core.Sources.Splunk;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>A text that cannot be taken out of JSON is a fault of the whole, told once.</summary>
public sealed class JsonTextTests
{
    private const string Half = @"a text in it holds half of a surrogate pair; write both halves, as in \ud83d\ude00";

    [Theory]
    [InlineData("""{"\ud800": 1}""", "1:2")]
    [InlineData("""{"a": ["b", "\uDFFF"]}""", "1:13")]
    [InlineData("{\n\"é\": 1, \"\\ud83d\\ud83d\": 2}", "2:9")]
    public void Half_of_a_surrogate_pair_is_told_where_it_stands(string json, string place)
    {
        var error = Assert.Throws<NotUnicodeException>(() => JsonText.Parse(Encoding.UTF8.GetBytes(json)));
        Assert.Equal((Half, place), (error.Message, Place(error, Encoding.UTF8.GetBytes(json))));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_told_where_they_stand()
    {
        byte[] json = [.. "{\"é\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8];
        var error = Assert.Throws<NotUnicodeException>(() => JsonText.Parse(json));
        Assert.Equal(("it holds bytes that are not UTF-8; save the file as UTF-8", "1:7"), (error.Message, Place(error, json)));
    }

    [Theory]
    [InlineData("""{"a": "\ud83d\ude00 \\ud800"}""")]
    [InlineData("\"\\uD83D\\uDE00\"")]
    public void Whole_pairs_and_escaped_backslashes_are_well(string json) => JsonText.Parse(Encoding.UTF8.GetBytes(json)).Dispose();

    [Fact]
    public void Nesting_has_a_limit()
    {
        JsonText.Parse("[[1]]"u8.ToArray(), depth: 2).Dispose();
        Assert.ThrowsAny<JsonException>(() => JsonText.Parse("[[[1]]]"u8.ToArray(), depth: 2));
    }

    [Theory]
    [InlineData("""{"\ud800version":1,"definition":"00","claims":[""")]
    [InlineData("""{"schemaVersion":1,"definition":"\ud800","claims":[""")]
    [InlineData("""{"technique":"T1059","actor":"\ud800","proofs":[]},""")]
    [InlineData("""{"technique":"T1059","actor":"a","proofs":["\ud800"]},""")]
    public void A_coverage_baseline_with_half_a_pair_is_none(string text)
    {
        Assert.Null(Ratchet.TryRead("a.json", Encoding.UTF8.GetBytes(text), out var error));
        Assert.Equal(1, error!.Span.Line);
    }

    [Fact]
    public void Metadata_with_half_a_pair_are_no_map()
    {
        Assert.Null(JsonFlags.Find("""{"\ud800":1,"deprecated":1}""", "deprecated", out var isMap));
        Assert.False(isMap);
    }

    private static string Place(JsonException error, byte[] json) => JsonText.PlaceOf(error, json, "a") is var span ? $"{span.Line}:{span.Column}" : "";
}
