using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>The matrix of a release.</summary>
/// <param name="tactics">In matrix order.</param>
internal sealed class TechniquePart(ImmutableArray<Tactic> tactics, ImmutableArray<Technique> techniques, ModifiedDates? dates = null)
{
    public ModifiedDates Dates { get; } = dates ?? ModifiedDates.Unknown;

    public ImmutableArray<Tactic> Tactics { get; } = tactics;

    /// <summary>Sorted by id.</summary>
    public ImmutableArray<Technique> Techniques { get; } = techniques.Sort((one, other) => one.Id.CompareTo(other.Id));

    public Technique? Find(TechniqueId id)
    {
        var index = FirstAtOrAfter(id);
        return index < Techniques.Length && Techniques[index].Id == id ? Techniques[index] : null;
    }

    /// <summary>The prefixes of organisations that ids of techniques have, sorted. They come last.</summary>
    public ImmutableArray<string> Prefixes => Techniques is [.., { Id.Prefix: not null }]
        ? [.. Techniques.Select(technique => technique.Id.Prefix).OfType<string>().Distinct().Order(StringComparer.Ordinal)] : [];

    /// <summary>What a sub-technique belongs to: as its relationship says, or else as its id does. <c>ACME-T1059.900</c> is one of T1059 where there is no ACME-T1059.</summary>
    public TechniqueId ParentOf(TechniqueId id) => id is not { IsSubTechnique: true, Prefix: not null } ? id.Parent
        : Find(id)?.Parent is { } told ? told
        : Find(id.Parent) is null && Find(new(id.Number)) is { } plain ? plain.Id
        : id.Parent;

    public IEnumerable<Technique> SubTechniques(TechniqueId parent)
    {
        var isOrdinary = Techniques is not [.., { Id.Prefix: not null }];
        for (var index = FirstAtOrAfter(parent with { Sub = 1 }); index < Techniques.Length && Techniques[index].Id.Parent == parent; index++)
            if (Techniques[index].IsLive && (isOrdinary || ParentOf(Techniques[index].Id) == parent))
                yield return Techniques[index];
        if (isOrdinary)
            yield break;
        // Of those whose ids say something else.
        foreach (var technique in Techniques)
            if (technique is { IsLive: true, Id.IsSubTechnique: true } && technique.Id.Parent != parent && ParentOf(technique.Id) == parent)
                yield return technique;
    }

    private int FirstAtOrAfter(TechniqueId id)
    {
        var (low, high) = (0, Techniques.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Techniques[middle].Id.CompareTo(id) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
