using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Gate;

/// <summary>One floor and what it was measured to.</summary>
/// <param name="Actor">The actor's name, or <c>union</c>.</param>
/// <param name="Part">The short name of a tactic, or a platform; null for the whole.</param>
/// <param name="Target">As written in a profile or merlon.yml.</param>
internal sealed record Floor(string Actor, string? Part, Ratio Covered, Target Target)
{
    public required AttackDomain Domain { get; init; }

    /// <summary>Whether <see cref="Part"/> is a platform, rather than a tactic.</summary>
    public bool IsOfPlatform { get; init; }

    /// <summary>The actor, with the part where there is one.</summary>
    public string What => Part is null ? Actor : $"{Actor}, {Part}";

    public bool Holds => Covered.Total == 0 || Covered.Reaches(Target.Percent);

    /// <summary>How many more techniques it takes.</summary>
    public int Missing => Math.Max(0, (int)((((long)Target.Percent * Covered.Total) + 99) / 100) - Covered.Covered);
}

/// <summary>Judges coverage by the floors that profiles and merlon.yml set.</summary>
internal static class Floors
{
    /// <summary>Every floor that is written, in the order of the actors, the union's last.</summary>
    /// <param name="targets">Those of merlon.yml: the default for each actor, the others on the union.</param>
    public static ImmutableArray<Floor> Of(ProgramCoverage coverage, Targets targets)
    {
        var floors = ImmutableArray.CreateBuilder<Floor>();
        foreach (var actor in coverage.Actors)
        {
            var own = actor.Actor?.Profile.Targets ?? Targets.None;
            if (TargetOf(actor, targets) is { } target)
                floors.Add(new(actor.Name, null, actor.Covered, target) { Domain = actor.Release.Domain });
            AddParts(floors, actor, own);
        }
        if (coverage.Union is not { } union)
            return floors.ToImmutable();
        if (targets.Union is { } whole)
            floors.Add(new(union.Name, null, union.Covered, whole) { Domain = union.Release.Domain });
        AddParts(floors, union, targets);
        return floors.ToImmutable();
    }

    /// <summary>The floor of an actor as a whole: its profile's, else merlon.yml's.</summary>
    public static Target? TargetOf(ActorCoverage actor, Targets targets) =>
        actor.Actor is null ? targets.Union : actor.Actor.Profile.Targets.Default ?? targets.Default;

    private static void AddParts(ImmutableArray<Floor>.Builder floors, ActorCoverage actor, Targets targets)
    {
        foreach (var (tactic, target) in targets.Tactics)
            floors.Add(new(actor.Name, tactic, actor.Tactics.FirstOrDefault(row => row.Tactic.ShortName == tactic).Covered, target) { Domain = actor.Release.Domain });
        foreach (var (platform, target) in targets.Platforms)
            floors.Add(new(actor.Name, platform, actor.Platforms.FirstOrDefault(row => row.Platform == platform).Covered, target) { Domain = actor.Release.Domain, IsOfPlatform = true });
    }

    /// <summary>What is below target, at the place where the target or the requirement is written.</summary>
    public static IEnumerable<Diagnostic> Judge(ProgramCoverage coverage, Targets targets) => JudgeFloors(coverage, targets).Concat(coverage.Actors.SelectMany(JudgeRequired));

    private static IEnumerable<Diagnostic> JudgeFloors(ProgramCoverage coverage, Targets targets)
    {
        var level = coverage.Definition.Level.Name;
        foreach (var floor in Of(coverage, targets))
            if (floor.Covered.Total == 0)
                yield return GateDiagnostics.NothingMeasured.At(floor.Target.Span, $"{floor.What}: no technique is in scope, so the target of {floor.Target.Percent}% means nothing");
            else if (!floor.Holds)
                yield return GateDiagnostics.BelowTarget.At(floor.Target.Span,
                    $"{floor.What}: {level} {floor.Covered} ({floor.Covered.Percent}) is below the target of {floor.Target.Percent}%; {floor.Missing} more {(floor.Missing == 1 ? "technique is" : "techniques are")} needed");
            else if (floor.Covered.Total < 5)
                yield return GateDiagnostics.SmallFloor.At(floor.Target.Span, $"{floor.What}: the target of {floor.Target.Percent}% is on {floor.Covered.Total} techniques only; require them by name");
    }

    // A requirement that scope or an exclusion takes out of the measurement is not met either.
    private static IEnumerable<Diagnostic> JudgeRequired(ActorCoverage actor)
    {
        foreach (var one in actor.Techniques.Concat(actor.Pre).Where(one => one is { Scoped.IsRequired: true, IsCovered: false }))
            yield return Unmet(one.Scoped.Listed, $"is {one.Level.Name}, not {actor.Definition.Level.Name}; 'merlon why {one.Id}' says what is missing");
        foreach (var one in actor.Excluded.Where(one => one.Scoped.IsRequired))
            yield return Unmet(one.Scoped.Listed, "is excluded; remove the requirement or the exclusion");
        foreach (var one in actor.OutOfScope.Where(one => one.Own is { Required: true }))
            yield return Unmet(one, $"exists on none of the platforms in scope ({string.Join(", ", actor.Definition.Platforms)}); remove the requirement or widen the scope");

        // What is required has an entry of the profile, which says so.
        Diagnostic Unmet(ListedTechnique listed, string how) =>
            GateDiagnostics.BelowTarget.At(listed.Own!.Span, $"{actor.Name}: {listed.Id} {listed.Technique.Name} is required and {how}");
    }
}
