using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;

namespace Merlon.Core.Plan;

/// <summary>What closing a set of gaps takes: the sum of its rules and of its distinct log sources.</summary>
/// <param name="Gaps">How many gaps of the set it closes.</param>
/// <param name="Blocked">How many of the set nothing closes.</param>
/// <param name="LogSources">Those to collect, sorted.</param>
/// <param name="CalendarDays">Rounded up.</param>
/// <param name="Closed">What its rules cover: with <see cref="Outlook"/> the coverage that it would give.</param>
internal sealed record Investment(
    int Gaps, int Blocked, int RulesToAdopt, int RulesToWrite, ImmutableArray<string> LogSources, int PersonDays, int CalendarDays, IReadOnlySet<TechniqueId> Closed, ImmutableArray<GapTask> Tasks)
{
    /// <summary>Gap by gap, in their order, each in the way that adds least.</summary>
    public static Investment Of(Backlog backlog, IEnumerable<Gap> gaps)
    {
        Workload workload = new(backlog);
        var (closed, blocked) = (0, 0);
        foreach (var gap in gaps)
            if (workload.Next(gap) is { } work)
            {
                workload.Do(work);
                closed++;
            }
            else
                blocked++;
        return Of(backlog, workload.Tasks, workload.Closed, closed, blocked);
    }

    public static Investment Of(Backlog backlog, ImmutableArray<GapTask> tasks, IReadOnlySet<TechniqueId> covered, int closed, int blocked)
    {
        var days = tasks.Sum(task => task.DaysIn(backlog.Options));
        return new(closed, blocked, Rules(tasks, TaskKind.Adopt), Rules(tasks, TaskKind.Write),
            [.. tasks.Where(task => task.Kind == TaskKind.Collect).Select(task => task.LogSource!).Order(StringComparer.Ordinal)], days, backlog.Options.CalendarDays(days), covered, tasks); // what is collected has a name
    }

    /// <summary>An actor's, or the union's, coverage once all of it is done.</summary>
    public Ratio CoverageOf(ActorCoverage actor, Backlog backlog) => backlog.Outlook.Of(actor, Closed);

    private static int Rules(ImmutableArray<GapTask> tasks, TaskKind kind) => tasks.Where(task => task.Kind == kind).Sum(task => task.Rules);
}
