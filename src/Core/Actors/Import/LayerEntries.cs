using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;

namespace Merlon.Core.Actors.Import;

/// <summary>
/// The annotations of a layer, and which of them say that a technique is used. Like the Navigator: an entry without a tactic stands for all
/// tactics of its technique, and the last entry for a cell is the one that holds.
/// </summary>
internal sealed class LayerEntries(ImportFile file, ImportContext context)
{
    private readonly Dictionary<string, Cells> _techniques = new(StringComparer.OrdinalIgnoreCase);
    private int _disabled, _zero, _opened;

    public ImmutableArray<ImportedTechnique> Read(JsonElement entries)
    {
        foreach (var entry in entries.EnumerateArray())
            if (entry.ValueKind == JsonValueKind.Object && entry.Text("techniqueID") is { } id)
                Add(id.Trim(), entry);
            else
                context.Diagnostics.Add(ImportDiagnostics.LeftOut.At(file.Of(entry), "this entry of the layer is left out: it has no 'techniqueID'"));
        ReportUnclaimed(entries);
        return [.. _techniques.Values.SelectMany(cells => cells.Claims)];
    }

    private void Add(string id, JsonElement entry)
    {
        if (!_techniques.TryGetValue(id, out var cells))
            _techniques[id] = cells = new(TacticsOf(id));
        cells.Set(entry.Text("tactic") is { Length: > 0 } tactic ? tactic : null, IsClaim(entry) ? new(id, file.Of(entry), entry.Text("comment") ?? "") : null);
    }

    private ImmutableArray<string> TacticsOf(string id) => TechniqueId.TryParse(id, out var parsed)
        ? context.Releases.Select(release => release.Find(parsed)).FirstOrDefault(technique => technique is not null)?.Tactics ?? [] : [];

    private bool IsClaim(JsonElement entry)
    {
        if (entry.TryGetProperty("enabled", out var enabled) && enabled.ValueKind == JsonValueKind.False)
            return Count(ref _disabled);
        if (ScoreOf(entry) is { } score)
            return score != 0 || context.Options.CountsZeroScores || Count(ref _zero);
        var isAnnotated = entry.Text("color") is { Length: > 0 } || entry.Text("comment") is { Length: > 0 } || entry.Items("metadata").Any() || entry.Items("links").Any();
        // What a user never touched stands in a layer only to hold its sub-techniques open; a bare id is a list's.
        return isAnnotated || !entry.TryGetProperty("showSubtechniques", out _) || Count(ref _opened);
    }

    // Some tools write it as text.
    private static double? ScoreOf(JsonElement entry) => !entry.TryGetProperty("score", out var score) ? null : score.ValueKind switch
    {
        JsonValueKind.Number => score.TryGetDouble(out var number) ? number : null,
        JsonValueKind.String => double.TryParse(score.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    private static bool Count(ref int entries)
    {
        entries++;
        return false;
    }

    private void ReportUnclaimed(JsonElement entries)
    {
        List<string> parts = [];
        foreach (var (count, what) in new[] { (_disabled, "disabled"), (_zero, "of score 0 (--zero-scores takes them)"), (_opened, "without any mark") })
            if (count > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
        if (parts.Count > 0)
            context.Diagnostics.Add(ImportDiagnostics.NoClaim.At(file.Of(entries), $"entries that claim nothing: {string.Join(", ", parts)}"));
    }

    /// <summary>What a layer says of one technique, by tactic.</summary>
    private sealed class Cells(ImmutableArray<string> tactics)
    {
        private readonly Dictionary<string, ImportedTechnique?> _byTactic = new(StringComparer.OrdinalIgnoreCase);
        private ImportedTechnique? _everywhere;

        public IEnumerable<ImportedTechnique> Claims =>
            _byTactic.Values.Append(tactics.IsEmpty || tactics.Any(tactic => !_byTactic.ContainsKey(tactic)) ? _everywhere : null).OfType<ImportedTechnique>().DistinctBy(one => one.Comment);

        public void Set(string? tactic, ImportedTechnique? claim)
        {
            if (tactic is not null)
            {
                _byTactic[tactic] = claim;
                return;
            }
            _byTactic.Clear();
            _everywhere = claim;
        }
    }
}
