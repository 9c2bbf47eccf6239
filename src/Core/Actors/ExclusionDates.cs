using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors;

/// <summary>What time and ATT&amp;CK do to exclusions.</summary>
internal static class ExclusionDates
{
    private const int NoticeDays = 30;

    public static IEnumerable<Diagnostic> Check(IEnumerable<Exclusion> exclusions, DateOnly day)
    {
        foreach (var exclusion in exclusions)
            if (exclusion.Until is not { } last || day.AddDays(NoticeDays) < last)
                continue;
            else if (day > last)
                yield return ActorDiagnostics.ExpiredExclusion.At(exclusion.Span, $"exclusion of {exclusion.Id} held until {last:yyyy-MM-dd} and no longer applies; detect it, or decide again and write a new day");
            else
                yield return ActorDiagnostics.ExpiringExclusion.At(exclusion.Span, $"exclusion of {exclusion.Id} holds until {last:yyyy-MM-dd} only");
    }

    /// <summary>The exclusions of a profile that leave out nothing.</summary>
    public static IEnumerable<Diagnostic> CheckUse(Actor actor)
    {
        if (actor.Techniques.IsEmpty && actor.SoftwareTechniques.IsEmpty)
            yield return ActorDiagnostics.EmptyProfile.At(actor.Profile.Span, $"{actor.Name} has no technique in {actor.Release.Domain.Name} {actor.Release.Name}; cite a group in 'from' or list techniques");
        var used = actor.Techniques.Concat(actor.SoftwareTechniques).Select(technique => technique.Id).ToHashSet();
        foreach (var revoked in RevokedIds.Check(actor.Profile.Exclusions, actor.Release))
            yield return revoked;
        foreach (var exclusion in actor.Profile.Exclusions)
        {
            var replacement = actor.Release.FinalReplacement(exclusion.Id);
            if (actor.Release.Find(exclusion.Id) is null)
                yield return ActorDiagnostics.UnknownObject.At(exclusion.Span, $"{exclusion.Id} is not a technique of ATT&CK {actor.Release.Name}");
            else if (!used.Contains(replacement?.Id ?? exclusion.Id))
                yield return ActorDiagnostics.UselessExclusion.At(exclusion.Span, $"{actor.Name} does not use {exclusion.Id}; remove the exclusion");
        }
    }
}
