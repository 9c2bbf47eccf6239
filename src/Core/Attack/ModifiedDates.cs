using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>On which day objects of a release were last changed (STIX <c>modified</c>), for the merge of bundles over it. A table may not know it.</summary>
/// <param name="days">By ATT&amp;CK id, days as <c>2025-10-24</c> of UTC.</param>
internal sealed class ModifiedDates(IEnumerable<(string Id, string Day)> days)
{
    // Text to text: read with every table, asked for only by a merge.
    private readonly Dictionary<string, string> _days = days.DistinctBy(one => one.Id, StringComparer.Ordinal).ToDictionary(one => one.Id, one => one.Day, StringComparer.Ordinal);

    public static ModifiedDates Unknown { get; } = new([]);

    /// <summary>Every day with its ids, sorted.</summary>
    public IEnumerable<(string Day, ImmutableArray<string> Ids)> Days => _days.GroupBy(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Order(StringComparer.Ordinal).ToImmutableArray()));

    /// <summary>The day; null where it is not known.</summary>
    public string? Find(string id) => _days.GetValueOrDefault(id);

    /// <summary>The newest day; null where none is known.</summary>
    public string? Newest(IEnumerable<string> ids) => ids.Select(Find).OfType<string>().Max(StringComparer.Ordinal);
}
