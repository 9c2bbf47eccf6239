using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;

namespace Merlon.Core.Report;

/// <summary>Layers of what actors use.</summary>
internal static class ActorLayers
{
    private const string Used = "#fc3b3b";
    private const string Few = "#fee0d2";
    private const string All = "#a50f15";
    private const string PartOf = "#fdae6b";
    private const string NotCovered = "#e6550d";
    private const string Accepted = "#bdbdbd";

    /// <summary>What an actor uses, within scope and PRE: 100. What an exclusion leaves out is turned off.</summary>
    public static Layer Of(ProgramCoverage coverage, ActorCoverage actor, LayerSettings settings)
    {
        var name = settings.NameOf(actor);
        return settings.Base(coverage.Release, coverage.Definition, $"Used by {name}", $"Techniques that {name} uses.", [($"Used by {name}", Used)], LeftOut(actor)) with
        {
            Gradient = ["#ffffff", Used],
            Techniques =
            [
                .. Uses(actor).Select(technique => new LayerTechnique(technique.Technique, 100, Comment($"Used by {name}", technique, actor, settings)) { Colour = Used }),
                .. Excluded(actor).Select(technique => LayerTechnique.Off(technique.Technique, $"Used by {name}\n{Why(technique, actor, settings)}")),
            ],
        };
    }

    /// <summary>What any of several actors uses: 100 times those that do, divided by all and rounded down.</summary>
    public static Layer Overlay(ProgramCoverage coverage, LayerSettings settings)
    {
        var all = coverage.Actors.Length;
        var users = coverage.Actors.SelectMany(actor => Uses(actor).Select(technique => (technique.Technique, Actor: actor))).ToLookup(pair => pair.Technique.Id);
        int Score(int some) => 100 * some / all;
        LayerTechnique Of(IGrouping<TechniqueId, (Technique Technique, ActorCoverage Actor)> group)
        {
            string[] names = [.. group.Select(pair => settings.NameOf(pair.Actor))];
            return new(group.First().Technique, Score(names.Length), string.Create(CultureInfo.InvariantCulture, $"Used by {names.Length} of {all}\n{string.Join('\n', LayerText.Some(names))}"));
        }
        var off = coverage.Actors.SelectMany(actor => Excluded(actor).Select(technique => (technique.Technique, Actor: actor, Excluded: technique))).Where(one => !users.Contains(one.Technique.Id)).ToLookup(one => one.Technique.Id);
        string Label(int some) => string.Create(CultureInfo.InvariantCulture, $"used by {some} of {all}");
        int[] shown = [.. Enumerable.Range(1, all).Where(some => all <= 5 || some == 1 || some == all || some == all / 2)];
        return settings.Base(coverage.Release, coverage.Definition, $"{settings.Line(settings.Program)}: actors", "Techniques by how many of the actors use them.",
            [.. shown.Select(some => (Label(some), LayerText.Between(Few, All, Score(some))))], [("actors", string.Join(", ", LayerText.Some([.. coverage.Actors.Select(settings.NameOf)])))]) with
        {
            Gradient = [Few, All],
            Techniques =
            [
                .. users.OrderBy(group => group.Key).Select(Of),
                .. off.OrderBy(group => group.Key).Select(group => LayerTechnique.Off(group.First().Technique, string.Join('\n', LayerText.Some([.. group.Select(one => $"{settings.NameOf(one.Actor)}: {Why(one.Excluded, one.Actor, settings)}")])))),
            ],
        };
    }

    /// <summary>What an actor uses and is not covered: 100, or 50 where some of the sub-techniques are.</summary>
    public static Layer Gap(ProgramCoverage coverage, ActorCoverage actor, LayerSettings settings)
    {
        var name = settings.NameOf(actor);
        LayerTechnique Of(TechniqueCoverage gap)
        {
            var (score, colour, what) = gap switch
            {
                { Partial: { } partial } => (50, PartOf, Part(partial)),
                { Scoped.Accepted: not null } => (100, Accepted, ""),
                _ => (100, NotCovered, "not covered"),
            };
            return new(gap.Technique, score, Comment(what, gap, actor, settings)) { Colour = colour };
        }
        return settings.Base(coverage.Release, coverage.Definition, $"Gaps against {name}", $"Techniques that {name} uses and that are not covered.",
            [("partial: some of the sub-techniques are covered", PartOf), ("gap", NotCovered), ("accepted gap", Accepted)],
            [("gaps", string.Create(CultureInfo.InvariantCulture, $"{actor.Gaps.Count()} of {actor.Techniques.Length}")), .. LeftOut(actor)]) with
        {
            Gradient = ["#ffffff", PartOf, NotCovered],
            Techniques = [.. actor.Gaps.Select(Of), .. Excluded(actor).Where(technique => !technique.IsCovered).Select(technique => LayerTechnique.Off(technique.Technique, Why(technique, actor, settings)))],
        };
    }

    /// <summary>What is there of a technique of which not all is.</summary>
    public static string Part(Partial partial) => string.Create(CultureInfo.InvariantCulture, $"partial: {partial.Covered} of {partial.Of} sub-techniques are covered");

    /// <summary>Techniques that are in no cell, by the reason.</summary>
    public static ImmutableArray<(string Name, string Value)> LeftOut(ActorCoverage actor) =>
    [
        ("excluded", LayerText.List([.. actor.Excluded.Select(one => one.Id)])),
        ("accepted gaps", LayerText.List([.. actor.Gaps.Where(one => one.Scoped.Accepted is not null).Select(one => one.Id)])),
        ("out of scope", LayerText.List([.. actor.OutOfScope.Select(one => one.Id)])),
        ("of software, measured apart", LayerText.List([.. actor.Software.Select(one => one.Id).Except(actor.Techniques.Select(one => one.Id))])),
    ];

    private static IEnumerable<TechniqueCoverage> Uses(ActorCoverage actor) => actor.Techniques.Concat(actor.Pre).OrderBy(technique => technique.Id);

    private static IEnumerable<TechniqueCoverage> Excluded(ActorCoverage actor) => actor.Excluded.OrderBy(technique => technique.Id);

    private static string Why(TechniqueCoverage technique, ActorCoverage actor, LayerSettings settings) =>
        technique.Scoped.LeftOutBy is { } exclusion ? Reason(exclusion, actor, settings) : "excluded";

    private static string Comment(string first, TechniqueCoverage technique, ActorCoverage actor, LayerSettings settings) =>
        string.Join('\n', new[] { first, technique.Scoped.Accepted is { } accepted ? Reason(accepted, actor, settings) : "" }.Where(line => line.Length > 0));

    private static string Reason(Exclusion exclusion, ActorCoverage actor, LayerSettings settings) =>
        LayerText.Of(exclusion with { Reason = settings.Names.In(exclusion.Reason) }, settings.ShowsReason(actor, exclusion));
}
