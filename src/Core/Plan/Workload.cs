using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;

namespace Merlon.Core.Plan;

/// <summary>What has been decided to do so far. What is done for one gap is there for the next: a log source is paid once.</summary>
internal sealed class Workload(Backlog backlog)
{
    private readonly HashSet<GapTask> _done = [];
    private readonly HashSet<TechniqueId> _closed = [];

    public ImmutableArray<GapTask> Tasks { get; private set; } = [];

    /// <summary>What its rules cover, gaps or not.</summary>
    public IReadOnlySet<TechniqueId> Closed => _closed;

    public int Days => Tasks.Sum(task => task.DaysIn(backlog.Options));

    /// <summary>What is still to be done to close a gap. Nothing where earlier tasks have closed it; null where it is blocked.</summary>
    public GapWork? Next(Gap gap) =>
        backlog.Outlook.IsCovered(gap.Technique.Id, _closed) ? new([], [], 0) : Ranked(gap) is [(_, var work), ..] ? work : null;

    /// <summary>
    /// The ways to close a gap: those with the fewest person-days beside what is done first, then with the log source that opens more gaps, then with a rule
    /// that exists and covers most, by its path.
    /// </summary>
    public ImmutableArray<(GapWay Way, GapWork Work)> Ranked(Gap gap) =>
    [
        .. backlog.WaysOf(gap.Technique.Id).Select(way => (Way: way, Work: Of(way)))
            .OrderBy(row => row.Work.Days)
            .ThenByDescending(row => row.Way.Missing.Sum(source => backlog.OpenedBy(source).Length))
            .ThenBy(row => row.Way.Rule?.Kind)
            .ThenByDescending(row => row.Way.Closes.Length)
            .ThenBy(row => row.Way.Rule?.Rule?.Span.Path, StringComparer.Ordinal)
            .ThenBy(row => row.Way.Rule?.LogSource, StringComparer.Ordinal),
    ];

    public void Do(GapWork work)
    {
        Tasks = [.. Tasks, .. work.Tasks.Where(_done.Add)];
        _closed.UnionWith(work.Closes);
        foreach (var way in backlog.Waiting.Where(way => way.Missing.All(source => _done.Contains(GapTask.Collect(source)))))
            _closed.UnionWith(way.Closes);
    }

    public GapWork Of(GapWay way)
    {
        ImmutableArray<GapTask> tasks = [.. way.Tasks.Where(task => !_done.Contains(task))];
        return new(tasks, way.Closes, tasks.Sum(task => task.DaysIn(backlog.Options)));
    }
}

/// <summary>What is to be done for a gap beside what is done already.</summary>
/// <param name="Closes">Every technique that it closes.</param>
/// <param name="Days">Person-days.</param>
internal sealed record GapWork(ImmutableArray<GapTask> Tasks, ImmutableArray<TechniqueId> Closes, int Days);
