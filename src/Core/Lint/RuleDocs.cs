using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Lint;

/// <summary>What a page shows of a finding.</summary>
/// <param name="Bad">A file that has it.</param>
/// <param name="Output">What is reported on that file, one finding a line.</param>
/// <param name="Good">The same file without it.</param>
internal sealed record RuleExample(string Bad, string Output, string Good);

/// <summary>Writes the pages under <c>docs/rules/</c>. Links in them are relative to that folder.</summary>
internal static class RuleDocs
{
    /// <param name="presets">Null for a finding that no preset turns off.</param>
    public static string Page(DiagnosticInfo info, Preset? presets, RuleExample? example)
    {
        StringBuilder page = new();
        page.Append($"# {info.Id}: {info.Title}\n\nSeverity: {info.Severity.Name}. Presets: {Words(presets)}.\n\n{info.Rationale.ReplaceLineEndings("\n")}\n");
        if (info.Source is { } source)
            page.Append($"\nSource: {(source.StartsWith("https:", StringComparison.Ordinal) ? $"<{source}>" : $"[{source}](../../{source})")}\n");
        if (example is not null)
            page.Append($"\n## Reported\n\n{Fenced("yaml", example.Bad)}\n{Fenced("text", example.Output)}\n## Not reported\n\n{Fenced("yaml", example.Good)}");
        return page.ToString();
    }

    /// <summary>The table of all ids, <c>docs/rules/README.md</c>.</summary>
    public static string Table(IEnumerable<(DiagnosticInfo Info, Preset? Presets)> rows)
    {
        StringBuilder page = new("# Findings\n\n| Id | Severity | Presets | Title |\n|---|---|---|---|\n");
        foreach (var (info, presets) in rows)
            page.Append($"| [{info.Id}]({info.Id}.md) | {info.Severity.Name} | {Words(presets)} | {info.Title} |\n");
        return page.ToString();
    }

    private static string Words(Preset? presets)
    {
        var names = PresetNames.All.Where(preset => presets?.HasFlag(preset.Preset) ?? true).Select(preset => preset.Name).ToArray();
        return names.Length == PresetNames.All.Length ? "all" : string.Join(", ", names);
    }

    private static string Fenced(string language, string text) => $"```{language}\n{text.TrimEnd('\n')}\n```\n";
}
