using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Matching;
using Merlon.Core.Sigma;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Rules and events as text into matchers and what they say.</summary>
internal static class MatchingScene
{
    /// <param name="detection">In YAML's flow style: <c>s: {F: x}, condition: s</c>.</param>
    public static SigmaRule Rule(string detection, string logSource = "product: windows", string more = "") =>
        Assert.Single(SigmaFile.Parse("r.yml", Encoding.UTF8.GetBytes($"title: r\n{more}logsource: {{{logSource}}}\ndetection: {{{detection}}}\n")).Rules);

    public static RuleMatcher Matcher(string detection, FieldMappings? mappings = null, params IEnumerable<SigmaRule> filters) =>
        RuleMatcher.Create(Rule(detection), filters, mappings ?? FieldMappings.Empty);

    /// <summary>A rule of one item, <c>F|contains: x</c>.</summary>
    public static RuleMatcher Item(string item) => Matcher($"s: {{{item}}}, condition: s");

    public static ImmutableArray<LogEvent> Events(string json) => Events(json, out var found) is var events && found.Length == 0 ? events : throw new ArgumentException(found);

    public static ImmutableArray<LogEvent> Events(string json, out string found) => Events(Encoding.UTF8.GetBytes(json), out found);

    public static ImmutableArray<LogEvent> Events(byte[] json, out string found)
    {
        List<Diagnostic> diagnostics = [];
        var events = EventReader.Read("e.json", json, diagnostics);
        found = string.Join('\n', diagnostics.Select(one => $"{one.Span.Line}:{one.Span.Column} {one.Info.Id} {one.Message}"));
        return events;
    }

    public static LogEvent Event(string json) => Assert.Single(Events(json));
}
