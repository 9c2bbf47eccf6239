using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;
using Merlon.Core.Sources.Tables;
using Merlon.Core.Yaml;

namespace Merlon.Core.Tests;

/// <summary>Rules read by a map, and what tests say of them.</summary>
internal static class Tables
{
    public static RuleSource Source(string format, string map, string mapPath = "map.yml", AttackRelease? release = null, bool idsInNames = false, string? names = null)
    {
        var read = Map(format, map, out var found, mapPath);
        Xunit.Assert.Equal("", Show(found));
        return new()
        {
            Name = "siem",
            Format = RuleFormats.Find(format)!,
            Releases = [release ?? Measure.Attack],
            Map = read!,
            ReadsIdsInNames = idsInNames,
            Names = names is null ? null : new(names),
        };
    }

    public static TableMap? Map(string format, string map, out List<Diagnostic> found, string path = "map.yml")
    {
        var file = YamlFile.Parse(path, Encoding.UTF8.GetBytes(map));
        found = [.. file.Diagnostics];
        return file.Documents is [{ Root: YamlMapping root }] ? new TableMapReader(new(root, ConfigurationDiagnostics.Shape, found), ((TableSource)RuleFormats.Find(format)!).Shape).Read() : null;
    }

    public static RuleFile File(RuleSource source, string content, string path = "a.txt") => File(source, new MemoryStream(Encoding.UTF8.GetBytes(content)), path);

    public static RuleFile File(RuleSource source, Stream content, string path = "a.txt") => source.Format.Read(path, content, source);

    public static RuleSet Set(string format, string map, params string[] contents)
    {
        var source = Source(format, map);
        return RuleSet.Of([.. contents.Select((content, index) => File(source, content, $"{(char)('a' + index)}.txt"))]);
    }

    /// <summary>Each rule in a line: <c>2 A name [T1059@2:8, T1003! (malformed), (T1547) (a holder)]</c>.</summary>
    public static string Rules(RuleSet set) => string.Join('\n', set.Rules.Select(rule => $"{rule.Span.Line}:{rule.Span.Column} {rule.Title} {Tags(rule)}"));

    public static string Tags(DetectionRule rule) => $"[{string.Join(", ", rule.AttackTags.Select(tag => $"{(tag.IsHolder ? $"({tag.Name})" : tag.Name)}{(tag.Kind == AttackTagKind.Malformed ? "!" : "")}@{tag.Span.Line}:{tag.Span.Column}-{tag.Span.EndColumn}"))}]";

    public static string Show(IEnumerable<Diagnostic> found) => string.Join('\n', found.InReportOrder().Select(one => $"{one.Span.Path}:{one.Span.Line}:{one.Span.Column} {one.Info.Id} {one.Message}"));
}
