using System.Text.Json;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Report.Html;

/// <summary>Texts and rules of a page, each written once and referred to by its position, as they are first met.</summary>
/// <param name="names">What actors are called.</param>
/// <param name="inventory">Null when what is collected is not known.</param>
internal sealed class ReportTable(PublishedNames names, LogSourceInventory? inventory)
{
    /// <summary>In UTF-16 units. What is longer helps nobody on a page and would make it heavy.</summary>
    private const int Longest = 400;

    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<DetectionRule, int> _rules = [];

    public PublishedNames Names => names;

    /// <summary>The position of a text as the page shows it; -1 for none.</summary>
    public int Text(string? text) => text is null ? -1 : Position(_texts, Shown(text));

    public int Rule(DetectionRule rule) => Position(_rules, rule);

    /// <summary>As others may read it: no name that is kept back, nothing that a browser or an eye would obey, and not without end.</summary>
    public string Shown(string text)
    {
        var safe = Whole(text);
        return safe.Length <= Longest ? safe : $"{safe.AsSpan(0, char.IsHighSurrogate(safe[Longest - 1]) ? Longest - 1 : Longest)}…";
    }

    /// <summary>The same of a sentence of Merlon's, which is not cut.</summary>
    public string Whole(string text) => Printable.Lines(names.In(text)).ReplaceLineEndings(" ");

    /// <summary>Both tables; last, when nothing is added to them.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("rules");
        foreach (var rule in _rules.Keys)
        {
            json.WriteStartArray();
            json.WriteStringValue(Shown(RuleName.Of(rule)));
            json.WriteStringValue(Shown(rule.Span.Path));
            json.WriteNumberValue(inventory is null || rule.LogSource is null || inventory.WhyMissing(rule) is not null ? 0 : 1);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        JsonReport.WriteStrings(json, "texts", _texts.Keys);
    }

    // A dictionary to which is only added keeps the order.
    private static int Position<T>(Dictionary<T, int> table, T value) where T : notnull
    {
        if (!table.TryGetValue(value, out var position))
            table[value] = position = table.Count;
        return position;
    }
}
