using System.Globalization;
using Merlon.Core.Actors;
using Merlon.Core.Attack;

namespace Merlon.Core.Coverage;

/// <summary>An actor's numbers on one line, with everything that was left out of them.</summary>
internal static class CoverageLine
{
    /// <param name="knowsTelemetry">Whether an inventory says what is collected.</param>
    public static string Of(ActorCoverage actor, bool knowsTelemetry)
    {
        var definition = actor.Definition;
        List<string> parts = [$"{definition.Level.Name} {actor.Covered} ({actor.Covered.Percent})"];
        if (!actor.Excluded.IsEmpty)
            parts.Add($"{actor.CoveredWithExclusions} with exclusions");
        if (actor.Platforms.ToArray() is { Length: > 1 } platforms)
            parts.Add(string.Join(", ", platforms.Select(row => $"{row.Platform} {row.Covered}")));
        parts.Add(string.Join(", ", Levels.Proofs.Where(level => level != definition.Level).OrderBy(level => level == Level.Deployed).Select(level => Count(level.Name, actor.CountAt(level)))));
        Add(parts, "partial", actor.Partial);
        Add(parts, "accepted", actor.Accepted);
        if (!actor.Software.IsEmpty)
            parts.Add($"software {ActorCoverage.RatioOf(actor.Software)} apart");
        if (!actor.Pre.IsEmpty)
            parts.Add($"PRE {ActorCoverage.RatioOf(actor.Pre)} apart");
        Add(parts, "out of scope", actor.OutOfScope.Length);
        if (actor.Unowned is { IsEmpty: false } unowned)
            parts.Add($"platforms nobody owns: {string.Join(", ", unowned)}");
        if (!knowsTelemetry && definition.Level != Level.Claimed)
            parts.Add("telemetry unknown");
        parts.Add($"{NameOf(actor.Release)}, {definition.RollUp}");
        return $"{actor.Name}: {string.Join("; ", parts)}";
    }

    /// <summary><c>6 actors: lowest FIN7 71.0% of 60</c>: the actor with the lowest share, and its target where it has one.</summary>
    public static string Summary(IReadOnlyCollection<ProgramCoverage> coverages, Targets targets)
    {
        var actors = coverages.SelectMany(coverage => coverage.Actors).ToArray();
        var count = string.Create(CultureInfo.InvariantCulture, $"{actors.Length} {(actors.Length == 1 ? "actor" : "actors")}");
        if (actors.Where(actor => actor.Covered.Total > 0).OrderBy(actor => (double)actor.Covered.Covered / actor.Covered.Total).ThenBy(actor => actor.Name, StringComparer.Ordinal).FirstOrDefault() is not { } lowest)
            return count;
        var target = lowest.Actor?.Profile.Targets.Default ?? targets.Default;
        return $"{count}: lowest {lowest.Name} {lowest.Covered.Percent}{(target is null ? "" : string.Create(CultureInfo.InvariantCulture, $" of {target.Percent}"))}";
    }

    private static string NameOf(AttackRelease release) => release.Domain == AttackDomain.Enterprise ? $"ATT&CK {release.Name}" : $"ATT&CK {release.Name} {release.Domain.Name}";

    private static string Count(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what} {number}");

    private static void Add(List<string> parts, string what, int number)
    {
        if (number > 0)
            parts.Add(Count(what, number));
    }
}
