using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Gate;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>One kind of change between releases, for people.</summary>
/// <param name="Heading"><c>techniques revoked</c>.</param>
/// <param name="Count">How many things changed: a line may tell of several.</param>
/// <param name="Lines">Not yet made safe for where they are shown.</param>
internal sealed record ReleaseSection(string Heading, int Count, ImmutableArray<string> Lines)
{
    // Of one change to many things so many are named; JSON has all.
    private const int Named = 12;

    /// <summary>What two releases say otherwise; what there is nothing to say of is left out.</summary>
    public static ImmutableArray<ReleaseSection> Of(ReleaseDiff diff) =>
    [
        .. new[]
        {
            Of("tactics added", diff.Tactics, tactic => tactic.IsAdded, tactic => Describe(tactic.To!)), // added
            Of("tactics removed", diff.Tactics, tactic => tactic.IsRemoved, tactic => Describe(tactic.From!)), // removed
            Of("tactics renamed", diff.Tactics, tactic => tactic.IsRenamed, tactic => $"{Describe(tactic.From!)} -> {tactic.To!.Name} ({tactic.To.ShortName})"), // renamed
            Of("techniques added", diff.Techniques, one => one.IsAdded, one => $"{Describe(one)} ({string.Join(", ", one.Known.Tactics)})"),
            Of("techniques restored", diff.Techniques, one => one.IsRestored, Describe),
            Of("techniques removed", diff.Techniques, one => one.IsRemoved, Describe),
            Of("techniques with another id", diff.Techniques, one => one.IsRenumbered, one => $"{one.From!.Id} -> {Describe(one)}"), // has two ids
            Of("techniques revoked", diff.Techniques, one => one.IsRevoked, one => $"{Describe(one)} -> {Replacement(one)}"),
            Of("replacements replaced", diff.Techniques, one => one.IsRedirected, one => $"{Describe(one)} -> {Replacement(one)}"),
            Of("techniques deprecated", diff.Techniques, one => one.IsDeprecated, Describe),
            Of("techniques renamed", diff.Techniques, one => one.IsRenamed, one => $"{one.Known.Id} {one.From!.Name} -> {one.Known.Name}"), // renamed
            Grouped("techniques moved", diff.Techniques.Where(one => one.IsMoved), one => Change(one.LostTactics, one.GainedTactics)),
            Grouped("techniques on other platforms", diff.Techniques.Where(one => one.IsOnOtherPlatforms), one => Change(one.LostPlatforms, one.GainedPlatforms)),
        },
        .. Of("groups", diff.Groups),
        .. Of("software", diff.Software),
        .. Of("campaigns", diff.Campaigns),
    ];

    /// <summary>What the later release does to a program.</summary>
    public static ImmutableArray<ReleaseSection> Of(ReleaseImpact impact, PublishedNames names) =>
    [
        Of("tags that no longer fit", impact.Tags, _ => true, tag => $"{tag.Finding.Span.Path}:{tag.Finding.Span.Line}: {tag.Finding.Info.Id} {tag.Finding.Message}{(tag.Finding.Fix is { } fix ? $"; {Lower(fix.Title)}" : "")}"),
        Of("profiles that name what has changed", impact.Profiles, _ => true, finding => $"{Place(finding, names)}{names.In(finding.Message)}"),
        Of("actors whose techniques changed", impact.Actors, actor => !actor.Gained.IsEmpty || !actor.Lost.IsEmpty, actor =>
            $"{VerdictParts.In(names.Of(actor.Name), actor.Domain)}: {string.Join("; ", new[] { Ids("gains", actor.Gained), Ids("loses", actor.Lost) }.Where(text => text.Length > 0))}"),
        Of("floors that break", impact.Floors, _ => true, finding => $"{Place(finding, names)}{names.In(finding.Message)}"),
    ];

    private static ReleaseSection Of<T>(string heading, ImmutableArray<T> all, Func<T, bool> isMeant, Func<T, string> line)
    {
        ImmutableArray<string> lines = [.. all.Where(isMeant).Select(line)];
        return new(heading, lines.Length, lines);
    }

