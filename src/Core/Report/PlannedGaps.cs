using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Plan;
using Merlon.Core.Programs;
using Merlon.Core.Yaml;

namespace Merlon.Core.Report;

/// <summary>The lists of gaps of a plan, with what people wrote of each.</summary>
internal sealed class PlannedGaps(PlanResult plan, PlanWords words)
{
    // Enough to see what kind of test there is.
    private const int MaxTests = 5, MaxRules = 10;

    private Backlog Backlog => plan.Backlog;

    /// <summary>In the order of <see cref="KeptPlan.Lists"/>.</summary>
    public IEnumerable<ReportList> Lists()
    {
        foreach (var period in plan.Roadmap.Periods)
            yield return Of(period.Gaps);
        yield return Of(plan.Roadmap.Later);
        yield return Of(plan.Roadmap.Accepted);
        var gaps = Backlog.Gaps.Select(gap => gap.Technique.Id).ToHashSet();
        var gone = (plan.Kept?.Gaps.Values ?? []).Where(kept => !gaps.Contains(kept.Technique)).OrderBy(kept => kept.Technique).ToArray();
        var covered = (Backlog.Coverage.Union?.Techniques ?? []).Where(technique => technique.IsCovered).Select(technique => technique.Id).ToHashSet();
        yield return new([.. gone.Where(kept => covered.Contains(kept.Technique)).Select(Closed)]);
        yield return new([.. gone.Where(kept => !covered.Contains(kept.Technique)).Select(kept => ReportMap.Of(kept.Written.Select(Written)))]);
    }

    private ReportList Of(ImmutableArray<PlannedGap> gaps) => new([.. gaps.Select(Of)]);

    private ReportNode Of(PlannedGap planned)
    {
        var (gap, technique) = (planned.Gap, planned.Gap.Technique.Technique);
        var kept = plan.Kept?.Gaps.GetValueOrDefault(technique.Id);
        return ReportMap.Of(
            ("technique", technique.Id.ToString()),
            ("name", technique.Name),
            ("priority", gap.Priority.ToString().ToLowerInvariant()),
            ("required", gap.Technique.Scoped.IsRequired),
            ("weight", gap.Weight),
            ("criticality", gap.Criticality.ToString().ToLowerInvariant()),
            ("collected", gap.IsCollected is { } isCollected ? isCollected : "unknown"),
            ("actors", ReportNode.Texts(gap.Actors.Select(words.Actor))),
            ("data_source", ReportNode.Texts(gap.LogSources)),
            ("effort", planned.Effort.Name),
            ("person_days", planned.PersonDays),
            ("tasks", ReportNode.Texts(planned.Tasks.Select(words.Task))),
            ("detection_approach", Approach(planned)),
            gap.Technique.Scoped.Accepted is { } accepted ? ("reason", words.Text(accepted.Reason)) : null,
            gap.Technique.Scoped.Accepted is { Until: { } until } ? ("until", $"{until:yyyy-MM-dd}") : null,
            kept?.Closed is { } closed ? ("last_closed", closed) : null)
            .With(Peoples(kept));
    }

    // What people fill in is always there, so that it can be.
    private static IEnumerable<(string, ReportNode)> Peoples(KeptGap? kept) =>
        (kept?.Own ?? []).Select(Written).Concat(KeptPlan.PeoplesKeys.Where(key => kept is null || kept.Own.All(entry => entry.Key.Value != key)).Select(key => (key, (ReportNode)(string?)null)));

    private ReportNode Closed(KeptGap kept)
    {
        var technique = Backlog.Coverage.Release.Find(kept.Technique);
        return ReportMap.Of(("technique", kept.Technique.ToString()), ("name", technique?.Name), ("closed", IsClosed(kept) ? kept.Closed : $"{plan.Snapshot.Date:yyyy-MM-dd}")).With(Peoples(kept));
    }

    // One that was open again in between is closed anew.
    private static bool IsClosed(KeptGap kept) => kept.Written.Any(entry => entry.Key.Value == "closed");

    private static (string, ReportNode) Written(YamlEntry entry) => (entry.Key.Value, ReportNode.Of(entry.Value));

    private ReportMap Approach(PlannedGap planned)
    {
        var id = planned.Gap.Technique.Id;
        var strategy = Backlog.Coverage.Release.FindStrategy(id);
        var platforms = planned.Gap.Technique.Scoped.Platforms;
        var rules = Backlog.WaysOf(id).Where(way => way.Rule?.Rule is not null && way.Rule.Rule.Source == Sources.RuleSource.Sigma && plan.Library is not null).ToArray();
        return ReportMap.Of(
            ("strategy", strategy is null ? null : LinkOf(strategy)),
            ("analytics", ReportNode.Texts((strategy?.Analytics ?? []).Where(analytic => analytic.Platforms.Any(platform => platforms.Contains(platform) || platform == "None")).Select(analytic => $"{analytic.Id} {LinkOf(strategy!, analytic)}"))), // it has analytics
            ("sigma_log_source", LogSourceOf(planned)),
            ("library_rules", ReportNode.Texts(rules.Take(MaxRules).Select(way => RuleOf(way)))),
            ("emulation_tests", ReportNode.Texts(TestsOf(id, rules))));
    }

    private static string LinkOf(DetectionStrategy strategy) => $"{strategy.Id} {strategy.Name}: https://attack.mitre.org/detectionstrategies/{strategy.Id}/";

    private static string LinkOf(DetectionStrategy strategy, Analytic analytic) => $"https://attack.mitre.org/detectionstrategies/{strategy.Id}/#{analytic.Id}";

    // Of the way that was planned; else, where nothing is left to do, of the first that there is.
    private string? LogSourceOf(PlannedGap planned) =>
        (planned.Way ?? Backlog.WaysOf(planned.Gap.Technique.Id).FirstOrDefault()) is not { } way ? null
        : way.Rule?.Rule?.LogSource?.ToString() ?? way.Rule?.LogSource ?? way.Missing.FirstOrDefault();

    private string RuleOf(GapWay way)
    {
        var rule = way.Rule!.Rule!; // the caller has looked
        return $"{words.Task(way.Rule)}: {rule.Id}, {rule.Status}, {rule.SigmaLevel}{(way.Missing.IsEmpty ? "" : $"; needs {string.Join(", ", way.Missing)}")}";
    }

    private IEnumerable<string> TestsOf(TechniqueId id, GapWay[] rules)
    {
        var own = rules.SelectMany(way => way.Rule!.Rule!.OwnTests).Select(test => $"{test.Guid:D}{(test.Name is { } name ? $" {name.Value}" : "")}"); // as above
        return plan.Tests(id).Select(test => $"{test.Id} {test.Name}").Concat(own).DistinctBy(text => text[..36]).Take(MaxTests);
    }
}
