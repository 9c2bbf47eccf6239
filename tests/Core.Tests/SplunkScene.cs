using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Rules of the four Splunk formats, read as a program would, and what is in them as lines to compare.</summary>
internal static class SplunkScene
{
    public static RuleSource Source(string format, SearchScope scope = SearchScope.Correlation, string? names = null, bool idsInNames = false)
    {
        var found = RuleFormats.Find(format);
        Assert.NotNull(found);
        return new()
        {
            Name = "splunk",
            Format = found,
            Scope = scope,
            ReadsIdsInNames = idsInNames,
            Names = names is null ? null : new(names, System.Text.RegularExpressions.RegexOptions.NonBacktracking),
            Releases = [AttackReleases.Newest(AttackDomain.Enterprise)],
        };
    }

    public static RuleSet Read(RuleSource source, params ReadOnlySpan<(string Path, string Text)> files)
    {
        List<RuleFile> read = [];
        foreach (var (path, text) in files)
            read.Add(RuleFiles.Parse(path, new MemoryStream(Encoding.UTF8.GetBytes(text)), source));
        return RuleSet.Of([.. read]);
    }

    /// <summary>Techniques and tactics of each rule after its id.</summary>
    public static string Tags(RuleSet rules) => Lines(rules.Rules.Select(rule => string.Join(' ', [$"{rule.Id}:", .. rule.AttackTags.Select(tag => tag.Kind == AttackTagKind.Malformed ? $"?{tag.Text}" : tag.Name)])));

    /// <summary>Each tag as it stands in its file at the place that it says.</summary>
    public static string Placed(RuleSet rules, params ReadOnlySpan<(string Path, string Text)> files)
    {
        var lines = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (path, text) in files)
            lines[path] = text.TrimStart('\uFEFF').Split('\n');
        return Lines(rules.Rules.SelectMany(rule => rule.AttackTags).Select(tag => At(lines, tag.Span)));
    }

    public static string At(Dictionary<string, string[]> lines, SourceSpan span) => lines[span.Path][span.Line - 1][(span.Column - 1)..(span.EndColumn - 1)];

    public static string Found(RuleSet rules) => LintRuleTests.Lines(rules.Diagnostics).TrimEnd('\n');

    public static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
