using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;

namespace Merlon.Core.Gate;

/// <summary>
/// What changes numbers and is no loss. The way from base to head is gone step by step, one cause at a time: the release, the profiles, the
/// definition, what is known of telemetry, and last the rules; each step costs what the measurement before and after it differ by.
/// </summary>
internal sealed class OtherCauses
{
    // Days: longer than there are records.
    private const int Endlessly = 100 * 366;

    private readonly ImmutableArray<Step> _steps;
    private readonly ImmutableArray<ProgramCoverage> _head;
    private readonly ImmutableArray<ProgramCoverage> _unexpired;
    private readonly Side _headSide;
    private readonly DateOnly _date;

    private OtherCauses(ImmutableArray<Step> steps, ImmutableArray<ProgramCoverage> head, ImmutableArray<ProgramCoverage> unexpired, Side headSide, DateOnly date) =>
        (_steps, _head, _unexpired, _headSide, _date) = (steps, head, unexpired, headSide, date);

    // What one cause made of the coverage before it.
    private sealed record Step(OtherKind Kind, string Name, ImmutableArray<ProgramCoverage> Before, ImmutableArray<ProgramCoverage> After);

    /// <param name="from">Null without a base: only expired exclusions are then told.</param>
    public static OtherCauses Of(Side? from, Side to, Measurements measurements)
    {
        var head = measurements.Of(to, to);
        var unexpired = measurements.Of(to, to.Inventory, to, Unexpired(to, measurements.Date), Unexpired(to, measurements.Date));
        if (from is null)
            return new([], head, unexpired, to, measurements.Date);
        var start = measurements.Of(from, from);
        var release = measurements.Of(from, from.Inventory, to, from, from);
        var profiles = measurements.Of(from, from.Inventory, to, to, from);
        var definition = measurements.Of(from, from.Inventory, to, to, to);
        var telemetry = measurements.Of(from, to);
        return new(
        [
            new(OtherKind.Release, ReleaseNames(from, to), start, release),
            new(OtherKind.Profile, "profiles", release, profiles),
            new(OtherKind.Definition, "definition", profiles, definition),
            new(OtherKind.Configuration, to.Inventory is null ? "coverage.logSources is gone" : "coverage.logSources is new", definition, telemetry),
        ], head, unexpired, to, measurements.Date);
    }

    /// <summary>Every cause with what it cost each actor, in the order of the steps.</summary>
    public ImmutableArray<OtherChange> Changes()
    {
        var changes = ImmutableArray.CreateBuilder<OtherChange>();
        foreach (var step in _steps)
            foreach (var (name, domain, before, after) in Actors(step.Before, step.After))
                if (before is null || after is null)
                    changes.Add(new(OtherKind.Actor, name, null, domain.Qualify(before is null ? $"new actor: {after!.Covered} ({after.Covered.Percent})" : $"actor is gone: {before.Covered} ({before.Covered.Percent})"))); // one of the two
                else if (Difference(step, before, after) is { } difference)
                    changes.Add(new(step.Kind, name, null, domain.Qualify(difference)));
        foreach (var profile in _headSide.Profiles)
            changes.AddRange(Expired(profile.Exclusions, profile.Name));
        changes.AddRange(Expired(_headSide.Definition.Exclusions, null));
        changes.AddRange(ExpiredRecords());
        return changes.ToImmutable();
    }

