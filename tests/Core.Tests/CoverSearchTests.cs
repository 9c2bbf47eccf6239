using CsCheck;
using Merlon.Core.Plan;
using Xunit;

namespace Merlon.Core.Tests;

public class CoverSearchTests
{
    // Small enough to try every choice; with shared sources, options of several elements and sources, two goals that overlap, and wholes of parts.
    private static readonly Gen<CoverProblem> AnyProblem =
        from elements in Gen.Int[1, 7]
        from options in Gen.Select(Gen.Int[0, 5], Gen.Int[0, elements - 1].HashSet[1, Math.Min(3, elements)], Gen.Int[0, 3].HashSet[0, 2]).Array[0, 11]
        from costs in Gen.Int[1, 12].Array[4]
        from goals in Gen.Select(Gen.Int[0, elements - 1].HashSet[1, elements], Gen.Int[0, elements]).Array[1, 3]
        from rollUps in Gen.Select(Gen.Int[0, elements - 1], Gen.Int[0, elements - 1].HashSet[1, Math.Min(3, elements)]).Array[0, 2]
        select new CoverProblem
        {
            Elements = elements,
            Options = [.. options.Select(option => new CoverOption(option.Item1, [.. option.Item2.Order()], [.. option.Item3.Order()]))],
            SourceCosts = [.. costs],
            Goals = [.. goals.Select(goal => new CoverGoal([.. goal.Item1.Order()], goal.Item2))],
            // A technique has parts or is one: wholes are no parts.
            RollUps = [.. rollUps.Select(rollUp => new CoverRollUp(rollUp.Item1, [.. rollUp.Item2.Except(rollUps.Select(other => other.Item1)).Order()])).Where(rollUp => !rollUp.Parts.IsEmpty)],
        };

    [Fact]
    public void The_search_finds_what_trying_every_choice_finds() => AnyProblem.Sample(problem =>
    {
        var solution = new CoverSearch(problem).Solve();
        var least = LeastCost(problem);
        Assert.True(solution.IsExact);
        if (least is null)
            Assert.Null(solution.Options);
        else
        {
            Assert.Equal(least, solution.Cost);
            Assert.Equal(least, problem.CostOf([.. solution.Options!.Value]));
            Assert.True(problem.Reaches(problem.Covered(solution.Options.Value)));
        }
    }, iter: 2000);

    [Fact]
    public void A_search_that_is_stopped_tells_a_true_bound() => AnyProblem.Sample(problem =>
    {
        if (LeastCost(problem) is not { } least)
            return;
        var solution = new CoverSearch(problem, limit: 1).Solve();
        Assert.InRange(least, solution.Bound, solution.Cost);
        Assert.True(problem.Reaches(problem.Covered(solution.Options!.Value)));
    }, iter: 2000);

    [Fact]
    public void The_same_problem_has_the_same_answer() => AnyProblem.Sample(problem =>
        Assert.Equal(new CoverSearch(problem).Solve().Options?.AsEnumerable(), new CoverSearch(problem).Solve().Options?.AsEnumerable()), iter: 200);

    [Fact]
    public void Of_two_that_cost_the_same_the_first_in_gap_order_is_taken()
    {
        CoverProblem problem = new()
        {
            Elements = 3,
            Options = [new(3, [0], []), new(3, [1], []), new(3, [2], [])],
            SourceCosts = [],
            Goals = [new([0, 1, 2], 2)],
        };
        Assert.Equal([0, 1], new CoverSearch(problem).Solve().Options!.Value);
    }

    private static int? LeastCost(CoverProblem problem)
    {
        int? least = null;
        for (var choice = 0; choice < 1 << problem.Options.Length; choice++)
        {
            int[] options = [.. Enumerable.Range(0, problem.Options.Length).Where(option => (choice >> option & 1) != 0)];
            if (problem.Reaches(problem.Covered(options)) && problem.CostOf(options) is var cost && (least is null || cost < least))
                least = cost;
        }
        return least;
    }
}
