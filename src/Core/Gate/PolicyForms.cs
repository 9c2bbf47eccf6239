using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Actors;

namespace Merlon.Core.Gate;

/// <summary>What profiles and merlon.yml write in the same form.</summary>
internal static class PolicyForms
{
    private const string Until = " until ";

    /// <param name="prefix"><c>targets</c>, with what stands before it.</param>
    public static IEnumerable<PolicyLine> OfTargets(string prefix, Targets targets)
    {
        IEnumerable<(string Key, Target? Target)> written =
        [
            ("default", targets.Default), ("union", targets.Union),
            .. targets.Tactics.Select(one => ($"tactics.{one.Tactic}", (Target?)one.Target)), .. targets.Platforms.Select(one => ($"platforms.{one.Platform}", (Target?)one.Target)),
        ];
        foreach (var (key, target) in written)
            if (target is not null)
                yield return new($"{prefix}.{key}", target.Percent.ToString(CultureInfo.InvariantCulture), target.Span);
    }

    /// <summary>One line for each technique, with all that is said of it.</summary>
    /// <param name="prefix"><c>exclude</c>, with what stands before it.</param>
    public static IEnumerable<PolicyLine> OfExclusions(string prefix, ImmutableArray<Exclusion> exclusions)
    {
        foreach (var group in exclusions.GroupBy(exclusion => exclusion.Id))
        {
            ImmutableArray<string> parts = [.. group.Select(exclusion => TextOf(exclusion)).Distinct().Order(StringComparer.Ordinal)];
            yield return new($"{prefix}[{group.Key}]", string.Join(" and ", parts), group.First().Span) { Items = parts };
        }
    }

    /// <summary>The kind of an exclusion and the last day on which it holds, from its text.</summary>
    /// <param name="text">One of the parts of a line that <see cref="OfExclusions"/> made.</param>
    public static (string Kind, DateOnly Until) ReadExclusion(string text) =>
        text.IndexOf(Until, StringComparison.Ordinal) is >= 0 and var at
            ? (text[..at], DateOnly.ParseExact(text.AsSpan(at + Until.Length), "O", CultureInfo.InvariantCulture)) : (text, DateOnly.MaxValue);

    /// <summary>An interval, <c>180d</c>.</summary>
    public static string TextOfDays(int days) => string.Create(CultureInfo.InvariantCulture, $"{days}d");

    /// <summary>The days of a text that <see cref="TextOfDays"/> made.</summary>
    public static int ReadDays(string text) => int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture);

    private static string TextOf(Exclusion exclusion)
    {
        var kind = exclusion.Kind switch
        {
            ExclusionKind.NotApplicable => "not-applicable",
            ExclusionKind.NotDetectable => "not-detectable",
            _ => "accepted",
        };
        return exclusion.Until is { } day ? $"{kind}{Until}{day.ToString("O", CultureInfo.InvariantCulture)}" : kind;
    }
}
