using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors.Import;

/// <summary>An actor that attacks what somebody asked for.</summary>
/// <param name="Known">What ATT&amp;CK calls it; null where it knows nobody of this id, name or alias.</param>
/// <param name="Sectors">Those of the clusters that match, sorted.</param>
/// <param name="Countries">Those of the clusters that match, sorted.</param>
/// <param name="ClusterIds">UUIDs of the values of the clusters that say so, sorted.</param>
internal sealed record Suggestion(string Name, AttackObject? Known, ImmutableArray<string> Sectors, ImmutableArray<string> Countries, ImmutableArray<string> ClusterIds)
{
    public int Matches => Sectors.Length + Countries.Length;

    /// <summary>Actors with a match, by the number of matches and the name. What several clusters say of one actor is put together.</summary>
    public static ImmutableArray<Suggestion> Rank(IReadOnlyCollection<ImportedActor> actors, ImmutableArray<string> sectors, ImmutableArray<string> countries, IReadOnlyList<AttackRelease> releases) =>
    [
        .. actors.Select(actor => (Actor: actor, Known: KnownActor.FindObject(actor, releases)))
            .GroupBy(pair => pair.Known?.Id ?? ImportedNames.Short(pair.Actor.Name).ToUpperInvariant(), StringComparer.Ordinal)
            .Select(group => new Suggestion(
                group.First().Known?.Name ?? ImportedNames.Short(group.First().Actor.Name),
                group.First().Known,
                Sorted(group.SelectMany(pair => pair.Actor.Sectors).Where(sector => sectors.Any(asked => Import.Sectors.IsAsked(asked, sector)))),
                Sorted(group.SelectMany(pair => pair.Actor.Countries).Where(country => countries.Any(asked => Import.Countries.IsSame(asked, country)))),
                Sorted(group.Select(pair => pair.Actor.ClusterId).OfType<string>())))
            .Where(suggestion => suggestion.Matches > 0)
            .OrderByDescending(suggestion => suggestion.Matches)
            .ThenBy(suggestion => suggestion.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(suggestion => suggestion.Name, StringComparer.Ordinal),
    ];

    /// <summary>A finding for each sector or country that no actor has.</summary>
    public static IEnumerable<Diagnostic> Unknown(IReadOnlyCollection<ImportedActor> actors, ImmutableArray<string> sectors, ImmutableArray<string> countries)
    {
        var (allSectors, allCountries) = (Sorted(actors.SelectMany(actor => actor.Sectors)), Sorted(actors.SelectMany(actor => actor.Countries)));
        foreach (var asked in sectors.Where(asked => !allSectors.Any(sector => Import.Sectors.IsAsked(asked, sector))))
            yield return Report("sector", asked, allSectors);
        foreach (var asked in countries.Where(asked => !allCountries.Any(country => Import.Countries.IsSame(asked, country))))
            yield return Report("country", asked, allCountries);
    }

    private static Diagnostic Report(string what, string asked, ImmutableArray<string> all)
    {
        string[] near = [.. all.Where(one => Import.Sectors.Words(one).Any(word => Import.Sectors.Words(asked).Any(other => IsNear(word, other)))).Take(3)];
        return ImportDiagnostics.UnknownTarget.At(SourceSpan.StartOf(""), $"no actor of the clusters attacks {what} '{asked}'{(all.IsEmpty ? $"; they name no {what} at all" : near.Length > 0 ? $"; did you mean '{string.Join("', '", near.Select(StrangersText.Short))}'?" : Spelling.Hint(asked, all))}");
    }

    private static bool IsNear(string word, string other) =>
        Spelling.Nearest(other, [word]) is not null || (Math.Min(word.Length, other.Length) >= 4 && word.AsSpan(0, 4).Equals(other.AsSpan(0, 4), StringComparison.OrdinalIgnoreCase));

    private static ImmutableArray<string> Sorted(IEnumerable<string> texts) => [.. texts.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
}
