using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Gate;

namespace Merlon.Core.Report;

/// <summary>A layer of what a change did to detection: 0 for what is lost or lowered, 100 for what is gained. What is both is lost.</summary>
internal static class DeltaLayer
{
    private const string Lost = "#de2d26";
    private const string Lowered = "#fd8d3c";
    private const string Gained = "#31a354";

    private sealed record Entry(Technique Technique, string Colour, string Line, ImmutableArray<RuleChange> Changes);

    public static Layer Of(ProgramCoverage head, Verdict verdict, LayerSettings settings)
    {
        var domain = head.Release.Domain;
        Entry[] entries =
        [
            .. VerdictParts.Together(verdict.Lost.Where(loss => loss.Domain == domain)).Select(group => OfLoss("lost", Lost, group, settings)),
            .. VerdictParts.Together(verdict.Lowered.Where(loss => loss.Domain == domain)).Select(group => OfLoss("lowered", Lowered, group, settings)),
            .. VerdictParts.Together(verdict.Gained.Where(gain => gain.Domain == domain)).Select(group => OfGain(group, settings)),
        ];
        return settings.Base(head.Release, head.Definition, $"{settings.Line(settings.Program)}: delta", "What a change did to detection.",
            [("lost", Lost), ("lowered: another proof is gone", Lowered), ("gained", Gained)],
            [("base", Of(verdict.Base, settings)), ("head", Of(verdict.Head, settings))]) with
        {
            Gradient = [Lost, Gained],
            Techniques = [.. entries.GroupBy(entry => entry.Technique.Id).OrderBy(group => group.Key).Select(group => Of(group, head.Release, settings)).OfType<LayerTechnique>()],
        };
    }

    // What head's release has no more is no cell.
    private static LayerTechnique? Of(IGrouping<TechniqueId, Entry> group, AttackRelease release, LayerSettings settings)
    {
        if (release.Find(group.Key) is not { IsLive: true } technique)
            return null;
        var colour = group.First().Colour;
        return new(technique, colour == Gained ? 100 : 0, string.Join('\n', LayerText.Some([.. group.Select(entry => entry.Line)])))
        {
            Colour = colour,
            Links = settings.LinksTo(group.SelectMany(entry => entry.Changes).Where(change => change.Rule is not null).Select(change => (change.Rule!, change.Cause is ChangeCause.Removed or ChangeCause.Replaced))), // filtered
        };
    }

    private static Entry OfLoss(string what, string colour, ImmutableArray<Loss> group, LayerSettings settings)
    {
        var loss = group[0];
        return new(loss.Technique, colour, $"{what}: {Change(loss.From, loss.To, loss.Platforms)}{VerdictParts.Notes(loss)}{Actors(group.Select(one => one.Actor), settings)}; {Causes(loss.Changes, settings)}", loss.Changes);
    }

    private static Entry OfGain(ImmutableArray<Gain> group, LayerSettings settings)
    {
        var gain = group[0];
        return new(gain.Technique, Gained, $"gained{(gain.IsByTagOnly ? " by tag only" : "")}: {Change(gain.From, gain.To, gain.Platforms)}{Actors(group.Select(one => one.Actor), settings)}; {Causes(gain.Changes, settings)}", gain.Changes);
    }

    private static string Change(Level from, Level to, ImmutableArray<string> platforms) => $"{from.Name} -> {to.Name}{VerdictParts.On(platforms)}";

    // A program that tracks nobody has one actor, who uses everything.
    private static string Actors(IEnumerable<string> actors, LayerSettings settings)
    {
        string[] names = [.. actors.Where(actor => actor != ActorChoice.EveryTechniqueName).Select(actor => settings.Line(settings.Names.Of(actor)))];
        return names is [] ? "" : $" ({string.Join(", ", LayerText.Some(names))})";
    }

    private static string Causes(ImmutableArray<RuleChange> changes, LayerSettings settings) =>
        string.Join("; ", LayerText.Some([.. changes.Select(change => settings.Line($"{change.Cause.Name}: {(change.Rule is { } rule ? RuleName.Of(rule) : change.Span.Path)}{(change.Detail.Length > 0 && change.Detail != change.Cause.Name ? $" ({change.Detail})" : "")}"))]));

    private static string Of(ComparedTree tree, LayerSettings settings) => settings.Line(tree.Commit is null || tree.Commit == tree.Ref ? tree.Ref : $"{tree.Ref} ({tree.Commit})");
}
