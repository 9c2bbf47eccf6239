using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors;

/// <summary>Finds out which techniques of a release a profile means.</summary>
internal sealed class ActorResolver(AttackRelease release, List<Diagnostic> diagnostics)
{
    private const string OwnSource = "profile";

    public Actor Resolve(ActorProfile profile)
    {
        SortedDictionary<TechniqueId, SortedSet<string>> listed = [];
        SortedDictionary<TechniqueId, SortedSet<string>> software = [];
        foreach (var source in profile.From.Select(id => FindLive(id, profile)).OfType<AttackObject>())
        {
            Add(listed, source);
            var campaigns = source is Group && profile.IncludesCampaigns
                ? release.Campaigns.Where(campaign => campaign.IsLive && campaign.Groups.Contains(source.Id)) : [];
            foreach (var campaign in campaigns)
                Add(listed, campaign);
            var used = profile.Software == SoftwareInclusion.Out ? [] : source switch
            {
                Group group => group.Software,
                Campaign campaign => campaign.Software,
                _ => [],
            };
            foreach (var one in used.Select(release.FindSoftware).OfType<Software>().Where(one => one.IsLive))
                Add(profile.Software == SoftwareInclusion.Count ? listed : software, one);
        }
        var own = AddOwn(profile, listed);
        return new(profile, release,
            [.. listed.Select(pair => ToListed(pair.Key, pair.Value, own))],
            [.. software.Where(pair => !listed.ContainsKey(pair.Key)).Select(pair => ToListed(pair.Key, pair.Value, own))]);
    }

    // A source that lists a technique and one of its sub-techniques means the sub-technique; what another source lists is its own word.
    private void Add(SortedDictionary<TechniqueId, SortedSet<string>> to, AttackObject source)
    {
        var parents = source.Techniques.Where(id => id.IsSubTechnique).Select(release.ParentOf).ToHashSet();
        foreach (var id in source.Techniques.Where(id => !parents.Contains(id)))
        {
            if (!to.TryGetValue(id, out var sources))
                to[id] = sources = new(StringComparer.Ordinal);
            sources.Add(source.Id);
        }
    }

    private Dictionary<TechniqueId, ProfileTechnique> AddOwn(ActorProfile profile, SortedDictionary<TechniqueId, SortedSet<string>> listed)
    {
        Dictionary<TechniqueId, ProfileTechnique> own = [];
        foreach (var entry in profile.Techniques)
            if (FindLive(entry, profile) is { } technique)
            {
                // Two entries for one technique: the one that demands more holds.
                if (!own.TryGetValue(technique.Id, out var other) || (entry.Required, entry.Weight).CompareTo((other.Required, other.Weight)) > 0)
                    own[technique.Id] = entry;
                if (!listed.TryGetValue(technique.Id, out var sources))
                    listed[technique.Id] = sources = new(StringComparer.Ordinal);
                sources.Add(OwnSource);
            }
        return own;
    }

    private ListedTechnique ToListed(TechniqueId id, SortedSet<string> sources, Dictionary<TechniqueId, ProfileTechnique> own) =>
        new(release.Find(id)!, [.. sources], own.GetValueOrDefault(id)); // relations hold live techniques only

    /// <summary>The live technique that an entry means: its replacement where it is revoked.</summary>
    public Technique? FindLive(ProfileTechnique entry, ActorProfile profile)
    {
        var technique = release.Find(entry.Id);
        var final = Final(entry.Id);
        if (technique is null)
            Report(ActorDiagnostics.UnknownObject, entry.Span, $"{entry.Id} is not a technique of ATT&CK {release.Name}");
        else if (final is { IsLive: true } && final != technique)
            diagnostics.Add(RevokedIds.Report(
                Written(entry), [.. profile.Techniques.Select(Written)], $"{entry.Id} was revoked by {final.Id}; {final.Id} is measured", profile.TechniqueList, RevokedIds.Alternatives(entry.Id, release)));
        else if (final is not { IsLive: true })
            Report(ActorDiagnostics.DeprecatedObject, entry.Span, $"{entry.Id} is no longer maintained in ATT&CK {release.Name} and is left out");
        return final is { IsLive: true } ? final : null;
    }

    private Technique? Final(TechniqueId id) => release.Find(id) is { IsRevoked: true } ? release.FinalReplacement(id) : release.Find(id);

    private RevokedIds.Entry Written(ProfileTechnique entry) => new(entry.Id.ToString(), entry.Span, (Final(entry.Id)?.Id ?? entry.Id).ToString());

    private AttackObject? FindLive(ProfileText id, ActorProfile profile)
    {
        var found = Find(id.Value);
        var final = Final(id);
        if (found is null)
            Report(ActorDiagnostics.UnknownObject, id.Span, $"'{id.Value}' is not the id of a group, software or campaign of ATT&CK {release.Name}");
        else if (final is { IsLive: true } && final != found)
            diagnostics.Add(RevokedIds.Report(Written(id), [.. profile.From.Select(Written)], $"{found.Id} was revoked by {final.Id}; {final.Id} is measured", profile.FromList, []));
        else if (final is not { IsLive: true })
            Report(ActorDiagnostics.DeprecatedObject, id.Span, $"{found.Id} is no longer maintained in ATT&CK {release.Name} and is left out");
        return final is { IsLive: true } ? final : null;
    }

    private AttackObject? Final(ProfileText id)
    {
        var final = Find(id.Value);
        for (var steps = 0; final is { IsRevoked: true, RevokedBy: { } next } && steps < 16; steps++)
            final = Find(next);
        return final;
    }

    private RevokedIds.Entry Written(ProfileText id) => new(Find(id.Value)?.Id ?? id.Value, id.Span, Final(id)?.Id ?? id.Value);

    private AttackObject? Find(string id) => (AttackObject?)release.FindGroup(id) ?? (AttackObject?)release.FindSoftware(id) ?? release.FindCampaign(id);

    private void Report(DiagnosticInfo info, SourceSpan span, string message) => diagnostics.Add(info.At(span, message));
}