    // The commonest change first.
    private static ReleaseSection Grouped(string heading, IEnumerable<TechniquePair> techniques, Func<TechniquePair, string> change)
    {
        var groups = techniques.GroupBy(change, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToArray();
        return new(heading, groups.Sum(group => group.Count()), [.. groups.Select(group => $"{group.Key}: {group.Count()}: {List(group.Select(one => $"{one.Known.Id}"))}")]);
    }

    private static ImmutableArray<ReleaseSection> Of(string kind, ImmutableArray<ObjectPair> pairs)
    {
        ReleaseSection All(string what, Func<ObjectPair, bool> isMeant, Func<ObjectPair, string> text)
        {
            string[] found = [.. pairs.Where(isMeant).Select(text)];
            return new($"{kind} {what}", found.Length, found is [] ? [] : [List(found)]);
        }
        return
        [
            All("added", one => one.IsAdded, Describe),
            All("restored", one => one.IsRestored, Describe),
            All("removed", one => one.IsRemoved, Describe),
            All("revoked", one => one.IsRevoked, one => $"{Describe(one)} -> {one.To!.RevokedBy ?? "nothing"}"), // revoked
            All("deprecated", one => one.IsDeprecated, Describe),
            All("renamed", one => one.IsRenamed, one => $"{one.Known.Id} {one.From!.Name} -> {one.Known.Name}"), // renamed
            All("with other techniques", one => one.IsChanged, one => $"{Describe(one)} {Change(CountOf(one.Lost), CountOf(one.Gained))}"),
        ];
    }

    private static ImmutableArray<string> CountOf(ImmutableArray<TechniqueId> ids) => ids.IsEmpty ? [] : [$"{ids.Length}"];

    private static string Change(ImmutableArray<string> lost, ImmutableArray<string> gained) =>
        string.Join(' ', lost.Select(one => $"-{one}").Concat(gained.Select(one => $"+{one}")));

    private static string Ids(string verb, ImmutableArray<TechniqueId> ids) => ids.IsEmpty ? "" : $"{verb} {List(ids.Select(id => id.ToString()))}";

    private static string List(IEnumerable<string> texts)
    {
        string[] all = [.. texts];
        return all.Length <= Named ? string.Join(", ", all) : $"{string.Join(", ", all.Take(Named))} and {all.Length - Named} more";
    }

    // No place in a profile whose actor is not named.
    private static string Place(Diagnostics.Diagnostic finding, PublishedNames names) => finding.Span.Path.Length == 0 || names.IsHidden(finding.Span) ? "" : $"{finding.Span.Path}:{finding.Span.Line}: ";

    private static string Lower(string title) => char.ToLowerInvariant(title[0]) + title[1..];

    private static string Replacement(TechniquePair one) => one.Replacement is { } next ? $"{next.Id} {next.Name}{(next.IsDeprecated ? " (deprecated)" : "")}" : "nothing";

    private static string Describe(Tactic tactic) => $"{tactic.Id} {tactic.Name} ({tactic.ShortName})";

    private static string Describe(TechniquePair one) => $"{one.Known.Id} {one.Known.Name}";

    private static string Describe(ObjectPair one) => $"{one.Known.Id} {one.Known.Name}";
}

internal static class MeasuredTechniques
{
    extension(ActorChange actor)
    {
        /// <summary>Of those measured now the ones that were not measured, by id.</summary>
        public ImmutableArray<TechniqueId> Gained => Without(actor.Head, actor.Base);

        /// <summary>Of those measured before the ones that are no longer measured, by id.</summary>
        public ImmutableArray<TechniqueId> Lost => Without(actor.Base, actor.Head);
    }

    private static ImmutableArray<TechniqueId> Without(Coverage.ActorCoverage? one, Coverage.ActorCoverage? other) =>
        [.. (one?.Techniques ?? []).Select(technique => technique.Id).Except((other?.Techniques ?? []).Select(technique => technique.Id)).Order()];
}
