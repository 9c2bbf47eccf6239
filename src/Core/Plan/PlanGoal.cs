using Merlon.Core.Coverage;

namespace Merlon.Core.Plan;

/// <summary>A share of an actor's techniques, or of those of one tactic, that is to be covered.</summary>
/// <param name="Tactic">Short name; null for the whole.</param>
/// <param name="Percent">0 to 100.</param>
internal sealed record PlanGoal(ActorCoverage Actor, string? Tactic, int Percent)
{
    public IEnumerable<TechniqueCoverage> Techniques => Actor.Techniques.Where(technique => Tactic is null || technique.Technique.Tactics.Contains(Tactic));

    /// <summary>How many techniques have to be covered.</summary>
    public int Needed => (int)((((long)Percent * Techniques.Count()) + 99) / 100);

    public string Name => Tactic is null ? Actor.Name : $"{Actor.Name}, {Tactic}";
}
