using System.Collections.Frozen;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors.Import;

/// <summary>What ATT&amp;CK has of an actor.</summary>
/// <param name="Techniques">What a profile that cites it lists, with its campaigns.</param>
/// <param name="OwnTechniques">The same without its campaigns.</param>
internal sealed record KnownActor(AttackObject Object, FrozenSet<TechniqueId> Techniques, FrozenSet<TechniqueId> OwnTechniques)
{
    public static KnownActor Of(AttackObject known, IReadOnlyList<AttackRelease> releases) =>
        new(known, ListedBy(known, releases, includesCampaigns: true), ListedBy(known, releases, includesCampaigns: false));

    /// <summary>By the id that the file gives it, then its name, then an alias that is a group's.</summary>
    public static AttackObject? FindObject(ImportedActor actor, IReadOnlyList<AttackRelease> releases)
    {
        var ids = actor.Ids.Concat(ImportedNames.IdIn(actor.Name) is { } own ? [own] : []);
        return ids.Concat([actor.Name, ImportedNames.Short(actor.Name)]).Select(text => Find(text, releases)).FirstOrDefault(found => found is not null)
            ?? actor.Aliases.Select(alias => Find(alias, releases)).OfType<Group>().FirstOrDefault();
    }

    private static AttackObject? Find(string text, IReadOnlyList<AttackRelease> releases)
    {
        var found = releases.SelectMany(release => release.FindByName(text)).FirstOrDefault();
        for (var steps = 0; found is { IsRevoked: true, RevokedBy: { } next } && steps < 16; steps++)
            found = releases.SelectMany(release => release.FindByName(next)).FirstOrDefault();
        return found is { IsLive: true } ? found : null;
    }

    private static FrozenSet<TechniqueId> ListedBy(AttackObject known, IReadOnlyList<AttackRelease> releases, bool includesCampaigns)
    {
        ActorProfile profile = new() { Name = known.Name, Span = SourceSpan.StartOf(""), From = [new(known.Id, SourceSpan.StartOf(""))], IncludesCampaigns = includesCampaigns };
        return releases.SelectMany(release => new ActorResolver(release, []).Resolve(profile).Techniques).Select(technique => technique.Id).ToFrozenSet();
    }
}
