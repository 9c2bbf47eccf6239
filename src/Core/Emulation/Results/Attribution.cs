using System.Collections.Immutable;
using Merlon.Core.Attack;

namespace Merlon.Core.Emulation.Results;

/// <summary>Why an alert has to do with a test.</summary>
internal enum MatchKind
{
    /// <summary>The rule names the test.</summary>
    Named,
    /// <summary>The rule is tagged with the technique.</summary>
    Exact,
    /// <summary>The rule is tagged with the parent or a sub-technique: shown, and proves nothing.</summary>
    Related,
}

/// <summary>What an alert may have been about.</summary>
/// <param name="Candidates">The tests that are equally likely, by start; at least one.</param>
/// <param name="IsLate">Whether it came after the window.</param>
/// <param name="IsNoisy">Whether the rule had alerted on the host before the exercise.</param>
internal sealed record Attribution(Alert Alert, ExercisedRule Rule, MatchKind Kind, ImmutableArray<Execution> Candidates, bool IsLate, bool IsNoisy)
{
    /// <summary>The one that the alert belongs to: the latest run where all are runs of one test; null where it can't be told which test it was.</summary>
    public Execution? Execution => Candidates.All(candidate => candidate.Key == Candidates[0].Key && candidate.Technique == Candidates[0].Technique) ? Candidates[^1] : null;

    /// <summary>Those of the candidates.</summary>
    public ImmutableArray<TechniqueId?> Techniques => [.. Candidates.Select(candidate => candidate.Technique).Distinct()];
}
