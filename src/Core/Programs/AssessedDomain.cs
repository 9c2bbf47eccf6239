using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Gate;
using Merlon.Core.Plan;

namespace Merlon.Core.Programs;

/// <summary>The assessment of a program in one ATT&amp;CK domain, over the union of its actors.</summary>
internal sealed record AssessedDomain
{
    /// <summary>What the recommendation is about: the first so many gaps that nobody has accepted.</summary>
    private const int RecommendedGaps = 10;

    public required ActorCoverage Union { get; init; }

    /// <summary>The union at the revision that is compared with: of the same techniques.</summary>
    public required ActorCoverage? Before { get; init; }

    /// <summary>In the order of the profiles.</summary>
    public required ImmutableArray<AssessedActor> Actors { get; init; }

    /// <summary>Every tactic of the release in matrix order, those before an intrusion last.</summary>
    public required ImmutableArray<AssessedTactic> Tactics { get; init; }

    public required Backlog Backlog { get; init; }

    /// <summary>The gaps that come first: those that the plan closes in its first period, within 30 days, in gap order.</summary>
    public required ImmutableArray<Gap> Top { get; init; }

    /// <summary>What closing the first gaps takes.</summary>
    public required Investment Investment { get; init; }

    /// <summary>What is covered once that is done.</summary>
    public required Ratio Expected { get; init; }

    public AttackRelease Release => Union.Release;

    /// <summary>What was covered at the revision and is not, by id.</summary>
    public IEnumerable<TechniqueCoverage> NewGaps => Differing(isCovered: false);

    /// <summary>What was not covered at the revision and is, by id.</summary>
    public IEnumerable<TechniqueCoverage> ClosedGaps => Differing(isCovered: true);

    public Tally Count(Func<ActorCoverage, int> count) => new(count(Union), Before is null ? null : count(Before));

    /// <param name="before">The same actors at the revision that is compared with.</param>
    /// <param name="targets">Those of merlon.yml.</param>
    public static AssessedDomain Of(Backlog backlog, ProgramCoverage? before, Targets targets)
    {
        var coverage = backlog.Coverage;
        var union = coverage.Union!; // there with actors, and there is no domain without
        ImmutableArray<Gap> top = [.. Roadmap.Of(backlog).Periods[0].Gaps.Select(planned => planned.Gap)];
        var investment = backlog.InvestInTop(RecommendedGaps);
        return new()
        {
            Union = union,
            Before = before?.Union,
            Actors = [.. coverage.Actors.Select((actor, at) => new AssessedActor(actor, before?.Actors[at].Covered, Floors.TargetOf(actor, targets)))],
            Tactics = AssessedTactic.Of(union, before?.Union, targets, top),
            Backlog = backlog,
            Top = top,
            Investment = investment,
            Expected = investment.CoverageOf(union, backlog),
        };
    }

    private IEnumerable<TechniqueCoverage> Differing(bool isCovered)
    {
        var then = Before?.Techniques.Where(technique => technique.IsCovered != isCovered).Select(technique => technique.Id).ToHashSet() ?? [];
        return Union.Techniques.Where(technique => technique.IsCovered == isCovered && then.Contains(technique.Id));
    }
}

/// <param name="Before">Null where nothing is compared.</param>
/// <param name="Floor">Its profile's, else <c>gate.targets.default</c>; null for none.</param>
internal sealed record AssessedActor(ActorCoverage Coverage, Ratio? Before, Target? Floor)
{
    public Tally Covered => new(Coverage.Covered.Covered, Before?.Covered);

    public bool IsBelowFloor => Floor is { } floor && Coverage.Covered.Total > 0 && !Coverage.Covered.Reaches(floor.Percent);
}
