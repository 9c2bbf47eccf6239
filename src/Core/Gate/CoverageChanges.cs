using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Gate;

/// <summary>Proofs that rules lost and gained between two sides, for every technique that an actor uses, in the terms of one side.</summary>
internal sealed class CoverageChanges
{
    private readonly RuleFates _fates;

    private CoverageChanges(RuleFates fates) => _fates = fates;

    public ImmutableArray<Loss> Lost { get; private init; } = [];

    public ImmutableArray<Loss> Lowered { get; private init; } = [];

    public ImmutableArray<Gain> Gained { get; private init; } = [];

    public ImmutableArray<LastRule> LastRules { get; private init; } = [];

    /// <param name="from">The base, as the one who is asked for a mixture.</param>
    /// <param name="terms">Whose release, profiles and definition decide: head's, or the base's profiles and definition for its policy.</param>
    public static CoverageChanges Of(Side from, Side to, Side terms, Measurements measurements, RuleFates fates)
    {
        CoverageChanges changes = new(fates);
        List<Loss> lost = [], lowered = [];
        List<Gain> gained = [];
        List<LastRule> last = [];
        foreach (var level in Levels.Proofs.Where(level => IsMeasured(level, from, terms)))
        {
            var (wanted, own) = (At(terms, level), At(from, level));
            // What did not hold under the base's own definition was no proof there.
            var heldAtBase = measurements.Of(from, Measurements.Telemetry(from, terms), terms, terms, own);
            foreach (var (before, held, after) in Zip(measurements.Of(from, wanted), heldAtBase, measurements.Of(to, wanted)))
                if (level == terms.Definition.Level)
                {
                    lost.AddRange(changes.FindLost(before, held, after));
                    gained.AddRange(changes.FindGained(before, after));
                    last.AddRange(changes.FindLast(before, after));
                }
                else
                    lowered.AddRange(changes.FindLost(before, held, after));
        }
        var gone = lost.Select(loss => (loss.Technique.Id, loss.Actor, loss.Domain)).ToHashSet();
        return new(fates)
        {
            Lost = InOrder(lost),
            Lowered = InOrder(lowered.Where(loss => !gone.Contains((loss.Technique.Id, loss.Actor, loss.Domain)))),
            Gained = [.. gained.OrderBy(gain => gain.Domain).ThenBy(gain => gain.Technique.Id).ThenBy(gain => gain.Actor, StringComparer.Ordinal)],
            LastRules = [.. last.OrderBy(one => one.Technique.Id).ThenBy(one => one.Span.Path, StringComparer.Ordinal).ThenBy(one => one.Span.Line)],
        };
    }

    // Where nobody has a test no test can be lost.
    private static bool IsMeasured(Level level, Side from, Side terms) => level == terms.Definition.Level || level switch
    {
        Level.Tested => from.Evidence.HasTests,
        Level.Validated => from.Evidence.HasRecords,
        Level.Deployed => from.Rules.HasInventory,
        _ => true,
    };

    private static Side At(Side side, Level level) => side.Definition.Level == level ? side : side with { Definition = side.Definition with { Level = level } };

    private static ImmutableArray<Loss> InOrder(IEnumerable<Loss> losses) =>
        [.. losses.OrderBy(loss => loss.Domain).ThenBy(loss => loss.Technique.Id).ThenBy(loss => loss.Actor, StringComparer.Ordinal)];

    private static IEnumerable<(ProgramCoverage, ProgramCoverage, ProgramCoverage)> Zip(
        ImmutableArray<ProgramCoverage> before, ImmutableArray<ProgramCoverage> held, ImmutableArray<ProgramCoverage> after) => before.Zip(held, after);

    private IEnumerable<Loss> FindLost(ProgramCoverage before, ProgramCoverage held, ProgramCoverage after)
    {
        foreach (var (was, heldAs, now) in before.Actors.Zip(held.Actors, after.Actors))
        {
            var holding = heldAs.Techniques.Concat(heldAs.Pre).Where(one => one.IsCovered).ToDictionary(one => one.Id);
            foreach (var (old, current) in Pairs(was, now))
                if (old.IsCovered && holding.TryGetValue(old.Id, out var proved) && Missing(old.Platforms.Intersect(proved.Platforms), old, current) is { } platforms)
                    yield return ToLoss(old, current, platforms, now, before, after);
        }
    }

    private IEnumerable<Gain> FindGained(ProgramCoverage before, ProgramCoverage after)
    {
        foreach (var (was, now) in before.Actors.Zip(after.Actors))
            foreach (var (current, old) in Pairs(now, was))
                if (current.IsCovered && Missing(current.Platforms, current, old) is { } platforms)
                {
                    var claims = Provers(current, platforms, after).Where(claim => !IsProver(before, claim, after, platforms)).ToArray();
                    yield return new(current.Technique, now.Name, now.Release.Domain, platforms, LevelOn(old, platforms), LevelOn(current, platforms),
                        [.. claims.Select(claim => _fates.Gained(claim, before.Claims)).DistinctBy(change => change.Rule)]);
                }
    }

    // By position: both were measured by the same profiles, so they have the same techniques.
    private static IEnumerable<(TechniqueCoverage, TechniqueCoverage)> Pairs(ActorCoverage one, ActorCoverage other) =>
        one.Techniques.Zip(other.Techniques).Concat(one.Pre.Zip(other.Pre));

