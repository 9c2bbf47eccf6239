using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>What one release of a domain says otherwise than another one. Either may be the newer.</summary>
internal sealed class ReleaseDiff
{
    private ReleaseDiff(AttackRelease from, AttackRelease to) => (From, To) = (from, to);

    public AttackRelease From { get; }

    public AttackRelease To { get; }

    public AttackDomain Domain => To.Domain;

    /// <summary>All of either, in the order of the later matrix; what that lacks comes last.</summary>
    public ImmutableArray<TacticPair> Tactics { get; private init; } = [];

    /// <summary>All of either, changed or not, by id.</summary>
    public ImmutableArray<TechniquePair> Techniques { get; private init; } = [];

    /// <inheritdoc cref="Techniques"/>
    public ImmutableArray<ObjectPair> Groups { get; private init; } = [];

    /// <inheritdoc cref="Techniques"/>
    public ImmutableArray<ObjectPair> Software { get; private init; } = [];

    /// <inheritdoc cref="Techniques"/>
    public ImmutableArray<ObjectPair> Campaigns { get; private init; } = [];

    /// <summary>Two releases of one domain.</summary>
    public static ReleaseDiff Of(AttackRelease from, AttackRelease to) => new(from, to)
    {
        Tactics =
        [
            .. to.Tactics.Select(tactic => new TacticPair(Find(from, tactic.Id), tactic)),
            .. from.Tactics.Where(tactic => Find(to, tactic.Id) is null).Select(tactic => new TacticPair(tactic, null)),
        ],
        Techniques = TechniquePair.Of(from, to),
        Groups = ObjectPair.Of(from.Groups, to.Groups, to),
        Software = ObjectPair.Of(from.Software, to.Software, to),
        Campaigns = ObjectPair.Of(from.Campaigns, to.Campaigns, to),
    };

    /// <summary>One for each domain that is on both sides, in the order of <paramref name="to"/>.</summary>
    public static ImmutableArray<ReleaseDiff> OfEach(ImmutableArray<AttackRelease> from, ImmutableArray<AttackRelease> to) =>
    [
        .. to.Select(later => from.FirstOrDefault(one => one.Domain == later.Domain) is { } earlier ? Of(earlier, later) : null).OfType<ReleaseDiff>(),
    ];

    private static Tactic? Find(AttackRelease release, string id) => release.Tactics.FirstOrDefault(tactic => tactic.Id == id);
}

/// <summary>A tactic in two releases, by its id.</summary>
internal sealed record TacticPair(Tactic? From, Tactic? To)
{
    public bool IsAdded => From is null;

    public bool IsRemoved => To is null;

    /// <summary>Whether its name or short name is another one.</summary>
    public bool IsRenamed => From is not null && To is not null && (From.Name, From.ShortName) != (To.Name, To.ShortName);
}
