using System.Collections.Immutable;

namespace Merlon.Core.Gate;

/// <summary>Says which lines of policy differ, and what each difference does.</summary>
internal static class PolicyChanges
{
    private const string DefaultTarget = "targets.default";

    /// <summary>Compares what both sides come to: a default that is written, another order or another place is no change.</summary>
    /// <param name="atBase">Of merlon.yml and of every profile. The order of severities counts.</param>
    /// <param name="atHead">As above.</param>
    public static ImmutableArray<PolicyChange> Of(ImmutableArray<PolicyLine> atBase, ImmutableArray<PolicyLine> atHead)
    {
        var renamed = FindRenamed(atBase, atHead);
        var (from, to) = (Index(atBase, renamed), Index(atHead, []));
        var changes = SeverityPolicy.Compare(new(atBase), new(atHead)).ToList();
        foreach (var key in from.Keys.Union(to.Keys).Where(key => IsOfBothSides(key.Profile, from, to) || key.Name.Length == 0))
        {
            var (before, after) = (from.GetValueOrDefault(key), to.GetValueOrDefault(key));
            // A profile without a target of its own has that of merlon.yml.
            var isDefault = key is { Profile: not null, Name: DefaultTarget };
            var effect = PolicyEffects.Of(key.Name, before ?? (isDefault ? from.GetValueOrDefault((null, $"gate.{DefaultTarget}")) : null), after ?? (isDefault ? to.GetValueOrDefault((null, $"gate.{DefaultTarget}")) : null));
            // One that is written in neither has changed in merlon.yml alone.
            if (effect is { } known && (before ?? after) is { } written)
                changes.Add(new((after ?? written).Span, (after ?? written).Key, before?.Value, after?.Value, known));
        }
        return InOrder(changes);
    }

    /// <summary>By path, line and key.</summary>
    public static ImmutableArray<PolicyChange> InOrder(IEnumerable<PolicyChange> changes) =>
    [
        .. changes.OrderBy(change => change.Span.Path, StringComparer.Ordinal).ThenBy(change => change.Span.Line)
            .ThenBy(change => change.Key, StringComparer.Ordinal).ThenBy(change => change.Effect),
    ];

    private static bool IsOfBothSides(string? profile, Dictionary<(string? Profile, string Name), PolicyLine> from, Dictionary<(string? Profile, string Name), PolicyLine> to) =>
        profile is null || (from.ContainsKey((profile, "")) && to.ContainsKey((profile, "")));

    private static Dictionary<(string? Profile, string Name), PolicyLine> Index(ImmutableArray<PolicyLine> lines, Dictionary<string, string> renamed)
    {
        Dictionary<(string?, string), PolicyLine> index = [];
        foreach (var line in lines.Where(line => line.Profile is not null || !SeverityPolicy.IsKey(line.Key)))
            index[(line.Profile is null ? null : renamed.GetValueOrDefault(KeyOf(line.Profile), KeyOf(line.Profile)), line.Name)] = line;
        return index;
    }

    // The profile that a file has instead of another one is that one under a new name.
    private static Dictionary<string, string> FindRenamed(ImmutableArray<PolicyLine> atBase, ImmutableArray<PolicyLine> atHead)
    {
        var (before, after) = (Profiles(atBase), Profiles(atHead));
        return before.ExceptBy(after.Select(one => one.Key), one => one.Key)
            .Join(after.ExceptBy(before.Select(one => one.Key), one => one.Key), one => one.Path, other => other.Path, (one, other) => (one.Key, other.Key), StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);

        static (string Key, string Path)[] Profiles(ImmutableArray<PolicyLine> lines) =>
            [.. lines.Where(line => line is { Profile: not null, Name.Length: 0 }).Select(line => (KeyOf(line.Key), line.Span.Path)).DistinctBy(one => one.Path)];
    }

    // Names of profiles are unique without regard to case.
    private static string KeyOf(string profile) => profile.ToUpperInvariant();
}
