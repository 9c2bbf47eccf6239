using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>One technique in two releases: under one id, or under two where only the STIX object stayed the same.</summary>
/// <param name="From">Null where the earlier release does not have it, in whatever status.</param>
/// <param name="To">Null where the later one does not.</param>
internal sealed record TechniquePair(Technique? From, Technique? To)
{
    /// <summary>The later release's; where that has none the earlier's.</summary>
    public Technique Known => (To ?? From)!; // one of the two

    /// <summary>The last of what replaced it in the later release; null where nothing did.</summary>
    public Technique? Replacement { get; init; }

    /// <summary>Whether what replaced it was replaced again: it was revoked before, by something else in the end.</summary>
    public bool IsRedirected { get; init; }

    public bool IsAdded => From is null && To is { IsLive: true };

    /// <summary>Maintained again.</summary>
    public bool IsRestored => From is { IsLive: false } && To is { IsLive: true };

    /// <summary>Without a trace.</summary>
    public bool IsRemoved => To is null;

    public bool IsRevoked => From is { IsRevoked: false } && To is { IsRevoked: true };

    public bool IsDeprecated => From is { IsDeprecated: false } && To is { IsDeprecated: true };

    /// <summary>Another id, and perhaps another parent.</summary>
    public bool IsRenumbered => From is not null && To is not null && From.Id != To.Id;

    public bool IsRenamed => StaysLive && From!.Name != To!.Name; // there when it stays

    /// <summary>To or from a tactic.</summary>
    public bool IsMoved => !LostTactics.IsEmpty || !GainedTactics.IsEmpty;

    public bool IsOnOtherPlatforms => !LostPlatforms.IsEmpty || !GainedPlatforms.IsEmpty;

    public ImmutableArray<string> LostTactics => StaysLive ? [.. From!.Tactics.Except(To!.Tactics)] : []; // as above

    public ImmutableArray<string> GainedTactics => StaysLive ? [.. To!.Tactics.Except(From!.Tactics)] : []; // as above

    public ImmutableArray<string> LostPlatforms => StaysLive ? [.. From!.Platforms.Except(To!.Platforms)] : []; // as above

    public ImmutableArray<string> GainedPlatforms => StaysLive ? [.. To!.Platforms.Except(From!.Platforms)] : []; // as above

    private bool StaysLive => From is { IsLive: true } && To is { IsLive: true };

    /// <summary>Every technique of either release, by id.</summary>
    public static ImmutableArray<TechniquePair> Of(AttackRelease from, AttackRelease to)
    {
        var added = to.Techniques.Where(technique => from.Find(technique.Id) is null).DistinctBy(technique => technique.StixId).ToDictionary(technique => technique.StixId);
        var pairs = from.Techniques.Select(technique => Of(technique, to.Find(technique.Id) ?? added.GetValueOrDefault(technique.StixId), from, to)).ToArray();
        var known = pairs.Select(pair => pair.To).OfType<Technique>().Select(technique => technique.Id).ToHashSet();
        return [.. pairs.Concat(to.Techniques.Where(technique => !known.Contains(technique.Id)).Select(technique => new TechniquePair(null, technique))).OrderBy(pair => pair.Known.Id)];
    }

    private static TechniquePair Of(Technique before, Technique? after, AttackRelease from, AttackRelease to)
    {
        var replacement = after is { IsRevoked: true } ? to.FinalReplacement(after.Id) : null;
        return new(before, after)
        {
            Replacement = replacement,
            IsRedirected = before.IsRevoked && after is { IsRevoked: true } && from.FinalReplacement(before.Id)?.Id != replacement?.Id,
        };
    }
}
