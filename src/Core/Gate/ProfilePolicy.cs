using System.Collections.Immutable;
using Merlon.Core.Actors;

namespace Merlon.Core.Gate;

/// <summary>What profiles say that is policy: whom they are made of, what is demanded, and what is left out.</summary>
internal static class ProfilePolicy
{
    public static ImmutableArray<PolicyLine> Of(IEnumerable<ActorProfile> profiles) => [.. profiles.SelectMany(profile =>
        LinesOf(profile).Select(line => line.Of(profile.Name)).Prepend(new(profile.Name, profile.Name, profile.Span) { Profile = profile.Name }))];

    private static IEnumerable<PolicyLine> LinesOf(ActorProfile profile) =>
    [
        .. profile.From.DistinctBy(id => id.Value.ToUpperInvariant()).Select(id => new PolicyLine($"from[{id.Value.ToUpperInvariant()}]", id.Value, id.Span)),
        .. profile.WrittenCampaigns is { } campaigns ? [new("include.campaigns", campaigns.Value, campaigns.Span)] : Array.Empty<PolicyLine>(),
        .. profile.WrittenSoftware is { } software ? [new("include.software", software.Value, software.Span)] : Array.Empty<PolicyLine>(),
        .. OfReview(profile),
        .. PolicyForms.OfTargets("targets", profile.Targets),
        .. profile.Techniques.GroupBy(technique => technique.Id).Select(OfTechnique),
        .. PolicyForms.OfExclusions("exclude", profile.Exclusions),
    ];

    // The day alone makes a profile one that wants a review; without either nobody is asked for one.
    private static IEnumerable<PolicyLine> OfReview(ActorProfile profile)
    {
        if (profile.ReviewInterval is var (days, span))
            yield return new("review", PolicyForms.TextOfDays(days), span);
        else if (profile.Reviewed is { Span: var reviewed })
            yield return new("review", PolicyForms.TextOfDays(Reviews.DefaultDays), reviewed) { IsDefault = true };
    }

    // Of several entries for a technique the one that demands more holds.
    private static PolicyLine OfTechnique(IEnumerable<ProfileTechnique> entries)
    {
        var entry = entries.FirstOrDefault(one => one.Required) ?? entries.First();
        return new($"techniques[{entry.Id}]", entry.Required ? "required" : "listed", entry.Span);
    }
}
