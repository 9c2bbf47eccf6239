using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>A group, software or a campaign in two releases, by its id.</summary>
/// <param name="From">Null where the earlier release does not have it, in whatever status.</param>
/// <param name="To">Null where the later one does not.</param>
internal sealed record ObjectPair(AttackObject? From, AttackObject? To)
{
    /// <summary>The later release's; where that has none the earlier's.</summary>
    public AttackObject Known => (To ?? From)!; // one of the two

    /// <summary>Of one that is live in both: what it uses now and did not use. Another id for the same technique is no change.</summary>
    public ImmutableArray<TechniqueId> Gained { get; private init; } = [];

    /// <summary>Of one that is live in both: what it used, by the id of today, and no longer uses.</summary>
    public ImmutableArray<TechniqueId> Lost { get; private init; } = [];

    public bool IsAdded => From is null && To is { IsLive: true };

    /// <summary>Maintained again.</summary>
    public bool IsRestored => From is { IsLive: false } && To is { IsLive: true };

    /// <summary>Without a trace.</summary>
    public bool IsRemoved => To is null;

    public bool IsRevoked => From is { IsRevoked: false } && To is { IsRevoked: true };

    public bool IsDeprecated => From is { IsDeprecated: false } && To is { IsDeprecated: true };

    public bool IsRenamed => From is { IsLive: true } && To is { IsLive: true } && From.Name != To.Name;

    public bool IsChanged => !Gained.IsEmpty || !Lost.IsEmpty;

    /// <param name="to">The later release.</param>
    public static ImmutableArray<ObjectPair> Of(IEnumerable<AttackObject> before, IEnumerable<AttackObject> after, AttackRelease to)
    {
        var later = after.ToDictionary(one => one.Id, StringComparer.OrdinalIgnoreCase);
        var earlier = before.Select(one => Of(one, later.GetValueOrDefault(one.Id), to)).ToArray();
        var known = earlier.Select(pair => pair.Known.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. earlier.Concat(later.Values.Where(one => !known.Contains(one.Id)).Select(one => new ObjectPair(null, one))).OrderBy(pair => pair.Known.Id, StringComparer.Ordinal)];
    }

    private static ObjectPair Of(AttackObject before, AttackObject? after, AttackRelease to)
    {
        if (!before.IsLive || after is not { IsLive: true })
            return new(before, after);
        var used = before.Techniques.Select(id => to.FinalReplacement(id)?.Id ?? id).ToHashSet();
        return new(before, after)
        {
            Gained = [.. after.Techniques.Where(id => !used.Contains(id))],
            Lost = [.. used.Where(id => !after.Techniques.Contains(id)).Order()],
        };
    }
}
