using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;

namespace Merlon.Core.Plan;

/// <summary>A goal, and how far the tasks bring it.</summary>
/// <param name="Most">How many of its techniques can be covered at all.</param>
internal sealed record GoalOutlook(PlanGoal Goal, Ratio Before, Ratio After, int Most)
{
    /// <summary>Whether no work reaches it, because too much of it is blocked or accepted.</summary>
    public bool IsOutOfReach => Most < Goal.Needed;
}

/// <summary>One step, and what is covered after it.</summary>
/// <param name="Closes">The gaps that it closes, in gap order; empty for a log source that later rules need.</param>
/// <param name="PersonDays">Of all steps so far.</param>
/// <param name="Union">What is covered of all actors together.</param>
/// <param name="Goals">What is covered of each goal that was not reached.</param>
internal sealed record PlanStep(GapTask Task, ImmutableArray<TechniqueId> Closes, int PersonDays, Ratio Union, ImmutableArray<Ratio> Goals);

/// <summary>The smallest set of tasks that reaches the targets.</summary>
internal sealed record Optimum
{
    /// <summary>Those that were not reached before.</summary>
    public required ImmutableArray<GoalOutlook> Goals { get; init; }

    /// <summary>In the order of working: what closes the first gap first, each log source right before its first rule.</summary>
    public required ImmutableArray<PlanStep> Steps { get; init; }

    public required Investment Investment { get; init; }

    /// <summary>No set costs fewer person-days.</summary>
    public required int Bound { get; init; }

    /// <summary>How many nodes the search looked at.</summary>
    public required int Nodes { get; init; }

    public bool IsExact => Investment.PersonDays == Bound;

    /// <param name="goals">Those that are reached are passed over.</param>
    public static Optimum Of(Backlog backlog, ImmutableArray<PlanGoal> goals, int limit = CoverSearch.NodeLimit)
    {
        ImmutableArray<PlanGoal> open = [.. goals.Where(goal => goal.Techniques.Count(technique => technique.IsCovered) < goal.Needed)];
        TargetProblem problem = new(backlog, open);
        var solution = new CoverSearch(problem.Problem, limit).Solve();
        var ways = problem.Ways(solution.Options ?? []);
        Workload workload = new(backlog);
        List<PlanStep> steps = [];
        foreach (var way in ways)
            AddSteps(steps, way, workload, backlog, open);
        Investment investment = Investment.Of(backlog, workload.Tasks, workload.Closed, steps.Sum(step => step.Closes.Length), 0);
        return new()
        {
            Goals = [.. problem.Goals.Select(goal => new GoalOutlook(goal.Goal, RatioOf(goal.Goal, backlog, new HashSet<TechniqueId>()), RatioOf(goal.Goal, backlog, workload.Closed), goal.Most))],
            Steps = [.. steps],
            Investment = investment,
            Bound = solution.Bound,
            Nodes = solution.Nodes,
        };
    }

    private static void AddSteps(List<PlanStep> steps, GapWay way, Workload workload, Backlog backlog, ImmutableArray<PlanGoal> goals)
    {
        var work = workload.Of(way);
        for (var index = 0; index < work.Tasks.Length; index++)
        {
            // What a way closes it closes with its last task.
            var isLast = index == work.Tasks.Length - 1;
            var before = OpenIn(backlog, workload);
            workload.Do(new([work.Tasks[index]], isLast ? work.Closes : [], 0));
            var after = OpenIn(backlog, workload).ToHashSet();
            steps.Add(new(work.Tasks[index], [.. before.Where(id => !after.Contains(id))], workload.Days,
                backlog.Outlook.Of(backlog.Coverage.Union!, workload.Closed), [.. goals.Select(goal => RatioOf(goal, backlog, workload.Closed))])); // there are gaps
        }
        // A rule of the program whose log source an earlier way has paid for.
        if (work.Tasks.IsEmpty)
            workload.Do(work);
    }

    private static ImmutableArray<TechniqueId> OpenIn(Backlog backlog, Workload workload) =>
        [.. backlog.Gaps.Select(gap => gap.Technique.Id).Where(id => !backlog.Outlook.IsCovered(id, workload.Closed))];

    private static Ratio RatioOf(PlanGoal goal, Backlog backlog, IReadOnlySet<TechniqueId> closed) =>
        new(goal.Techniques.Count(technique => technique.IsCovered || backlog.Outlook.IsCovered(technique.Id, closed)), goal.Techniques.Count());
}
