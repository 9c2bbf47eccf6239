using System.Collections.Immutable;

namespace Merlon.Core.Plan;

/// <summary>A choice that covers elements. Its sources are paid once, whatever else needs them.</summary>
/// <param name="Cost">Person-days; 0 or more.</param>
/// <param name="Covers">Elements, ascending.</param>
/// <param name="Sources">Ascending.</param>
internal sealed record CoverOption(int Cost, ImmutableArray<int> Covers, ImmutableArray<int> Sources);

/// <summary>So many of some elements are to be covered.</summary>
internal sealed record CoverGoal(ImmutableArray<int> Members, int Need);

/// <summary>An element that is covered once all of some others are.</summary>
internal sealed record CoverRollUp(int Whole, ImmutableArray<int> Parts);

/// <summary>Which options reach all goals at the least cost? Elements, options and sources are numbered from 0.</summary>
internal sealed record CoverProblem
{
    public required int Elements { get; init; }

    public required ImmutableArray<CoverOption> Options { get; init; }

    /// <summary>By source: what it costs once.</summary>
    public required ImmutableArray<int> SourceCosts { get; init; }

    public required ImmutableArray<CoverGoal> Goals { get; init; }

    public ImmutableArray<CoverRollUp> RollUps { get; init; } = [];

    /// <summary>What some options cover, by element.</summary>
    public bool[] Covered(IEnumerable<int> options)
    {
        var covered = new bool[Elements];
        foreach (var option in options)
            foreach (var element in Options[option].Covers)
                covered[element] = true;
        RollUp(covered);
        return covered;
    }

    /// <summary>Marks the wholes all of whose parts are covered.</summary>
    public void RollUp(bool[] covered)
    {
        foreach (var rollUp in RollUps)
            if (!covered[rollUp.Whole])
                covered[rollUp.Whole] = rollUp.Parts.All(part => covered[part]);
    }

    /// <summary>How many elements a goal still needs.</summary>
    public static int Open(CoverGoal goal, bool[] covered) => Math.Max(0, goal.Need - goal.Members.Count(member => covered[member]));

    public bool Reaches(bool[] covered) => Goals.All(goal => Open(goal, covered) == 0);

    public int CostOf(IReadOnlyCollection<int> options) =>
        options.Sum(option => Options[option].Cost) + options.SelectMany(option => Options[option].Sources).Distinct().Sum(source => SourceCosts[source]);
}

/// <summary>What a search found.</summary>
/// <param name="Options">Ascending; null where nothing reaches the goals.</param>
/// <param name="Bound">No choice costs less.</param>
/// <param name="Nodes">How many states were looked at.</param>
internal sealed record CoverSolution(ImmutableArray<int>? Options, int Cost, int Bound, int Nodes)
{
    public bool IsExact => Options is null || Cost == Bound;
}