    /// <summary>The platforms that one has and the other lacks; empty for a technique without platforms; null when nothing is missing.</summary>
    private static ImmutableArray<string>? Missing(IEnumerable<string> platforms, TechniqueCoverage one, TechniqueCoverage other)
    {
        if (one.Platforms.IsEmpty)
            return other.IsCovered ? null : [];
        return platforms.Except(other.Platforms, StringComparer.Ordinal).ToImmutableArray() is { IsEmpty: false } missing ? missing : null;
    }

    private Loss ToLoss(TechniqueCoverage old, TechniqueCoverage current, ImmutableArray<string> platforms, ActorCoverage actor, ProgramCoverage before, ProgramCoverage after)
    {
        var changes = Provers(old, platforms, before).Where(claim => !IsProver(after, claim, before, platforms))
            .Select(claim => _fates.Lost(claim, after.Claims)).DistinctBy(change => change.Rule).ToImmutableArray();
        return new()
        {
            Technique = old.Technique,
            Actor = actor.Name,
            Domain = actor.Release.Domain,
            Platforms = platforms,
            From = LevelOn(old, platforms),
            To = LevelOn(current, platforms),
            Severity = Severity.Warning,
            IsAccepted = current.Scoped.Accepted is not null,
            IsStillCovered = current.IsCovered,
            Span = changes is [{ Cause: not (ChangeCause.Removed or ChangeCause.Replaced or ChangeCause.Unlisted), Span: var span }, ..] ? span : PlaceOf(current, actor),
            Changes = changes,
        };
    }

    /// <summary>Where a profile lists a technique: its own entry, else the group or campaign that does.</summary>
    private static SourceSpan PlaceOf(TechniqueCoverage technique, ActorCoverage actor)
    {
        if (technique.Scoped.Listed.Own is { } own)
            return own.Span;
        var profile = actor.Actor!.Profile; // losses are of actors, not of their union
        foreach (var source in profile.From)
            if (technique.Scoped.Listed.Sources.Contains(source.Value.ToUpperInvariant()))
                return source.Span;
        return profile.From is [var first, ..] ? first.Span : profile.Span;
    }

    /// <summary>The claims that prove a technique on some platforms: its own, else those of its sub-techniques.</summary>
    private static IEnumerable<Claim> Provers(TechniqueCoverage technique, ImmutableArray<string> platforms, ProgramCoverage coverage)
    {
        var level = coverage.Definition.Level;
        bool Proves(Claim claim) => claim.Proves(level) && (platforms.IsEmpty || claim.Platforms.Any(platforms.Contains));
        var own = coverage.Claims.On(technique.Id).Where(Proves).ToArray();
        return own.Length > 0 || technique.Id.IsSubTechnique ? own : coverage.Release.SubTechniques(technique.Id).SelectMany(sub => coverage.Claims.On(sub.Id)).Where(Proves);
    }

    // Whether the rule of a claim proves as much on the other side.
    private bool IsProver(ProgramCoverage there, Claim claim, ProgramCoverage here, ImmutableArray<string> platforms)
    {
        var other = _fates.FindElsewhere(claim.Rule);
        return other is not null && there.Claims.On(claim.Technique.Id).Any(found => found.Rule == other && found.Proves(here.Definition.Level)
            && (platforms.IsEmpty || platforms.Where(claim.Platforms.Contains).All(found.Platforms.Contains)));
    }

    // What the best rule proves on some of the platforms, for showing.
    private static Level LevelOn(TechniqueCoverage technique, ImmutableArray<string> platforms) => technique.IsCovered && technique.Claims.IsEmpty ? technique.Level
        : technique.Claims.Where(claim => platforms.IsEmpty || claim.Platforms.Any(platforms.Contains)).Select(claim => claim.Level).DefaultIfEmpty(technique.Platforms.Any(platforms.Contains) ? technique.Level : Level.None).Max();

    // A technique that had several rules on a platform and has one: for those that some actor uses.
    private IEnumerable<LastRule> FindLast(ProgramCoverage before, ProgramCoverage after)
    {
        if (after.Union is not { } union)
            yield break;
        foreach (var technique in union.Techniques)
        {
            var old = Proving(before, technique.Id);
            var left = Proving(after, technique.Id);
            if (left.Length == 0 || old.Length <= 1)
                continue;
            var platforms = technique.Scoped.Platforms.Where(platform => Count(left, platform) == 1 && Count(old, platform) > 1);
            foreach (var group in platforms.GroupBy(platform => left.First(claim => claim.Platforms.Contains(platform))))
            {
                ImmutableArray<string> names = [.. group];
                var changes = old.Where(claim => claim.Platforms.Any(names.Contains) && !IsProver(after, claim, before, names)).Select(claim => _fates.Lost(claim, after.Claims)).DistinctBy(change => change.Rule).ToImmutableArray();
                if (changes.IsEmpty)
                    continue;
                var actors = after.Actors.Where(actor => actor.Techniques.Any(one => one.Id == technique.Id)).Select(actor => actor.Name);
                yield return new(technique.Technique, [.. actors], names, group.Key.Rule, group.Key.Tag.Span, changes);
            }
        }
    }

    private static Claim[] Proving(ProgramCoverage coverage, TechniqueId id) => [.. coverage.Claims.On(id).Where(claim => claim.Proves(coverage.Definition.Level))];

    private static int Count(Claim[] claims, string platform) => claims.Where(claim => claim.Platforms.Contains(platform)).Select(claim => claim.Rule).Distinct().Count();
}
