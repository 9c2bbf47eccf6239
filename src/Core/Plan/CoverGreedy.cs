using System.Collections.Immutable;

namespace Merlon.Core.Plan;

/// <summary>A good choice, fast: what costs least for each element that goals still need, again and again; then without what the rest makes needless.</summary>
internal sealed class CoverGreedy(CoverProblem problem)
{
    /// <summary>Reaches the goals from a state.</summary>
    /// <returns>Null where it does not find how.</returns>
    public ImmutableArray<int>? Complete(CoverState start)
    {
        var state = start.Copy();
        while (!state.IsReached)
        {
            if (Cheapest(state) is not { } options)
                return null;
            foreach (var option in options)
                state.Take(option);
        }
        return Without(state);
    }

    private int[]? Cheapest(CoverState state)
    {
        var open = Enumerable.Range(0, problem.Options.Length).Where(state.IsAvailable).ToArray();
        (int[] Options, int Cost, int Gain)? best = null;
        void Offer(int[] options)
        {
            var gain = GainOf(state, options);
            var cost = CostOf(state, options);
            // Cross-multiplied; the first of equals stays, which is the one in gap order.
            if (gain > 0 && (best is not { } other || (long)cost * other.Gain < (long)other.Cost * gain))
                best = (options, cost, gain);
        }
        foreach (var option in open)
            Offer([option]);
        for (var source = 0; source < problem.SourceCosts.Length; source++)
            if (state.IsOpen(source))
                OfferSource(state, source, open, Offer);
        foreach (var rollUp in problem.RollUps.Where(rollUp => !state.Covered[rollUp.Whole]))
        {
            var parts = rollUp.Parts.Where(part => !state.Covered[part]).Select(part => open.Where(option => problem.Options[option].Covers.Contains(part)).OrderBy(option => CostOf(state, [option])).Cast<int?>().FirstOrDefault()).ToArray();
            if (parts.All(part => part is not null))
                Offer([.. parts.OfType<int>().Distinct()]);
        }
        return best?.Options;
    }

    // A source with the options that it opens, as many as make it pay best.
    private void OfferSource(CoverState state, int source, int[] open, Action<int[]> offer)
    {
        var opened = open.Where(option => problem.Options[option].Sources.Contains(source) && problem.Options[option].Sources.All(other => other == source || state.IsPaid(other)))
            .Select(option => (Option: option, Gain: GainOf(state, [option]))).Where(row => row.Gain > 0)
            .OrderBy(row => (double)problem.Options[row.Option].Cost / row.Gain).ThenBy(row => row.Option).Select(row => row.Option).ToArray();
        List<int> taken = [];
        var after = state.Copy();
        foreach (var option in opened)
        {
            if (GainOf(after, [option]) == 0)
                continue;
            taken.Add(option);
            after.Take(option);
            offer([.. taken]);
        }
    }

    private int GainOf(CoverState state, int[] options)
    {
        bool[] covered = [.. state.Covered];
        foreach (var option in options)
            foreach (var element in problem.Options[option].Covers)
                covered[element] = true;
        problem.RollUp(covered);
        return problem.Goals.Sum(goal => CoverProblem.Open(goal, state.Covered) - CoverProblem.Open(goal, covered));
    }

    private int CostOf(CoverState state, int[] options) =>
        options.Sum(option => problem.Options[option].Cost) + options.SelectMany(option => problem.Options[option].Sources).Distinct().Where(state.IsOpen).Sum(source => problem.SourceCosts[source]);

    // The dearest first, and of equals the last in gap order.
    private ImmutableArray<int> Without(CoverState state)
    {
        List<int> kept = [.. state.Taken];
        foreach (var option in kept.OrderByDescending(option => problem.Options[option].Cost + problem.Options[option].Sources.Sum(source => problem.SourceCosts[source])).ThenByDescending(option => option).ToArray())
            if (problem.Reaches(problem.Covered(kept.Where(other => other != option))))
                kept.Remove(option);
        return [.. kept];
    }
}
