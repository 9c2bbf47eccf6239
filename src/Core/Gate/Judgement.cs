using System.Collections.Immutable;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Gate;

/// <summary>Head under one policy: its own, or the base's.</summary>
internal sealed record Judgement
{
    public required ImmutableArray<JudgedFloor> Floors { get; init; }

    /// <summary>With the severities of the policy.</summary>
    public required ImmutableArray<Loss> Lost { get; init; }

    /// <summary>By what they are about, so that two policies can be compared.</summary>
    public required ImmutableArray<(string Key, Diagnostic Finding)> Findings { get; init; }

    /// <summary>What a policy is judged with.</summary>
    /// <param name="Coverage">Head's, in the policy's terms.</param>
    /// <param name="Changes">Null without a base.</param>
    /// <param name="AtBase">The base as it was by itself; empty without a base.</param>
    /// <param name="BaseFloors">The base's own floors.</param>
    /// <param name="Ratchet">The claims that must not be lost; null for none.</param>
    internal sealed record Evidence(
        ImmutableArray<ProgramCoverage> Coverage, CoverageChanges? Changes, ImmutableArray<Floor> BaseFloors, ImmutableArray<ProgramCoverage> AtBase, OtherCauses Causes, Ratchet? Ratchet);

    public static Judgement Of(GatePolicy policy, Evidence evidence)
    {
        var level = evidence.Coverage[0].Definition.Level;
        var lost = evidence.Changes?.Lost ?? [];
        if (evidence.Ratchet is { } ratchet)
            lost = [.. lost, .. RatchetLosses.Of(ratchet, evidence.Coverage).Where(loss => !lost.Any(loss.IsSame))];
        var floors = evidence.Coverage.SelectMany(coverage => Gate.Floors.Of(coverage, policy.Targets)).Select(floor => Judge(floor, level, lost, policy, evidence)).ToImmutableArray();
        var failing = floors.Where(floor => !floor.Passed).Select(floor => floor.Floor).ToArray();
        var judged = lost.Select(loss => loss with { Severity = SeverityOf(loss, policy.Regression, failing) }).ToImmutableArray();
        return new()
        {
            Floors = floors,
            Lost = judged,
            Findings =
            [
                .. floors.Where(floor => !IsToldElsewhere(floor.Floor, floors)).Select(floor => (KeyOf(floor.Floor), Gate.Floors.Judge(floor.Floor, level, floor.Why) is { } finding ? finding.Info == GateDiagnostics.BelowTarget ? finding with { Severity = floor.Severity } : finding : null))
                    .Where(pair => pair.Item2 is not null)!,
                .. Required(policy, evidence),
                .. judged.Select(loss => ($"loss {loss.Domain} {loss.Actor} {loss.Technique.Id}", LossFindings.Of(loss, level.Name))),
            ],
        };
    }

    // A floor on nothing means nothing when it does so in all domains; the first of them says it.
    private static bool IsToldElsewhere(Floor floor, ImmutableArray<JudgedFloor> floors) => floor.Covered.Total == 0
        && floors.Any(other => floor.IsElsewhere(other.Floor) && (other.Floor.Covered.Total > 0 || other.Floor.Domain < floor.Domain));

    private static JudgedFloor Judge(Floor floor, Level level, ImmutableArray<Loss> lost, GatePolicy policy, Evidence evidence)
    {
        bool? belowAtBase = evidence.BaseFloors.FirstOrDefault(floor.IsSame) is { } before ? !before.Holds : null;
        var lostNothing = !lost.Any(loss => loss.Domain == floor.Domain && (floor.IsOfUnion || loss.Actor == floor.Actor));
        var severity = floor.Holds ? Severity.Info
            : policy.BelowTarget == BelowTarget.Warn || (policy.BelowTarget == BelowTarget.NoWorse && belowAtBase == true && lostNothing) ? Severity.Warning : Severity.Error;
        return new(floor, floor.Holds, belowAtBase, floor.Holds ? null : evidence.Causes.Why(floor.MeasuredIn), severity);
    }

    // What was required and not met at the base is no worse either, where nothing was lost.
    private static IEnumerable<(string, Diagnostic)> Required(GatePolicy policy, Evidence evidence)
    {
        var unmetAtBase = evidence.AtBase.SelectMany(coverage => coverage.Actors).SelectMany(actor => Gate.Floors.JudgeRequired(actor).Select(unmet => (actor.Name, unmet.Technique))).ToHashSet();
        foreach (var actor in evidence.Coverage.SelectMany(coverage => coverage.Actors))
            foreach (var (technique, finding) in Gate.Floors.JudgeRequired(actor))
            {
                var isNoWorse = unmetAtBase.Contains((actor.Name, technique)) && evidence.Changes?.Lost.Any(loss => loss.Actor == actor.Name && loss.Domain == actor.Release.Domain) == false;
                yield return ($"required {actor.Release.Domain} {actor.Name} {technique}",
                    policy.BelowTarget == BelowTarget.Warn || (policy.BelowTarget == BelowTarget.NoWorse && isNoWorse) ? finding with { Severity = Severity.Warning } : finding);
            }
    }

    private static Severity SeverityOf(Loss loss, Regression regression, Floor[] failing) =>
        loss.IsAccepted || regression == Regression.Off ? Severity.Info
        : regression == Regression.Any || failing.Any(floor => floor.Counts(loss.Technique, loss.Actor, loss.Domain, loss.Platforms)) ? Severity.Error : Severity.Warning;

    private static string KeyOf(Floor floor) => $"floor {floor.Domain} {(floor.IsOfUnion ? "" : floor.Actor)} {(floor.IsOfPlatform ? "platform" : "")} {floor.Part}";
}
