using System.Collections.Immutable;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Gate;

/// <summary>What a ratchet file has and head does not prove.</summary>
internal static class RatchetLosses
{
    /// <summary>For techniques that head's actors use: what a profile no longer has is a matter of policy.</summary>
    /// <param name="head">In the terms of the policy that the file belongs to.</param>
    public static ImmutableArray<Loss> Of(Ratchet ratchet, ImmutableArray<ProgramCoverage> head)
    {
        var losses = ImmutableArray.CreateBuilder<Loss>();
        foreach (var coverage in head)
            foreach (var actor in coverage.Actors)
            {
                var techniques = actor.Techniques.Concat(actor.Pre).ToDictionary(technique => technique.Id);
                foreach (var claim in ratchet.Claims.Where(claim => claim.Actor == actor.Name && claim.Proofs.Contains(coverage.Definition.Level.Name)))
                    if (techniques.TryGetValue(claim.Technique, out var technique) && !technique.IsCovered)
                        losses.Add(Of(claim, technique, actor));
            }
        return losses.ToImmutable();
    }

    private static Loss Of(RatchetClaim claim, TechniqueCoverage technique, ActorCoverage actor) => new()
    {
        Technique = technique.Technique,
        Actor = actor.Name,
        Domain = actor.Release.Domain,
        Platforms = [],
        From = Levels.Proofs.Last(proof => claim.Proofs.Contains(proof.Name)),
        To = technique.Level,
        Severity = Severity.Warning,
        IsAccepted = technique.Scoped.Accepted is not null,
        Span = claim.Span,
        Changes = technique.Claims.IsEmpty
            ? [new(ChangeCause.Unknown, null, claim.Span, "no rule claims it any more", $"write a rule for {technique.Id}, or accept the loss with 'merlon gate --write-baseline --accept-loss'")]
            : [.. technique.Claims.Select(near => new RuleChange(ChangeCause.Unknown, near.Rule, near.Tag.Span, near.Lacks?.Text ?? "is on no platform in scope", $"mend '{near.Rule.Title}'"))],
    };
}
