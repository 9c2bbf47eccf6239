namespace Merlon.Core.Plan;

/// <summary>
/// A lower bound on what it costs to reach the goals from a state: the Lagrangian relaxation of "so many are covered", "what is covered has an
/// option" and "a whole has its parts", whose subproblem then falls apart by source. Any multipliers give a valid bound; subgradient steps, of a
/// fixed number, look for good ones.
/// </summary>
internal sealed class CoverBound
{
    private const double Step = 1.2, Shrink = 0.9;

    private readonly CoverProblem _problem;
    private readonly int[][] _goalsOf;
    private readonly (int RollUp, int Part)[][] _partsOf;

    public CoverBound(CoverProblem problem)
    {
        _problem = problem;
        _goalsOf = Of(problem.Goals.SelectMany((goal, index) => goal.Members.Select(member => (member, index))));
        _partsOf = Of(problem.RollUps.SelectMany((rollUp, index) => rollUp.Parts.Select((part, place) => (part, (index, place)))));
    }

    private T[][] Of<T>(IEnumerable<(int Element, T Value)> pairs)
    {
        var lookup = pairs.ToLookup(pair => pair.Element, pair => pair.Value);
        return [.. Enumerable.Range(0, _problem.Elements).Select(element => lookup[element].ToArray())];
    }

    /// <summary>The multipliers of a problem at which all begins.</summary>
    public Multipliers Start()
    {
        Multipliers start = new(_problem);
        var opened = _problem.Options.SelectMany(option => option.Sources.SelectMany(source => option.Covers.Select(element => (source, element)))).Distinct().CountBy(pair => pair.source).ToDictionary();
        Array.Fill(start.Covers, _problem.SourceCosts.Sum() + _problem.Options.Sum(option => option.Cost));
        foreach (var option in _problem.Options)
            foreach (var element in option.Covers)
                start.Covers[element] = Math.Min(start.Covers[element], ((double)option.Cost / option.Covers.Length) + option.Sources.Sum(source => (double)_problem.SourceCosts[source] / opened[source]));
        if (!_problem.Goals.IsEmpty && _problem.Goals.Index().MaxBy(goal => goal.Item.Need) is (var index, { Need: > 0 } largest))
            start.Needs[index] = largest.Members.Select(member => start.Covers[member]).Order().ElementAt(Math.Min(largest.Need, largest.Members.Length) - 1);
        return start;
    }

    /// <param name="multipliers">Those of a state before; left at the best that were found.</param>
    /// <param name="best">What the cheapest choice so far costs: steps aim there.</param>
    /// <param name="attraction">By source that is open: by how much what it opens is worth more than it costs. By option that is available: its reduced cost.</param>
    /// <returns>What is decided included.</returns>
    public double Of(CoverState state, Multipliers multipliers, int best, int steps, out (double[] Sources, double[] Options) attraction)
    {
        var (found, at, scale) = (double.MinValue, multipliers.Copy(), Step);
        Slopes slopes = new(_problem);
        attraction = ([], []);
        for (var step = 0; step < steps; step++)
        {
            var value = Evaluate(state, at, slopes, out var values);
            if (value > found)
            {
                found = value;
                multipliers.Set(at);
                attraction = values;
            }
            else if (step % 5 == 4)
                scale *= Shrink;
            if (found > best - 1 + CoverSearch.Tolerance || slopes.Length == 0)
                break;
            at.Move(slopes, scale * Math.Max(1, best - value) / slopes.Length);
        }
        return found;
    }

    private double Evaluate(CoverState state, Multipliers at, Slopes slopes, out (double[] Sources, double[] Options) values)
    {
        slopes.Clear();
        double value = state.Cost;
        for (var goal = 0; goal < _problem.Goals.Length; goal++)
        {
            var open = CoverProblem.Open(_problem.Goals[goal], state.Covered);
            slopes.Needs[goal] = open;
            value += at.Needs[goal] * open;
        }
        // How much a covered element is worth to goals, and what an option for it is worth.
        var worth = new double[_problem.Elements];
        for (var element = 0; element < worth.Length; element++)
        {
            if (state.Covered[element])
                continue;
            var reduced = at.Covers[element];
            foreach (var goal in _goalsOf[element])
                reduced -= at.Needs[goal];
            if (reduced < 0)
            {
                value += reduced;
                slopes.Covers[element]++;
                foreach (var goal in _goalsOf[element])
                    slopes.Needs[goal]--;
            }
            worth[element] = at.Covers[element];
            foreach (var (rollUp, part) in _partsOf[element])
                worth[element] += at.Parts[rollUp][part];
        }
        for (var index = 0; index < _problem.RollUps.Length; index++)
            value += RollUp(state, index, at, slopes);
        value += Options(state, worth, slopes, out values);
        slopes.Measure(at);
        return value;
    }

    private double RollUp(CoverState state, int index, Multipliers at, Slopes slopes)
    {
        var rollUp = _problem.RollUps[index];
        if (state.Covered[rollUp.Whole])
            return 0;
        var reduced = -at.Covers[rollUp.Whole];
        for (var part = 0; part < rollUp.Parts.Length; part++)
            if (!state.Covered[rollUp.Parts[part]])
                reduced += at.Parts[index][part];
        if (reduced >= 0)
            return 0;
        slopes.Covers[rollUp.Whole]--;
        for (var part = 0; part < rollUp.Parts.Length; part++)
            if (!state.Covered[rollUp.Parts[part]])
                slopes.Parts[index][part]++;
        return reduced;
    }

    // An option belongs to one of its open sources: to leave out the others makes the bound lower, not wrong.
    private double Options(CoverState state, double[] worth, Slopes slopes, out (double[] Sources, double[] Options) values)
    {
        var sources = new double[_problem.SourceCosts.Length];
        var options = new double[_problem.Options.Length];
        var owner = new int[options.Length];
        double value = 0;
        for (var index = 0; index < options.Length; index++)
        {
            owner[index] = -2;
            if (!state.IsAvailable(index))
                continue;
            var option = _problem.Options[index];
            double reduced = option.Cost;
            foreach (var element in option.Covers)
                if (!state.Covered[element])
                    reduced -= worth[element];
            options[index] = reduced;
            owner[index] = -1;
            foreach (var source in option.Sources)
                if (state.IsOpen(source))
                {
                    owner[index] = source;
                    break;
                }
            if (reduced >= 0)
                continue;
            if (owner[index] < 0)
                value += reduced;
            else
                sources[owner[index]] += reduced;
        }
        for (var source = 0; source < sources.Length; source++)
        {
            sources[source] = -sources[source] - _problem.SourceCosts[source];
            if (state.IsOpen(source) && sources[source] > 0)
                value -= sources[source];
        }
        for (var index = 0; index < options.Length; index++)
            if (owner[index] != -2 && options[index] < 0 && (owner[index] == -1 || sources[owner[index]] > 0))
                foreach (var element in _problem.Options[index].Covers)
                    if (!state.Covered[element])
                    {
                        slopes.Covers[element]--;
                        foreach (var (rollUp, part) in _partsOf[element])
                            slopes.Parts[rollUp][part]--;
                    }
        values = (sources, options);
        return value;
    }
}
