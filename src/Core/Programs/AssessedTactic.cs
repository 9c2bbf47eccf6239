using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;

namespace Merlon.Core.Programs;

/// <summary>One column of the matrix, measured on the union of the actors. A technique of two tactics counts in both.</summary>
internal sealed record AssessedTactic
{
    public required Tactic Tactic { get; init; }

    public required Ratio Covered { get; init; }

    /// <summary>Null where nothing is compared.</summary>
    public required Ratio? Before { get; init; }

    /// <summary>Whether these are techniques whose only platform is PRE.</summary>
    public bool IsPre { get; init; }

    /// <summary>Whether they are measured apart: in no total, and below no floor.</summary>
    public bool IsApart { get; init; }

    /// <summary>Null for none.</summary>
    public AssessedFloor? Floor { get; init; }

    /// <summary>Whether one of the gaps that come first is in it.</summary>
    public bool HasTopGap { get; init; }

    public Tally Count => new(Covered.Covered, Before?.Covered);

    public bool IsBelowFloor => Floor is { } floor && Covered.Total > 0 && !Covered.Reaches(floor.Percent);

    public bool IsPriorityGap => IsBelowFloor && HasTopGap;

    /// <summary>How many of ten cells of a bar are full.</summary>
    public int Cells => (Covered.PerMille ?? 0) / 100;

    /// <param name="before">The union at the revision that is compared with.</param>
    /// <param name="targets">Those of merlon.yml.</param>
    /// <param name="top">The gaps that come first.</param>
    public static ImmutableArray<AssessedTactic> Of(ActorCoverage union, ActorCoverage? before, Targets targets, ImmutableArray<Gap> top)
    {
        List<AssessedTactic> within = [], pre = [];
        foreach (var tactic in union.Release.Tactics)
        {
            bool IsIn(TechniqueCoverage one) => one.Technique.Tactics.Contains(tactic.ShortName);
            var isPre = IsPreTactic(tactic, union.Release);
            if (!isPre || !union.Definition.PreApart)
                (isPre ? pre : within).Add(new()
                {
                    Tactic = tactic,
                    Covered = ActorCoverage.RatioOf([.. union.Techniques.Where(IsIn)]),
                    Before = before is null ? null : ActorCoverage.RatioOf([.. before.Techniques.Where(IsIn)]),
                    IsPre = isPre,
                    Floor = AssessedFloor.Of(tactic, targets),
                    HasTopGap = top.Any(gap => IsIn(gap.Technique)),
                });
            // An organisation's own technique may be prepared outside and stand in any column.
            if (union.Definition.PreApart && (isPre || union.Pre.Any(IsIn)))
                pre.Add(new()
                {
                    Tactic = tactic,
                    Covered = ActorCoverage.RatioOf([.. union.Pre.Where(IsIn)]),
                    Before = before is null ? null : ActorCoverage.RatioOf([.. before.Pre.Where(IsIn)]),
                    IsPre = true,
                    IsApart = true,
                });
        }
        return [.. within, .. pre];
    }

    private static bool IsPreTactic(Tactic tactic, AttackRelease release)
    {
        var own = release.Techniques.Where(technique => technique.IsLive && technique.Tactics.Contains(tactic.ShortName)).ToArray();
        return own.Length > 0 && own.All(technique => technique.Platforms is [Scope.PrePlatform]);
    }
}

/// <summary>The floor of a tactic: its own, else what all techniques together must reach.</summary>
/// <param name="Key">Where it is written: <see cref="OfTactic"/>, <c>gate.targets.union</c> or <c>gate.targets.default</c>.</param>
internal sealed record AssessedFloor(int Percent, string Key)
{
    public const string OfTactic = "gate.targets.tactics";

    public static AssessedFloor? Of(Tactic tactic, Targets targets) =>
        targets.Tactics.FirstOrDefault(one => one.Tactic == tactic.ShortName).Target is { } own ? new(own.Percent, OfTactic)
        : targets.Union is { } union ? new(union.Percent, "gate.targets.union")
        : targets.Default is { } all ? new(all.Percent, "gate.targets.default") : null;
}
