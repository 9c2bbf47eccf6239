using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>On which day objects of a release were last changed (STIX <c>modified</c>), for the merge of bundles over it. A table may not know it.</summary>
/// <param name="lines">Days as <c>2025-10-24</c> of UTC, each with the ids that a table lists for it.</param>
internal sealed class ModifiedDates(IReadOnlyCollection<string[]> lines)
{
    // Read with every table and asked for only by a merge.
    private Dictionary<string, string> ById => field ??= Read(lines);

    public static ModifiedDates Unknown { get; } = new([]);

    /// <summary>Every day with its ids, sorted.</summary>
    public IEnumerable<(string Day, ImmutableArray<string> Ids)> Days => ById.GroupBy(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Order(StringComparer.Ordinal).ToImmutableArray()));

    /// <summary>The day; null where it is not known.</summary>
    public string? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>The newest day; null where none is known.</summary>
    public string? Newest(IEnumerable<string> ids) => ids.Select(Find).OfType<string>().Max(StringComparer.Ordinal);

    private static Dictionary<string, string> Read(IEnumerable<string[]> lines)
    {
        Dictionary<string, string> days = new(StringComparer.Ordinal);
        foreach (var line in lines)
            foreach (var id in line[1].Split(TableText.ListSeparator))
                days.TryAdd(TableText.Unescape(id) ?? "", line[0]);
        return days;
    }
}
