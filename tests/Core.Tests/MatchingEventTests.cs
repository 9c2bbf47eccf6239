using System.Diagnostics;
using System.Text;
using Merlon.Core.Matching;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Files of events in the forms that programs write, and those that were made to do harm.</summary>
public class MatchingEventTests
{
    [Theory]
    [InlineData("""{"a":1}""", 1)]
    [InlineData("""[{"a":1},{"a":2}]""", 2)]
    [InlineData("{\"a\":1}\n{\"a\":2}\r\n\n{\"a\":3}\n", 3)]
    [InlineData("{\n  \"a\": 1\n}\n{\n  \"a\": \"}\"\n}", 2)]
    [InlineData("{\"a\":1}{\"a\":2}", 2)]
    [InlineData("\uFEFF{\"a\":1}", 1)]
    [InlineData("\"a line\"\n\"another\"", 2)]
    public void Events_stand_in_a_file_in_several_ways(string text, int count)
    {
        Assert.Equal(Enumerable.Range(0, count), MatchingScene.Events(text).Select(e => e.Index));
        Assert.Equal(count, MatchingScene.Events([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text.TrimStart('\uFEFF'))], out var found).Length);
        Assert.Equal("", found);
    }

    [Theory]
    [InlineData("", 0, "1:1 MRL6083 file has no events; write at least one JSON map")]
    [InlineData("{\"a\":1}\n{\"a\":}\n{\"a\":3}", 2, "2:6 MRL6080 JSON is not valid here; correct the event or remove it")]
    [InlineData("{\"a\":1}\n{\"a\":\"x\n{\"a\":3}", 2, "2:8 MRL6080 event is not closed; add what is missing or remove it")]
    [InlineData("[{\"a\":1},\n  {\"é\":1,}, {\"a\":3}]", 2, "2:10 MRL6080 JSON is not valid here; correct the event or remove it")]
    [InlineData("[{\"a\":1}", 1, "1:9 MRL6080 list of events is not closed; add ']' or the events that are missing")]
    [InlineData("{\"a\":1}\n12 {\"a\":2}", 2, "2:1 MRL6081 the number 12 stands where an event is expected; write a map of names and values")]
    [InlineData("{\"a\":\"\\ud800\"}", 0, "1:1 MRL6080 event has text that is not valid Unicode; write it in UTF-8, without half surrogate pairs")]
    public void A_broken_event_is_found_where_it_stands_and_hides_no_other(string text, int count, string finding)
    {
        Assert.Equal(count, MatchingScene.Events(text, out var found).Length);
        Assert.Equal(finding, found);
    }

    [Fact]
    public void An_event_has_the_place_where_it_begins() =>
        Assert.Equal([(1, 2), (2, 3), (2, 15)], MatchingScene.Events("[{\"a\":1},\n  {\"é\":\"𝄞\"}, {\"a\":2}]").Select(e => (e.Span.Line, e.Span.Column)));

    [Theory]
    [InlineData("""{"Event":{"System":{"Provider":{"#attributes":{"Name":"P"}},"EventID":{"#attributes":{"Qualifiers":3},"#text":7045},"Channel":"C","Security":null},"EventData":{"X":"v","Y Z":"w"}}}""")]
    [InlineData("""{"Event":{"System":{"Provider_attributes":{"Name":"P"},"EventID":7045,"EventID_attributes":{"Qualifiers":3},"Channel":"C"},"EventData":{"Data":[{"#attributes":{"Name":"X"},"#text":"v"},{"#attributes":{"Name":"Y Z"},"#text":"w"}]}}}""")]
    [InlineData("""{"Event":{"System":{"Provider":{"@Name":"P"},"EventID":{"@Qualifiers":"3","#text":"7045"},"Channel":"C"},"EventData":{"Data":[{"@Name":"X","#text":"v"},{"@Name":"Y Z","#text":"w"}]}}}""")]
    [InlineData("""{"System":{"Provider":{"Name":"P"},"EventID":"7045","EventID_attributes":{"Qualifiers":3},"Channel":"C"},"UserData":{"Inner":{"xmlns":"u","X":"v","Y Z":"w"}}}""")]
    [InlineData("""{"EventID_Qualifiers":3,"winlog":{"channel":"C","provider_name":"P","event_id":7045,"event_data":{"X":"v","YZ":"w"}},"event":{"code":"7045"}}""")]
    [InlineData("""{"_index":"i","_source":{"EventID_Qualifiers":3,"winlog.channel":"C","winlog.provider_name":"P","winlog.event_id":"7045","winlog.event_data.X":"v","winlog.event_data.YZ":"w"}}""")]
    [InlineData("""{"preview":false,"result":{"EventID":"7045","EventID_Qualifiers":3,"Channel":"C","SourceName":"P","X":"v","YZ":"w"}}""")]
    public void A_Windows_event_has_the_same_fields_in_every_form(string json)
    {
        var e = MatchingScene.Event(json);
        Assert.True(MatchingScene.Item("EventID: 7045, Provider_Name: p, Channel: c, X: V, YZ: W, EventID_Qualifiers: 3").Matches(e), MatchingScene.Item("EventID: 7045, Provider_Name: p, Channel: c, X: V, YZ: W, EventID_Qualifiers: 3").Explain(e).Summary);
        Assert.Equal(new EventOrigin("windows", "C", "P", 7045), e.Origin);
    }

    [Theory]
    [InlineData("""{"Event":{"System":{"TimeCreated":{"#attributes":{"SystemTime":"2025-01-02T03:04:05.1234567890Z"}}}}}""", "2025-01-02T03:04:05.1234567+00:00")]
    [InlineData("""{"@timestamp":"2025-01-02T03:04:05+02:00"}""", "2025-01-02T03:04:05.0000000+02:00")]
    [InlineData("""{"UtcTime":"2025-01-02 03:04:05.678"}""", "2025-01-02T03:04:05.6780000+00:00")]
    [InlineData("""{"ts":1735787045.5}""", "2025-01-02T03:04:05.5000000+00:00")]
    [InlineData("""{"time":"now"}""", null)]
    public void An_event_says_when_it_was(string json, string? time) =>
        Assert.Equal(time, MatchingScene.Event(json).Time?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void What_lies_in_the_data_of_an_event_wins_over_its_header()
    {
        var e = MatchingScene.Event("""{"Event":{"System":{"EventID":1,"Level":4},"EventData":{"Level":"high"}}}""");
        Assert.True(MatchingScene.Item("Level: high").Matches(e));
        Assert.False(MatchingScene.Item("Level: 4").Matches(e));
    }

    [Fact]
    public void Events_that_were_made_to_do_harm_are_refused_in_time()
    {
        var watch = Stopwatch.StartNew();
        MatchingScene.Events($"{new string('[', 10_000)}{new string(']', 10_000)}\n{{\"a\":1}}", out var deep);
        Assert.Contains("levels deep, and 64 are the limit", deep, StringComparison.Ordinal);
        Assert.Single(MatchingScene.Events($"{{\"a\":\"{new string('x', 50_000_000)}\"}}\n{{\"a\":1}}", out var large));
        Assert.Contains("are the limit; shorten it", large, StringComparison.Ordinal);
        Assert.Empty(MatchingScene.Events($"{{\"a\":[{string.Join(',', Enumerable.Repeat('1', 100_000))}]}}", out var many));
        Assert.Contains("more than 20000 values", many, StringComparison.Ordinal);
        Assert.Empty(MatchingScene.Events(string.Concat(Enumerable.Repeat("{\"a\":\"\n", 100_000)), out var broken));
        Assert.Contains("the rest of the file is left out", broken, StringComparison.Ordinal);
        Assert.Empty(MatchingScene.Events(new byte[EventLimits.MaxFileBytes + 1], out var file));
        Assert.Contains("are the limit; split it", file, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
    }

    [Fact]
    public void Expressions_and_patterns_that_were_made_to_stall_end()
    {
        var watch = Stopwatch.StartNew();
        var text = new string('a', 500_000);
        var e = MatchingScene.Event($"{{\"F\":\"{text}!\"}}");
        // Without a way back the time grows with the text alone.
        Assert.Equal(MatchOutcome.NotMatched, MatchingScene.Item("F|re: '(a+)+$'").Evaluate(e));
        // With one, nothing is known, and after a few times nothing is tried.
        var stalling = MatchingScene.Item("F|re: '^(?=(a+)+$)b'");
        for (var i = 0; i < 10; i++)
            Assert.Equal(MatchOutcome.NotEvaluated, stalling.Evaluate(e));
        Assert.False(stalling.Matches(e));
        Assert.Contains("ran out of time", stalling.Explain(e).Summary, StringComparison.Ordinal);
        var negated = MatchingScene.Matcher("s: {F|re: '^(?=(a+)+$)b'}, t: {F|startswith: a}, condition: not s and t");
        Assert.Equal(MatchOutcome.NotEvaluated, negated.Evaluate(e));
        Assert.NotEqual(MatchOutcome.Matched, MatchingScene.Item($"F: '{string.Concat(Enumerable.Repeat("*a?a", 1_000))}b'").Evaluate(e));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 120);
    }
}
