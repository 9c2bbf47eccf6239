using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Coverage;
using Merlon.Core.Lint;

namespace Merlon.Core.Gate;

/// <summary>What a change of one value does to what the gate demands. Severities, which decide together, are left to <see cref="SeverityPolicy"/>.</summary>
internal static class PolicyEffects
{
    private static readonly Definition Standard = new();

    // Words from the weakest to the strictest, and the one that holds where none is written.
    private static readonly FrozenDictionary<string, (ImmutableArray<string> Words, string Default)> Ranks = new Dictionary<string, (ImmutableArray<string>, string)>
    {
        ["gate.belowTarget"] = (["warn", "no-worse", "fail"], "fail"),
        ["gate.regression"] = (["off", "below-target", "any"], "below-target"),
        ["gate.policy"] = (["head", "base"], "base"),
        ["coverage.sigmaLevel"] = (Definition.SigmaLevels, Standard.SigmaLevel),
        ["coverage.rollUp"] = (["lenient", "strict"], Standard.RollUp),
        ["include.campaigns"] = (["false", "true"], "true"),
        ["tests.requireNegative"] = (["false", "true"], "false"),
        ["validation.hand"] = (["true", "false"], "false"),
        ["techniques"] = (["", "listed", "required"], ""),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Lists that one more makes weaker, or stricter, and what holds where none is written.
    private static readonly FrozenDictionary<string, (ImmutableArray<string> Default, PolicyEffect OneMore)> Lists = new Dictionary<string, (ImmutableArray<string>, PolicyEffect)>
    {
        ["coverage.status"] = (Standard.Status, PolicyEffect.Weaker),
        ["coverage.notTags"] = (Standard.NotTags, PolicyEffect.Stricter),
        ["attack.domains"] = (["enterprise-attack"], PolicyEffect.Stricter),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private const string Endless = "2147483647";

    private static readonly string DefaultAge = Standard.Validation.MaxAgeDays.ToString(CultureInfo.InvariantCulture);

    /// <param name="name">The key without a profile's name.</param>
    /// <param name="atBase">Null where it is not written.</param>
    /// <param name="atHead">Null where it is not written.</param>
    /// <returns>Null where both come to the same.</returns>
    public static PolicyEffect? Of(string name, PolicyLine? atBase, PolicyLine? atHead)
    {
        var (from, to) = (atBase?.Value, atHead?.Value);
        if (Ranks.TryGetValue(name.StartsWith("techniques[", StringComparison.Ordinal) ? "techniques" : name, out var rank))
            return Compare(rank.Words.IndexOf(from ?? rank.Default), rank.Words.IndexOf(to ?? rank.Default));
        if (Lists.TryGetValue(name, out var list))
            return CompareSets(atBase?.Items ?? list.Default, atHead?.Items ?? list.Default, list.OneMore);
        return name switch
        {
            // No proof beyond deployable implies another one.
            "gate.level" => Compare(RankOfLevel(from), RankOfLevel(to)) ?? Changed(from ?? Standard.Level.Name, to ?? Standard.Level.Name),
            "coverage.platforms" or "coverage.assets" => ComparePlatforms(atBase?.Items ?? [], atHead?.Items ?? []),
            "coverage.pre" => Changed(from ?? Standard.Pre, to ?? Standard.Pre),
            "rules" or "actors" or "tests.paths" or "validation.records" => Changed(PatternsOf(atBase), PatternsOf(atHead)),
            // Days, and the fewer the stricter.
            "validation.maxAge" => Compare(Number(to ?? DefaultAge), Number(from ?? DefaultAge)),
            "include.software" => Compare(from == "count" ? 1 : 0, to == "count" ? 1 : 0) ?? Changed(from ?? "false", to ?? "false"),
            // The longer, the weaker, and without one for ever.
            "review" => Compare(to is null ? int.MaxValue : PolicyForms.ReadDays(to), from is null ? int.MaxValue : PolicyForms.ReadDays(from)),
            "lint.preset" => Compare(RankOfPreset(from), RankOfPreset(to)) ?? Changed(from ?? PresetNames.Default, to ?? PresetNames.Default),
            "gate.base" or "coverage.logSources" or "tests.mappings" => Changed(from, to),
            "lint.baseline" => Presence(from, to, PolicyEffect.Weaker) ?? Changed(from, to),
            _ when name.StartsWith("lint.except.", StringComparison.Ordinal) => Presence(from, to, PolicyEffect.Weaker),
            _ when name.StartsWith("gate.targets.", StringComparison.Ordinal) || name.StartsWith("targets.", StringComparison.Ordinal) => Compare(Number(from), Number(to)),
            _ when name.StartsWith("coverage.exclude[", StringComparison.Ordinal) || name.StartsWith("exclude[", StringComparison.Ordinal) => CompareExclusions(atBase?.Items ?? [], atHead?.Items ?? []),
            _ when name.StartsWith("from[", StringComparison.Ordinal) => Presence(from, to, PolicyEffect.Stricter),
            _ when name.StartsWith("rules[", StringComparison.Ordinal) => OfSource(name[(name.LastIndexOf(']') + 1)..], from, to),
            // gate.baseline, and a profile as a whole.
            _ => Presence(from, to, PolicyEffect.Stricter) ?? Changed(from, to),
        };
    }

    public static PolicyEffect? Compare(int from, int to) => from == to ? null : from < to ? PolicyEffect.Stricter : PolicyEffect.Weaker;

    /// <summary>What several effects come to.</summary>
    public static PolicyEffect? Together(IEnumerable<PolicyEffect?> effects) => effects.OfType<PolicyEffect>().Distinct().ToArray() switch
    {
        [] => null,
        [var one] => one,
        _ => PolicyEffect.Changed,
    };

    private static PolicyEffect? Changed<T>(T from, T to) => EqualityComparer<T>.Default.Equals(from, to) ? null : PolicyEffect.Changed;

    private static PolicyEffect? Presence(string? from, string? to, PolicyEffect one) =>
        (from is null) == (to is null) ? null : from is null ? one : Opposite(one);

    // What narrows a source makes fewer rules count; what widens it counts rules that nobody counted.
    private static PolicyEffect? OfSource(string key, string? from, string? to) => key switch
    {
        ".maxAge" => Compare(Number(to ?? Endless), Number(from ?? Endless)),
        ".idsInNames" => Presence(from, to, PolicyEffect.Weaker),
        _ => Changed(from, to),
    };

    private static PolicyEffect Opposite(PolicyEffect effect) => effect == PolicyEffect.Weaker ? PolicyEffect.Stricter : PolicyEffect.Weaker;

    private static PolicyEffect? CompareSets(ImmutableArray<string> from, ImmutableArray<string> to, PolicyEffect oneMore) =>
        Together([to.Except(from).Any() ? oneMore : null, from.Except(to).Any() ? Opposite(oneMore) : null]);

    // None written is all, and all is the largest denominator.
    private static PolicyEffect? ComparePlatforms(ImmutableArray<string> from, ImmutableArray<string> to) =>
        from.IsEmpty || to.IsEmpty ? Compare(from.IsEmpty ? 1 : 0, to.IsEmpty ? 1 : 0) : CompareSets(from, to, PolicyEffect.Stricter);

    // Each kind by its last day: a kind that took another's place is weaker in the one and stricter in the other.
    private static PolicyEffect? CompareExclusions(ImmutableArray<string> from, ImmutableArray<string> to)
    {
        var (atBase, atHead) = (Days(from), Days(to));
        return Together(atBase.Keys.Union(atHead.Keys).Select(kind => Compare(atHead.GetValueOrDefault(kind, -1), atBase.GetValueOrDefault(kind, -1))));
    }

    private static Dictionary<string, int> Days(ImmutableArray<string> exclusions) => exclusions.Select(PolicyForms.ReadExclusion)
        .GroupBy(one => one.Kind, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Max(one => one.Until.DayNumber), StringComparer.Ordinal);

    // Order is of no matter, and null is the default of the folder.
    private static string? PatternsOf(PolicyLine? line) => line is null or { IsDefault: true } ? null : PolicyLine.TextOf(line.Items.Order(StringComparer.Ordinal));

    private static int Number(string? percent) => percent is null ? -1 : int.Parse(percent, CultureInfo.InvariantCulture);

    private static int RankOfLevel(string? name) => (name ?? Standard.Level.Name) switch { "claimed" => 0, "deployable" => 1, _ => 2 };

    // The one with the fewest, the one with all, and between them two of which neither has all of the other.
    private static int RankOfPreset(string? name) => (name ?? PresetNames.Default) switch { "sigma" => 0, "strict" => 2, _ => 1 };
}
