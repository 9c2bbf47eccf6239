using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Coverage;
using Merlon.Core.Plan;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A plan for people: what it takes, the smallest set of tasks, and the periods.</summary>
internal sealed class PlanText
{
    private const int MaxLogSources = 10;

    private readonly StringBuilder _text = new();
    private readonly PlanResult _plan;
    private readonly PlanWords _words;

    private PlanText(PlanResult plan) => (_plan, _words) = (plan, new(plan));

    public static string Write(PlanResult plan) => new PlanText(plan).Write();

    private string Write()
    {
        var (backlog, options) = (_plan.Backlog, _plan.Backlog.Options);
        foreach (var actor in backlog.Coverage.Actors.Append(backlog.Coverage.Union).OfType<ActorCoverage>())
            Line($"{_words.Actor(actor.Name)}: {backlog.Coverage.Definition.Level.Name} {actor.Covered} ({actor.Covered.Percent})");
        Line($"days low {options.LowDays}, medium {options.MediumDays}, high {options.HighDays}; {options.Engineers} engineers, productive {options.Productive}; {options.Capacity(Roadmap.Ends[0])} person-days in 30 days");
        if (!backlog.KnowsTelemetry)
            Line($"telemetry unknown: no inventory (coverage.logSources) says what is collected; efforts take everything to be");
        Line($"all gaps: {Of(backlog.Invest(backlog.Open))}");
        WriteSmallestSet();
        WriteLogSources();
        foreach (var (number, period) in _plan.Roadmap.Periods.Index())
            WriteGaps($"priority {number + 1}, {period.Days} days: {period.PersonDays} of {period.Capacity} person-days", period.Gaps);
        WriteGaps("later", _plan.Roadmap.Later);
        WriteGaps("accepted", _plan.Roadmap.Accepted);
        return _text.ToString();
    }

    private void WriteSmallestSet()
    {
        var optimum = _plan.Optimum;
        Line($"smallest set of tasks: {PlanWords.ResultOf(_plan)}{(optimum.Steps.IsEmpty ? "" : $"; {Of(optimum.Investment)}")}");
        foreach (var goal in optimum.Goals)
            Line($"  {_words.Goal(goal.Goal)}: {goal.Before} ({goal.Before.Percent}), then {goal.After} ({goal.After.Percent}) of {goal.Goal.Percent}%{(goal.IsOutOfReach ? $"; no more than {goal.Most} can be covered" : "")}");
        foreach (var (number, step) in optimum.Steps.Index())
            Line($"  {number + 1,3}. {_words.Task(step.Task)}{(step.Closes.IsEmpty ? "" : $": closes {string.Join(", ", step.Closes)}")}; {step.PersonDays} person-days, {step.Union} ({step.Union.Percent})");
    }

    private void WriteLogSources()
    {
        var sources = _plan.Backlog.LogSources;
        if (sources.IsEmpty)
            return;
        Line($"log sources by the gaps that they open");
        foreach (var source in sources.Take(MaxLogSources))
            Line($"  {_plan.Backlog.OpenedBy(source).Length,3} {source}");
        if (sources.Length > MaxLogSources)
            Line($"      and {sources.Length - MaxLogSources} more");
    }

    private void WriteGaps(string title, ImmutableArray<PlannedGap> gaps)
    {
        if (gaps.IsEmpty)
            return;
        Line($"{title}");
        foreach (var planned in gaps)
            Line($"  {planned.Gap.Technique.Id,-9} {planned.Gap.Technique.Technique.Name}: {planned.Effort.Name}{(planned.Tasks.IsEmpty ? "" : $"; {string.Join("; ", planned.Tasks.Select(_words.Task))}")}; {GapsText.ValuesOf(planned.Gap)}");
    }

    private static string Of(Investment all) => string.Create(CultureInfo.InvariantCulture,
        $"{all.Gaps} gaps; {all.RulesToAdopt} rules to adopt, {all.RulesToWrite} to write, {all.LogSources.Length} log sources to collect; {all.PersonDays} person-days, {all.CalendarDays} days; {all.Blocked} blocked");

    private void Line(FormattableString line) => _text.Append(Printable.Text(line.ToString(CultureInfo.InvariantCulture))).Append('\n');
}
