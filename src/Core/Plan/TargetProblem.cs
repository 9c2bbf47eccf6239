using System.Collections.Immutable;
using Merlon.Core.Attack;

namespace Merlon.Core.Plan;

/// <summary>The problem of reaching targets, in numbers: which ways of a backlog to take.</summary>
internal sealed class TargetProblem
{
    private readonly Dictionary<TechniqueId, int> _elements = [];
    private readonly List<string> _sources = [];
    private readonly List<GapWay> _ways = [];

    /// <param name="goals">Those that are not reached.</param>
    public TargetProblem(Backlog backlog, ImmutableArray<PlanGoal> goals)
    {
        var wanted = goals.SelectMany(goal => goal.Techniques).Where(technique => !technique.IsCovered).Select(technique => technique.Id).ToHashSet();
        foreach (var gap in backlog.Gaps.Where(gap => wanted.Contains(gap.Technique.Id)))
            _elements.Add(gap.Technique.Id, _elements.Count);
        var open = backlog.Open.Select(gap => gap.Technique.Id).Where(wanted.Contains).ToArray();
        // A technique without a rule of its own may be closed by those of its sub-techniques, of which nobody need use any.
        ImmutableArray<(TechniqueId Whole, ImmutableArray<TechniqueId> Parts)> rollUps =
        [
            .. open.Select(id => (id, Parts: backlog.Outlook.OpenSubs(id)))
                .Where(row => !row.Parts.IsEmpty && row.Parts.All(part => !backlog.WaysOf(part).IsEmpty)),
        ];
        foreach (var part in rollUps.SelectMany(rollUp => rollUp.Parts))
            _elements.TryAdd(part, _elements.Count);
        var options = Options(backlog, [.. open, .. rollUps.SelectMany(rollUp => rollUp.Parts), .. open.SelectMany(id => backlog.Outlook.EnoughSubs(id))]);
        Problem = new()
        {
            Elements = _elements.Count,
            Options = options,
            SourceCosts = [.. _sources.Select(_ => backlog.Options.HighDays)],
            Goals = [],
            RollUps = [.. rollUps.Select(rollUp => new CoverRollUp(_elements[rollUp.Whole], [.. rollUp.Parts.Select(part => _elements[part]).Order()]))],
        };
        var reachable = Problem.Covered(Enumerable.Range(0, options.Length));
        Goals = [.. goals.Select(goal => Of(goal, reachable))];
        Problem = Problem with { Goals = [.. Goals.Select(goal => goal.Cover)] };
    }

    public CoverProblem Problem { get; }

    /// <summary>How many of each goal are covered at most, and what is asked for: no more than that.</summary>
    public ImmutableArray<(PlanGoal Goal, int Most, CoverGoal Cover)> Goals { get; }

    public ImmutableArray<GapWay> Ways(IEnumerable<int> options) => [.. options.Select(option => _ways[option])];

    private (PlanGoal, int, CoverGoal) Of(PlanGoal goal, bool[] reachable)
    {
        var covered = goal.Techniques.Count(technique => technique.IsCovered);
        ImmutableArray<int> members = [.. goal.Techniques.Where(technique => !technique.IsCovered).Select(technique => _elements[technique.Id]).Order()];
        var most = covered + members.Count(member => reachable[member]);
        return (goal, most, new(members, Math.Max(0, Math.Min(goal.Needed, most) - covered)));
    }

    private ImmutableArray<CoverOption> Options(Backlog backlog, TechniqueId[] techniques)
    {
        List<(GapWay Way, CoverOption Option)> all = [];
        HashSet<(GapTask?, string)> seen = [];
        var enough = techniques.Where(_elements.ContainsKey).SelectMany(whole => backlog.Outlook.EnoughSubs(whole).Select(part => (part, whole))).ToLookup(pair => pair.part, pair => pair.whole);
        foreach (var way in techniques.Distinct().SelectMany(id => backlog.WaysOf(id)))
        {
            ImmutableArray<int> covers = [.. way.Closes.Concat(way.Closes.SelectMany(id => enough[id])).Where(_elements.ContainsKey).Select(id => _elements[id]).Distinct().Order()];
            if (covers.IsEmpty || !seen.Add((way.Rule, string.Join('\n', way.Missing.AsEnumerable()) + (way.Rule is null ? $"\n{string.Join(' ', way.Closes)}" : ""))))
                continue;
            foreach (var source in way.Missing.Where(source => !_sources.Contains(source)))
                _sources.Add(source);
            all.Add((way, new(way.Rule?.DaysIn(backlog.Options) ?? 0, covers, [.. way.Missing.Select(_sources.IndexOf).Order()])));
        }
        List<(GapWay Way, CoverOption Option)> kept = [];
        foreach (var one in all.OrderBy(row => row.Option.Cost).ThenByDescending(row => row.Option.Covers.Length))
            if (!kept.Any(other => IsAsGood(other.Option, one.Option)))
                kept.Add(one);
        // In gap order, by which equals are told apart.
        var ordered = kept.OrderBy(row => row.Option.Covers[0]).ThenBy(row => row.Option.Sources.Length).ThenBy(row => row.Option.Cost).ToArray();
        _ways.AddRange(ordered.Select(row => row.Way));
        return [.. ordered.Select(row => row.Option)];
    }

    private static bool IsAsGood(CoverOption one, CoverOption other) =>
        one.Cost <= other.Cost && one.Sources.All(other.Sources.Contains) && other.Covers.All(one.Covers.Contains);
}