    /// <summary>Why a floor is where it is: what each cause did to the numbers that it is measured on; null when nothing but rules did.</summary>
    /// <param name="measure">What the floor is measured on, of a coverage; null where that does not have it.</param>
    public string? Why(Func<ImmutableArray<ProgramCoverage>, Ratio?> measure)
    {
        List<string> parts = [];
        foreach (var step in _steps)
            if (measure(step.Before) is { } before && measure(step.After) is { } after && before != after)
                parts.Add($"{before.Percent} -> {after.Percent} by {step.Name}{Counts(before, after)}");
        if (_steps is [.., var last] && measure(last.After) is { } start && measure(_head) is { } end && start != end && parts.Count > 0)
            parts.Add($"{start.Percent} -> {end.Percent} by rules{Counts(start, end)}");
        if (measure(_unexpired) is { } held && measure(_head) is { } now && held != now)
            parts.Add($"{held.Percent} -> {now.Percent} by {(_headSide.Evidence.HasRecords ? "exclusions and records" : "exclusions")} that expired{Counts(held, now)}");
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    private IEnumerable<OtherChange> Expired(ImmutableArray<Exclusion> exclusions, string? actor)
    {
        foreach (var exclusion in exclusions.Where(exclusion => !exclusion.HoldsOn(_date)))
            yield return new(OtherKind.Expired, actor, exclusion.Id, $"exclusion of {exclusion.Id} held until {exclusion.Until:yyyy-MM-dd}{Costs(actor)}");
    }

    // Where records decide. Elsewhere the findings about them are enough.
    private IEnumerable<OtherChange> ExpiredRecords()
    {
        if (_headSide.Definition.Level != Level.Validated)
            yield break;
        foreach (var (name, _, held, now) in Actors(_unexpired, _head))
            foreach (var technique in now?.Techniques ?? [])
                if (!technique.IsCovered && held?.Techniques.FirstOrDefault(one => one.Id == technique.Id) is { IsCovered: true } before)
                    yield return new(OtherKind.Expired, name, technique.Id, $"{WhyOf(technique, before)}{Costs(name)}");
    }

    // A parent may have been proved by its sub-techniques alone.
    private static string WhyOf(TechniqueCoverage technique, TechniqueCoverage before) =>
        technique.Claims.FirstOrDefault(claim => claim.Unvalidated is not null && before.Claims.Any(other => other.Rule == claim.Rule && other.Proves(Level.Validated)))?.Unvalidated?.Text
        ?? $"records of sub-techniques of {technique.Id} expired";

    private string Costs(string? actor)
    {
        string[] costs =
        [
            .. Actors(_unexpired, _head).Where(one => one.Name == actor && one is { Before: { } held, After: { } now } && held.Covered != now.Covered)
                .Select(one => $"{one.Domain.Qualify(one.Name)} {one.Before!.Covered.Percent} -> {one.After!.Covered.Percent}{Counts(one.Before.Covered, one.After.Covered)}"), // filtered above
        ];
        return costs.Length == 0 ? "" : $"; {string.Join(", ", costs)} with all that expired";
    }

    private static string? Difference(Step step, ActorCoverage before, ActorCoverage after)
    {
        var (old, current) = (before.Techniques.ToDictionary(one => one.Id), after.Techniques.ToDictionary(one => one.Id));
        var added = current.Keys.Count(id => !old.ContainsKey(id));
        var gone = old.Keys.Count(id => !current.ContainsKey(id));
        var lost = old.Values.Count(one => one.IsCovered && current.TryGetValue(one.Id, out var now) && !now.IsCovered);
        var gained = old.Values.Count(one => !one.IsCovered && current.TryGetValue(one.Id, out var now) && now.IsCovered);
        if (added + gone + lost + gained == 0)
            return null;
        string[] parts =
        [
            .. Part(added, "technique", "techniques", "new"), .. Part(gone, "technique", "techniques", "gone"),
            .. Part(lost, "technique", "techniques", "no longer covered"), .. Part(gained, "technique", "techniques", "covered now"),
        ];
        return $"{before.Covered.Percent} -> {after.Covered.Percent} by {step.Name}: {string.Join(", ", parts)}";
    }

    private static IEnumerable<string> Part(int count, string one, string many, string what) =>
        count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)} {what}")];

    private static string Counts(Ratio before, Ratio after) => $" ({before} -> {after})";

    private static IEnumerable<(string Name, AttackDomain Domain, ActorCoverage? Before, ActorCoverage? After)> Actors(ImmutableArray<ProgramCoverage> before, ImmutableArray<ProgramCoverage> after)
    {
        foreach (var coverage in after)
        {
            var domain = coverage.Release.Domain;
            var old = before.FirstOrDefault(one => one.Release.Domain == domain)?.Actors ?? [];
            foreach (var actor in coverage.Actors)
                yield return (actor.Name, domain, old.FirstOrDefault(other => other.Name == actor.Name), actor);
            foreach (var actor in old.Where(actor => coverage.Actors.All(other => other.Name != actor.Name)))
                yield return (actor.Name, domain, actor, null);
        }
    }

    private static string ReleaseNames(Side from, Side to)
    {
        static string Names(Side side) => string.Join(", ", side.Releases.Select(release => release.Name).Distinct());
        if (Names(from) == Names(to))
            return to.Releases.SelectMany(release => release.Bundles).Except(from.Releases.SelectMany(release => release.Bundles)).Select(bundle => bundle.Path).Distinct().ToArray() is { Length: > 0 } bundles
                ? $"ATT&CK objects of {string.Join(", ", bundles)}" : "ATT&CK objects";
        return $"ATT&CK {Names(from)} -> {Names(to)}";
    }

    // As if no exclusion or record of the past had ended.
    private static Side Unexpired(Side side, DateOnly date)
    {
        ImmutableArray<Exclusion> Endless(ImmutableArray<Exclusion> exclusions) =>
            exclusions.All(exclusion => exclusion.HoldsOn(date)) ? exclusions : [.. exclusions.Select(exclusion => exclusion.HoldsOn(date) ? exclusion : exclusion with { Until = null })];
        if (!side.Evidence.HasRecords && side.Profiles.SelectMany(profile => profile.Exclusions).Concat(side.Definition.Exclusions).All(exclusion => exclusion.HoldsOn(date)))
            return side;
        return side with
        {
            Coverage = default,
            Profiles = [.. side.Profiles.Select(profile => profile with { Exclusions = Endless(profile.Exclusions) })],
            Definition = side.Definition with
            {
                Exclusions = Endless(side.Definition.Exclusions),
                Validation = side.Evidence.HasRecords ? side.Definition.Validation with { MaxAgeDays = Endlessly } : side.Definition.Validation,
            },
        };
    }
}
