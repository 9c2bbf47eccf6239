using System.Collections.Immutable;
using Merlon.Core.Coverage;

namespace Merlon.Core.Plan;

/// <summary>A gap in its place in a roadmap.</summary>
/// <param name="Way">How it is closed; null where it is blocked, accepted, or closed by what is done for other gaps.</param>
/// <param name="Tasks">Those that no earlier gap has paid for.</param>
internal sealed record PlannedGap(Gap Gap, Effort Effort, GapWay? Way, ImmutableArray<GapTask> Tasks, int PersonDays);

/// <summary>The work of one period.</summary>
/// <param name="Days">Calendar days from the day of the plan to the period's end.</param>
/// <param name="Capacity">Person-days that there are.</param>
/// <param name="PersonDays">Those that are spent; never more.</param>
internal sealed record PlanPeriod(int Days, int Capacity, int PersonDays, ImmutableArray<PlannedGap> Gaps);

/// <summary>Which gaps are closed when: in gap order, each in the earliest period that has room for it and comes after what it rests on.</summary>
/// <param name="Later">What fits in no period, and after that what is blocked.</param>
internal sealed record Roadmap(ImmutableArray<PlanPeriod> Periods, ImmutableArray<PlannedGap> Later, ImmutableArray<PlannedGap> Accepted)
{
    /// <summary>The last days of the periods.</summary>
    public static ImmutableArray<int> Ends { get; } = [30, 60, 90];

    private const int DaysOfPeriod = 30;

    public static Roadmap Of(Backlog backlog)
    {
        RoadmapBuilder builder = new(backlog, backlog.Options.Capacity(DaysOfPeriod), Ends.Length);
        List<PlannedGap> blocked = [];
        foreach (var gap in backlog.Open)
            if (!builder.Place(gap))
                blocked.Add(new(gap, Effort.Blocked, null, [], 0));
        return new([.. Ends.Select((days, index) => new PlanPeriod(days, builder.Capacity, builder.Spent(index), builder.Gaps(index)))], [.. builder.Gaps(Ends.Length), .. blocked],
            [.. backlog.Gaps.Where(gap => gap.IsAccepted).Select(gap => new PlannedGap(gap, backlog.EffortOf(gap), null, [], 0))]);
    }
}
