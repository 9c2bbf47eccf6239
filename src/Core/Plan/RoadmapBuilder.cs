using System.Collections.Immutable;
using Merlon.Core.Coverage;

namespace Merlon.Core.Plan;

/// <summary>Fills periods, gap by gap. After the last of them comes one without an end.</summary>
internal sealed class RoadmapBuilder
{
    private readonly Backlog _backlog;
    private readonly Workload _all;
    // What is done by the end of each period.
    private readonly Workload[] _until;
    private readonly int[] _spent;
    private readonly List<PlannedGap>[] _gaps;
    private readonly Dictionary<GapTask, int> _placed = [];

    public RoadmapBuilder(Backlog backlog, int capacity, int periods)
    {
        (_backlog, Capacity, _all) = (backlog, capacity, new(backlog));
        _until = [.. Enumerable.Range(0, periods + 1).Select(_ => new Workload(backlog))];
        _spent = new int[periods + 1];
        _gaps = [.. Enumerable.Range(0, periods + 1).Select(_ => new List<PlannedGap>())];
    }

    /// <summary>Person-days of a period.</summary>
    public int Capacity { get; }

    private int Last => _until.Length - 1;

    public int Spent(int period) => _spent[period];

    public ImmutableArray<PlannedGap> Gaps(int period) => [.. _gaps[period]];

    /// <returns>False where nothing closes it.</returns>
    public bool Place(Gap gap)
    {
        var effort = _backlog.EffortOf(gap);
        var covered = Enumerable.Range(0, Last).FirstOrDefault(period => IsCovered(gap, period), Last);
        var ways = _all.Ranked(gap);
        // What collects nothing more does not wait for what some other way needs, and nothing is collected twice to be earlier.
        var cheap = ways.Where(row => row.Work.Tasks.All(task => task.Kind != TaskKind.Collect)).ToArray();
        var best = (cheap.Length > 0 ? cheap : [.. ways.Take(1)])
            .Select(row => (row.Way, row.Work, Period: FirstFor(row.Way, row.Work))).OrderBy(row => row.Period).ThenBy(row => row.Work.Days).FirstOrDefault((null!, null!, int.MaxValue)); // what is never comes last
        // By what is done for others, no later than by work of its own.
        if (IsCovered(gap, Last) && covered <= best.Period)
        {
            _gaps[covered].Add(new(gap, effort, null, [], 0));
            return true;
        }
        if (best.Period == int.MaxValue)
            return false;
        _gaps[best.Period].Add(new(gap, effort, best.Way, best.Work.Tasks, best.Work.Days));
        _spent[best.Period] += best.Work.Days;
        _all.Do(best.Work);
        for (var period = best.Period; period <= Last; period++)
            _until[period].Do(best.Work);
        foreach (var task in best.Work.Tasks)
            _placed[task] = best.Period;
        return true;
    }

    private bool IsCovered(Gap gap, int period) => _backlog.Outlook.IsCovered(gap.Technique.Id, _until[period].Closed);

    private int FirstFor(GapWay way, GapWork work)
    {
        var earliest = way.Tasks.Where(_placed.ContainsKey).Select(task => _placed[task]).DefaultIfEmpty().Max();
        return Enumerable.Range(earliest, Math.Max(0, Last - earliest)).FirstOrDefault(period => _spent[period] + work.Days <= Capacity, Last);
    }
}
