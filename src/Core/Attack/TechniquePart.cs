using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>The matrix of a release.</summary>
/// <param name="tactics">In matrix order.</param>
internal sealed class TechniquePart(ImmutableArray<Tactic> tactics, ImmutableArray<Technique> techniques)
{
    public ImmutableArray<Tactic> Tactics { get; } = tactics;

    /// <summary>Sorted by id.</summary>
    public ImmutableArray<Technique> Techniques { get; } = techniques.Sort((one, other) => one.Id.CompareTo(other.Id));

    public Technique? Find(TechniqueId id)
    {
        var index = FirstAtOrAfter(id);
        return index < Techniques.Length && Techniques[index].Id == id ? Techniques[index] : null;
    }

    public IEnumerable<Technique> SubTechniques(TechniqueId parent)
    {
        for (var index = FirstAtOrAfter(new(parent.Number, 1)); index < Techniques.Length && Techniques[index].Id.Number == parent.Number; index++)
            if (Techniques[index].IsLive)
                yield return Techniques[index];
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
