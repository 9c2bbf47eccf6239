using System.Globalization;
using System.Text;
using Merlon.Core.Actors;
using Merlon.Core.Attack;

namespace Merlon.Core.Report;

/// <summary>Texts of layers. Titles come from strangers and the Navigator shows them in a tooltip: each is one line without anything that a reader obeys, and none is endless.</summary>
internal static class LayerText
{
    /// <summary>How many rules a technique names.</summary>
    public const int MaxRules = 20;

    private const int MaxTitle = 120;
    private const int MaxIds = 50;

    /// <summary>A text of others on one line.</summary>
    public static string Line(string text) => Printable.Text(Cut(text));

    /// <summary>Lines that were put together: nothing that is hidden but their ends.</summary>
    public static string Lines(string text) => Printable.Lines(text);

    /// <summary>The first lines, and how many more there are.</summary>
    public static IEnumerable<string> Some(IReadOnlyCollection<string> lines) =>
        lines.Count <= MaxRules ? lines : lines.Take(MaxRules).Append(string.Create(CultureInfo.InvariantCulture, $"and {lines.Count - MaxRules} more"));

    /// <summary>Ids with commas, as many as can be read; empty for none.</summary>
    public static string List(IReadOnlyCollection<TechniqueId> ids) =>
        string.Join(", ", ids.Take(MaxIds)) + (ids.Count > MaxIds ? string.Create(CultureInfo.InvariantCulture, $" and {ids.Count - MaxIds} more") : "");

    /// <summary><c>accepted gap: no registry telemetry; until 2026-12-01</c>.</summary>
    /// <param name="showsReason">Whether what somebody wrote of it may be told.</param>
    public static string Of(Exclusion exclusion, bool showsReason) =>
        $"{exclusion.Kind switch { ExclusionKind.Accepted => "accepted gap", ExclusionKind.NotApplicable => "excluded, not applicable", _ => "excluded, not detectable" }}{(showsReason ? $": {Line(exclusion.Reason)}" : "")}{(exclusion.Until is { } until ? $"; until {until:yyyy-MM-dd}" : "")}";

    /// <summary>The colour that lies between two, as <c>#rrggbb</c>.</summary>
    /// <param name="score">0 for the first, 100 for the second.</param>
    public static string Between(string first, string second, int score)
    {
        StringBuilder colour = new("#");
        for (var at = 1; at < 7; at += 2)
        {
            var (from, to) = (Part(first, at), Part(second, at));
            colour.Append(CultureInfo.InvariantCulture, $"{from + ((to - from) * score / 100):x2}");
        }
        return colour.ToString();
    }

    private static int Part(string colour, int at) => int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // By runes: half a character is none, and neither is one that stands alone in the file.
    private static string Cut(string text)
    {
        StringBuilder cut = new();
        foreach (var rune in text.EnumerateRunes())
        {
            if (cut.Length >= MaxTitle)
                return $"{cut}…";
            cut.Append(rune);
        }
        return cut.ToString();
    }
}
