using System.Collections.Immutable;

namespace Merlon.Core.Plan;

/// <summary>Branch and bound. It ends after a number of nodes, never after a time, so that every machine finds the same.</summary>
internal sealed class CoverSearch
{
    /// <summary>So many nodes are looked at before the best choice so far is given with its bound.</summary>
    public const int NodeLimit = 2000;

    /// <summary>What sums of prices may be off by.</summary>
    public const double Tolerance = 1e-6;

    private const int StepsAtRoot = 1000, StepsBelow = 15;

    // Below this depth the greedy completion of a state is tried, at every so many nodes.
    private const int GreedyEvery = 16;

    private readonly CoverProblem _problem;
    private readonly int _limit;
    private readonly CoverBound _bound;
    private readonly CoverGreedy _greedy;
    private ImmutableArray<int>? _best;
    private int _cost = int.MaxValue, _nodes;
    private double _open = double.MaxValue;

    public CoverSearch(CoverProblem problem, int limit = NodeLimit)
    {
        (_problem, _limit) = (problem, limit);
        _bound = new(problem);
        _greedy = new(problem);
    }

    public CoverSolution Solve()
    {
        CoverState root = new(_problem);
        if (!root.CanReach())
            return new(null, 0, 0, 0);
        // All of it reaches the goals, where the greedy choice does not find how.
        Offer(_greedy.Complete(root) ?? [.. Enumerable.Range(0, _problem.Options.Length)]);
        Visit(root, _bound.Start(), StepsAtRoot);
        var bound = _open >= _cost - 1 + Tolerance ? _cost : Math.Max(0, (int)Math.Ceiling(_open - Tolerance));
        return new([.. _best!.Value.Order()], _cost, Math.Min(bound, _cost), _nodes); // one was offered
    }

    private void Offer(ImmutableArray<int>? options)
    {
        if (options is not { } choice || _problem.CostOf(choice) is var cost && cost >= _cost)
            return;
        (_best, _cost) = (choice, cost);
    }

    private void Visit(CoverState state, Multipliers multipliers, int steps)
    {
        if (state.Cost >= _cost || !state.CanReach())
            return;
        _nodes++;
        if (state.IsReached)
        {
            Offer([.. state.Taken]);
            return;
        }
        var bound = _bound.Of(state, multipliers, _cost, steps, out var attraction);
        if (_nodes % GreedyEvery == 0)
            Offer(_greedy.Complete(state));
        if (bound > _cost - 1 + Tolerance)
            return;
        if (_nodes >= _limit)
        {
            _open = Math.Min(_open, bound);
            return;
        }
        var (first, second) = Branch(state, attraction);
        var copy = multipliers.Copy();
        Visit(first, multipliers, StepsBelow);
        if (_nodes >= _limit)
            _open = Math.Min(_open, bound);
        else
            Visit(second, copy, StepsBelow);
    }

    // Sources first: they cost most. The one whose worth is nearest to its cost is the one that the relaxation cannot tell of.
    private (CoverState First, CoverState Second) Branch(CoverState state, (double[] Sources, double[] Options) attraction)
    {
        var needed = Enumerable.Range(0, _problem.Options.Length).Where(state.IsAvailable).SelectMany(option => _problem.Options[option].Sources).Where(state.IsOpen).ToHashSet();
        if (needed.Count > 0)
        {
            var source = needed.OrderBy(one => Math.Abs(attraction.Sources[one])).ThenBy(one => one).First();
            return attraction.Sources[source] > 0 ? (state.WithSource(source), state.WithoutSource(source)) : (state.WithoutSource(source), state.WithSource(source));
        }
        var option = Enumerable.Range(0, _problem.Options.Length).Where(state.IsAvailable).OrderBy(one => Math.Abs(attraction.Options[one])).ThenBy(one => one).First(); // the goals can be reached and are not
        return attraction.Options[option] <= 0 ? (state.With(option), state.Without(option)) : (state.Without(option), state.With(option));
    }
}
