using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources;

/// <summary>
/// Connects what a SIEM says it runs with the Sigma rules that it was made from: by the Sigma id, wherever the search mentions it, else by its
/// exact title. The two are then one rule in two places.
/// </summary>
internal sealed class Inventories
{
    private readonly ILookup<string, DetectionRule> _byId;
    private readonly ILookup<string, DetectionRule> _byTitle;
    private readonly Dictionary<DetectionRule, List<DetectionRule>> _places = [];
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    private Inventories(ImmutableArray<DetectionRule> sigma)
    {
        _byId = sigma.Where(rule => rule.Id is not null).ToLookup(rule => rule.Id!, StringComparer.OrdinalIgnoreCase); // filtered
        _byTitle = sigma.ToLookup(rule => WithoutBrackets(rule.Title), StringComparer.Ordinal);
    }

    /// <summary>Tells the Sigma rules their places.</summary>
    /// <param name="sigma">Rules and correlations of Sigma.</param>
    /// <param name="others">Those of all other sources.</param>
    /// <returns>What is a place of a Sigma rule.</returns>
    public static (FrozenSet<DetectionRule> Placed, ImmutableArray<Diagnostic> Diagnostics) Link(ImmutableArray<DetectionRule> sigma, IEnumerable<DetectionRule> others)
    {
        var entries = others.Where(rule => rule.Source.DeploysSigma).ToArray();
        if (entries.Length == 0)
            return ([], []);
        Inventories inventories = new(sigma);
        foreach (var entry in entries)
            inventories.Add(entry);
        foreach (var (rule, places) in inventories._places)
            rule.Place([.. places]);
        return (inventories._places.Values.SelectMany(places => places).ToFrozenSet(), inventories._diagnostics.ToImmutable());
    }

    private void Add(DetectionRule entry)
    {
        var named = entry.Mentions.SelectMany(id => _byId[id]).Distinct().ToArray();
        var found = named.Length > 0 ? named : [.. new[] { entry.Title, entry.Label }.OfType<string>().Select(WithoutBrackets).Distinct().SelectMany(title => _byTitle[title]).Distinct()];
        if (found is [var rule])
        {
            if (!_places.TryGetValue(rule, out var places))
                _places[rule] = places = [];
            places.Add(entry);
        }
        else if (found.Length > 1)
            _diagnostics.Add(InventoryDiagnostics.AmbiguousPlace.At(entry.Span, $"'{entry.Title}' may be any of {found.Length} Sigma rules ({string.Join(", ", found.Take(3).Select(one => one.Span.Path))}{(found.Length > 3 ? ", ..." : "")}), so it shows of none that it runs; "
                + (named.Length > 0 ? "let it mention the id of one" : "let it mention the id of the one that it was made from")));
    }

    // A stanza's name can hold none: whoever writes them there leaves them out.
    private static string WithoutBrackets(string title) => title.AsSpan().ContainsAny('[', ']') ? title.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal) : title;
}
