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

    /// <summary>Whether it is on all actors together.</summary>
    public bool IsOfUnion { get; init; }

    /// <summary>Whether <see cref="Part"/> is a platform, rather than a tactic.</summary>
    public bool IsOfPlatform { get; init; }

    /// <summary>The actor, with the part where there is one, and the domain where it is not the usual one.</summary>
    public string What => Domain.Qualify(Part is null ? Actor : $"{Actor}, {Part}");

    public bool Holds => Covered.Total == 0 || Covered.Reaches(Target.Percent);

    /// <summary>How many more techniques it takes.</summary>
    public int Missing => Math.Max(0, (int)((((long)Target.Percent * Covered.Total) + 99) / 100) - Covered.Covered);

    /// <summary>Whether it is the same floor, of whatever height.</summary>
    public bool IsSame(Floor other) => (Domain, IsOfUnion, IsOfPlatform, Part) == (other.Domain, other.IsOfUnion, other.IsOfPlatform, other.Part) && (IsOfUnion || Actor == other.Actor);

    /// <summary>Whether it is the same line of a profile or merlon.yml in another domain, whose table is another one.</summary>
    public bool IsElsewhere(Floor other) => Domain != other.Domain && IsSame(other with { Domain = Domain }) && Target.Span == other.Target.Span;

    /// <summary>What it is measured to in another coverage; null where that does not have it.</summary>
    public Ratio? MeasuredIn(ImmutableArray<ProgramCoverage> coverages)
    {
        var coverage = coverages.FirstOrDefault(one => one.Release.Domain == Domain);
        var actor = IsOfUnion ? coverage?.Union : coverage?.Actors.FirstOrDefault(one => one.Name == Actor);
        return actor is null ? null : Floors.Measure(actor, Part, IsOfPlatform);
    }

    /// <summary>Whether a technique on some platforms counts in it.</summary>
    public bool Counts(Technique technique, string actor, AttackDomain domain, ImmutableArray<string> platforms) =>
        Domain == domain && (IsOfUnion || Actor == actor) && (Part is null || (IsOfPlatform ? platforms.Contains(Part) : technique.Tactics.Contains(Part)));
}

/// <summary>The floors that profiles and merlon.yml set.</summary>
internal static class Floors
{
    /// <summary>Every floor that is written, in the order of the actors, the union's last.</summary>
    /// <param name="targets">Those of merlon.yml: the default for each actor, the others on the union.</param>
    public static ImmutableArray<Floor> Of(ProgramCoverage coverage, Targets targets)
    {
        var floors = ImmutableArray.CreateBuilder<Floor>();
        foreach (var actor in coverage.Actors)
        {
            if (TargetOf(actor, targets) is { } target)
                floors.Add(Of(actor, null, target));
            AddParts(floors, actor, actor.Actor?.Profile.Targets ?? Targets.None);
        }
        if (coverage.Union is not { } union)
            return floors.ToImmutable();
        if (targets.Union is { } whole)
            floors.Add(Of(union, null, whole));
        AddParts(floors, union, targets);
        return floors.ToImmutable();
    }

    /// <summary>The floor of an actor as a whole: its profile's, else merlon.yml's.</summary>
    public static Target? TargetOf(ActorCoverage actor, Targets targets) =>
        actor.Actor is null ? targets.Union : actor.Actor.Profile.Targets.Default ?? targets.Default;

    public static Ratio Measure(ActorCoverage actor, string? part, bool isPlatform) => part is null ? actor.Covered
        : isPlatform ? actor.Platforms.FirstOrDefault(row => row.Platform == part).Covered : actor.Tactics.FirstOrDefault(row => row.Tactic.ShortName == part).Covered;

    private static void AddParts(ImmutableArray<Floor>.Builder floors, ActorCoverage actor, Targets targets)
    {
        foreach (var (tactic, target) in targets.Tactics)
            floors.Add(Of(actor, tactic, target));
        foreach (var (platform, target) in targets.Platforms)
            floors.Add(Of(actor, platform, target, isPlatform: true));
    }

    private static Floor Of(ActorCoverage actor, string? part, Target target, bool isPlatform = false) =>
        new(actor.Name, part, Measure(actor, part, isPlatform), target) { Domain = actor.Release.Domain, IsOfUnion = actor.Actor is null, IsOfPlatform = isPlatform };

    /// <summary>What a floor has to say: that it is not reached, or that it means little; null for one that holds.</summary>
    /// <param name="why">What brought it below, where that is known.</param>
    public static Diagnostic? Judge(Floor floor, Level level, string? why = null) =>
        floor.Covered.Total == 0 ? GateDiagnostics.NothingMeasured.At(floor.Target.Span, $"{floor.What}: no technique is in scope, so the target of {floor.Target.Percent}% means nothing")
        : !floor.Holds ? GateDiagnostics.BelowTarget.At(floor.Target.Span,
            $"{floor.What}: {level.Name} {floor.Covered} ({floor.Covered.Percent}) is below the target of {floor.Target.Percent}%; {floor.Missing} more {(floor.Missing == 1 ? "technique is" : "techniques are")} needed{(why is null ? "" : $" ({why})")}")
        : floor.Covered.Total < 5 ? GateDiagnostics.SmallFloor.At(floor.Target.Span, $"{floor.What}: the target of {floor.Target.Percent}% is on {floor.Covered.Total} techniques only; require them by name")
        : null;

    /// <summary>What a profile requires and is not proved. A requirement that scope or an exclusion takes out of the measurement is not met either.</summary>
    public static IEnumerable<(TechniqueId Technique, Diagnostic Finding)> JudgeRequired(ActorCoverage actor)
    {
        foreach (var one in actor.Techniques.Concat(actor.Pre).Where(one => one is { Scoped.IsRequired: true, IsCovered: false }))
            yield return Unmet(one.Scoped.Listed, $"is {one.Level.Name}, not {actor.Definition.Level.Name}; 'merlon why {one.Id}' says what is missing");
        foreach (var one in actor.Excluded.Where(one => one.Scoped.IsRequired))
            yield return Unmet(one.Scoped.Listed, "is excluded; remove the requirement or the exclusion");
        foreach (var one in actor.OutOfScope.Where(one => one.Own is { Required: true }))
            yield return Unmet(one, $"exists on none of the platforms in scope ({string.Join(", ", actor.Definition.Platforms)}); remove the requirement or widen the scope");

        // What is required has an entry of the profile, which says so.
        (TechniqueId, Diagnostic) Unmet(ListedTechnique listed, string how) =>
            (listed.Id, GateDiagnostics.BelowTarget.At(listed.Own!.Span, $"{actor.Name}: {listed.Id} {listed.Technique.Name} is required and {how}"));
    }
}
