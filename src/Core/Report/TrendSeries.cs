using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>One line of a trend: an actor, or the union of all, in one domain.</summary>
/// <param name="Label">The name, with the domain where there are several.</param>
/// <param name="PublicLabel">The same with the name that may be published.</param>
/// <param name="Numbers">One for each point, null where there is none.</param>
internal sealed record TrendSeries(string Label, string PublicLabel, bool IsUnion, ImmutableArray<TrendNumber?> Numbers)
{
    /// <summary>Those of the newest points first, in their order.</summary>
    public static ImmutableArray<TrendSeries> Of(Trend trend)
    {
        List<(string Name, AttackDomain Domain, bool IsUnion)> keys = [];
        Dictionary<(string Name, AttackDomain Domain, bool IsUnion), TrendNumber?[]> found = [];
        for (var at = trend.Points.Length - 1; at >= 0; at--)
            foreach (var number in trend.Points[at].Numbers)
            {
                var key = KeyOf(number);
                if (!found.TryGetValue(key, out var numbers))
                {
                    keys.Add(key);
                    found[key] = numbers = new TrendNumber?[trend.Points.Length];
                }
                numbers[at] = number;
            }
        var newest = keys.ConvertAll(key => found[key].Last(number => number is not null)!); // a key comes from a number
        var hasDomains = keys.Select(key => key.Domain).Distinct().Count() > 1;
        var names = PublicNames(newest, trend.Points.LastOrDefault(point => !point.Numbers.IsEmpty)?.Numbers ?? []);
        return
        [
            .. keys.Zip(newest, (key, number) =>
            {
                var domain = hasDomains ? $" ({number.Domain.Name})" : "";
                return new TrendSeries($"{number.Name}{domain}", $"{(number.IsUnion ? number.Name : names.GetValueOrDefault(number.Name, number.Name))}{domain}", number.IsUnion, [.. found[key]]);
            }),
        ];
    }

    // Case alone makes no other actor of one.
    private static (string, AttackDomain, bool) KeyOf(TrendNumber number) => (number.Name.ToUpperInvariant(), number.Domain, number.IsUnion);

    // The newest profile of an actor says whether its name may be published. One that is tracked no longer takes a number that is not given.
    private static Dictionary<string, string> PublicNames(List<TrendNumber> newest, ImmutableArray<TrendNumber> current)
    {
        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
        ActorProfile[] hidden = [.. newest.Select(number => number.Profile).OfType<ActorProfile>().Where(profile => !profile.IsPublic)];
        var tracked = current.Select(number => number.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var next = hidden.Where(profile => tracked.Contains(profile.Name)).Select(profile => profile.Number).DefaultIfEmpty().Max();
        foreach (var profile in hidden.OrderBy(profile => !tracked.Contains(profile.Name)))
            if (!names.ContainsKey(profile.Name))
                names[profile.Name] = profile.Alias is not null || tracked.Contains(profile.Name) ? profile.PublicName : string.Create(CultureInfo.InvariantCulture, $"Actor {++next}");
        return names;
    }
}
