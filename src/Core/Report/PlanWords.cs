using Merlon.Core.Coverage;
using Merlon.Core.Plan;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>How a plan speaks of actors and tasks. In the published form those whose TLP is amber or red have their alias, and no description.</summary>
internal sealed class PlanWords(PlanResult plan)
{
    private readonly PublishedNames _names = plan.IsPublished ? new([], plan.Snapshot.KeptBack) : PublishedNames.Private;

    public string Actor(string name) => _names.Of(name);

    public string Goal(PlanGoal goal) => goal.Tactic is null ? Actor(goal.Actor.Name) : $"{Actor(goal.Actor.Name)}, {goal.Tactic}";

    /// <summary>Its profile's; without one the sources that it is made of.</summary>
    public string? Description(ActorCoverage actor)
    {
        if (actor.Actor is not { Profile: var profile } || (plan.IsPublished && !profile.IsPublic))
            return null;
        return profile.Description ?? (profile.From.IsEmpty ? null : string.Join(", ", profile.From.Select(source => actor.Release.FindByName(source.Value).FirstOrDefault() is { } known ? $"{known.Id} {known.Name}" : source.Value)));
    }

    public string Task(GapTask task) => task switch
    {
        { Kind: TaskKind.Collect } => $"collect {task.LogSource}",
        { Rule: { } rule } when IsOwn(rule) => $"prove '{rule.Title}' ({rule.Span.Path})",
        { Rule: { } rule } => $"adopt '{rule.Title}' ({plan.Library?.Label}/{rule.Span.Path}){(task.Rules > 1 ? $" with the {task.Rules - 1} that it reads" : "")}",
        _ => $"write a rule for {task.Technique}{(task.LogSource is null ? "" : $" on {task.LogSource}")}",
    };

    /// <summary>Text of profiles, in which names may stand.</summary>
    public string Text(string text) => _names.In(text);

    public static string ResultOf(PlanResult plan) => plan switch
    {
        { Goals.IsEmpty: true } => "no target is set; write gate.targets, or give --target",
        { Optimum.Goals.IsEmpty: true } => "the target is reached",
        { Optimum: { IsExact: true, Goals: var goals } } => goals.Any(goal => goal.IsOutOfReach) ? "exact; out of reach is as near as can be" : "exact",
        { Optimum: var optimum } => $"at most {optimum.Investment.PersonDays - optimum.Bound} person-days over the least; no set costs less than {optimum.Bound}",
    };

    private bool IsOwn(Sources.DetectionRule rule) => plan.Snapshot.Rules.Rules.Contains(rule);
}
