using System.Globalization;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Plan;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A plan as the file that people work in: the same tree for YAML and JSON.</summary>
internal sealed class PlanDocument
{
    private readonly PlanResult _plan;
    private readonly PlanWords _words;
    private readonly PlannedGaps _gaps;

    private PlanDocument(PlanResult plan)
    {
        _plan = plan;
        _words = new(plan);
        _gaps = new(plan, _words);
    }

    public static ReportMap Of(PlanResult plan) => new PlanDocument(plan).Write();

    private Backlog Backlog => _plan.Backlog;

    private ReportMap Write()
    {
        var snapshot = _plan.Snapshot;
        var union = Backlog.Coverage.Union;
        var main = _plan.Goals.FirstOrDefault(goal => goal is { Tactic: null } && goal.Actor.Actor is null) ?? _plan.Goals.FirstOrDefault(goal => goal.Tactic is null);
        return ReportMap.Of((KeptPlan.Root, ReportMap.Of(
            ("assessed_date", $"{snapshot.Date:yyyy-MM-dd}"),
            ("program", snapshot.Config.Name),
            ("attack", $"{Backlog.Coverage.Release.Domain.Name} {Backlog.Coverage.Release.Name}"),
            ("definition", $"{Backlog.Coverage.Definition.Level.Name}, {Backlog.Coverage.Definition.RollUp}"),
            ("form", _plan.IsPublished ? "published" : "private"),
            ("telemetry", Backlog.KnowsTelemetry ? "inventory" : "unknown: no inventory says what is collected, so everything is taken to be"),
            ("primary_threats", new ReportList([.. Backlog.Coverage.Actors.Select(actor => (ReportNode)ReportMap.Of(("name", _words.Actor(actor.Name)), ("description", _words.Description(actor))))])),
            ("current_coverage", union is null ? "n/a" : union.Covered.Percent),
            ("target_coverage", main is null ? null : string.Create(CultureInfo.InvariantCulture, $"{main.Percent}%")),
            ("coverage", new ReportList([.. Backlog.Coverage.Actors.Concat(union is null ? [] : [union]).Select(CoverageOf)])),
            ("assumptions", Assumptions()),
            ("investment", ReportMap.Of(("all_gaps", InvestmentOf(Backlog.Invest(Backlog.Open))), ("top_10_gaps", InvestmentOf(Backlog.InvestInTop(10))))),
            ("smallest_set", SmallestSet()),
            ("log_sources", new ReportList([.. LogSources()])))
            .With(KeptPlan.Lists.Zip(_gaps.Lists(), (key, list) => (key, (ReportNode)list)))
            .With((_plan.Kept?.Own ?? []).Select(entry => (entry.Key.Value, ReportNode.Of(entry.Value))))));
    }

    private ReportNode CoverageOf(ActorCoverage actor) => ReportMap.Of(
        ("name", _words.Actor(actor.Name)),
        ("techniques", actor.Covered.Total),
        ("covered", actor.Covered.Covered),
        ("percent", actor.Covered.Percent),
        ("with_all_gaps_closed", Backlog.Outlook.Of(actor, Backlog.Invest(Backlog.Open).Closed).Percent));

    private ReportMap Assumptions() => ReportMap.Of(
        ("days", ReportMap.Of(("low", Backlog.Options.LowDays), ("medium", Backlog.Options.MediumDays), ("high", Backlog.Options.HighDays))),
        ("engineers", Backlog.Options.Engineers),
        ("productive", ReportNode.Of(Backlog.Options.Productive)),
        ("library", _plan.Library is { } library ? $"{library.Label} ({library.Rules.Length} rules that the program does not have)" : null),
        ("periods", new ReportList([.. _plan.Roadmap.Periods.Select((period, index) => (ReportNode)ReportMap.Of(
            ("list", KeptPlan.Lists[index]), ("days", period.Days), ("capacity", period.Capacity), ("person_days", period.PersonDays)))])));

    private static ReportMap InvestmentOf(Investment investment) => ReportMap.Of(
        ("gaps", investment.Gaps), ("blocked", investment.Blocked), ("rules_to_adopt", investment.RulesToAdopt), ("rules_to_write", investment.RulesToWrite),
        ("log_sources", ReportNode.Texts(investment.LogSources)), ("person_days", investment.PersonDays), ("calendar_days", investment.CalendarDays));

    private ReportMap SmallestSet()
    {
        var optimum = _plan.Optimum;
        return ReportMap.Of(
            ("result", PlanWords.ResultOf(_plan)),
            ("goals", new ReportList([.. optimum.Goals.Select(goal => (ReportNode)ReportMap.Of(
                ("name", _words.Goal(goal.Goal)), ("target", string.Create(CultureInfo.InvariantCulture, $"{goal.Goal.Percent}%")), ("before", $"{goal.Before} ({goal.Before.Percent})"), ("after", $"{goal.After} ({goal.After.Percent})"),
                ("out_of_reach", goal.IsOutOfReach)))])),
            ("rules_to_adopt", optimum.Investment.RulesToAdopt), ("rules_to_write", optimum.Investment.RulesToWrite), ("log_sources", ReportNode.Texts(optimum.Investment.LogSources)),
            ("person_days", optimum.Investment.PersonDays), ("calendar_days", optimum.Investment.CalendarDays), ("lower_bound", optimum.Bound), ("nodes", optimum.Nodes),
            ("steps", new ReportList([.. optimum.Steps.Select((step, index) => (ReportNode)ReportMap.Of(
                ("step", index + 1), ("task", _words.Task(step.Task)), ("effort", step.Task.Effort.Name), ("closes", ReportNode.Texts(step.Closes.Select(id => id.ToString()))),
                ("person_days", step.PersonDays), ("coverage", $"{step.Union} ({step.Union.Percent})"),
                ("goals", new ReportList([.. optimum.Goals.Zip(step.Goals, (goal, ratio) => (ReportNode)$"{_words.Goal(goal.Goal)} {ratio} ({ratio.Percent})")]))))])));
    }

    private IEnumerable<ReportNode> LogSources()
    {
        HashSet<string> above = new(StringComparer.Ordinal);
        foreach (var source in Backlog.LogSources)
        {
            above.Add(source);
            yield return ReportMap.Of(("log_source", source), ("opens", ReportNode.Texts(Backlog.OpenedBy(source).Select(id => id.ToString()))), ("with_those_above", Backlog.OpenedByAll(above).Length));
        }
    }
}
