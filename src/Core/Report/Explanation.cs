using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;

namespace Merlon.Core.Report;

/// <summary>What an id means: its page.</summary>
internal static class Explanation
{
    private const string Prefix = "MRL";

    /// <param name="word">An id in any case, with or without <c>MRL</c>.</param>
    public static DiagnosticInfo? Find(string word) => DiagnosticCatalog.All.FirstOrDefault(info => info.Id == IdOf(word));

    /// <summary>Why a word is no id.</summary>
    public static string Unknown(string word) =>
        $"'{word}' is not the id of a finding{(Spelling.Nearest(IdOf(word), DiagnosticCatalog.All.Select(info => info.Id)) is { } nearest ? $"; did you mean '{nearest}'?" : "; findings begin with their id, such as MRL3001")}";

    /// <summary>The page of an id for which there is no other: what its check says of itself.</summary>
    public static string Page(DiagnosticInfo info) => RuleDocs.Page(info, PresetsOf(info), example: null);

    /// <param name="page">Markdown, which reads well as it is.</param>
    public static string Text(string page, bool isColoured)
    {
        var safe = Printable.Lines(page);
        return !isColoured ? safe : string.Join('\n', safe.Split('\n').Select(line =>
            line.StartsWith('#') ? Terminal.Bold(line, isColoured) : line.StartsWith("```", StringComparison.Ordinal) ? Terminal.Dim(line, isColoured) : line));
    }

    public static string Json(DiagnosticInfo info, string page) => JsonReport.Write(json =>
    {
        JsonReport.WriteTool(json);
        json.WriteString("id", info.Id);
        json.WriteString("title", info.Title);
        json.WriteString("severity", info.Severity.Name);
        JsonReport.WriteStrings(json, "presets", PresetNames.All.Where(preset => PresetsOf(info)?.HasFlag(preset.Preset) ?? true).Select(preset => preset.Name));
        json.WriteString("rationale", info.Rationale.ReplaceLineEndings("\n"));
        json.WriteString("source", info.Source);
        json.WriteString("help", info.Page);
        json.WriteString("page", page);
    });

    private static Preset? PresetsOf(DiagnosticInfo info) => LintRules.All.FirstOrDefault(rule => rule.Info == info)?.Presets;

    private static string IdOf(string word)
    {
        var upper = word.ToUpperInvariant();
        return upper.StartsWith(Prefix, StringComparison.Ordinal) ? upper : Prefix + upper;
    }
}
