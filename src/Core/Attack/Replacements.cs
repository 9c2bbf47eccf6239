using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>How far a release decides what became of a revoked technique.</summary>
internal static class Replacements
{
    /// <summary>
    /// Sub-techniques of the final replacement that may be meant instead of it: they are newer than the revoked technique and take no other one's
    /// place. Where there are any, the replacement is certain only for a reader of the rule.
    /// </summary>
    /// <param name="others">Where the technique may be live still.</param>
    /// <returns>By id; empty for a technique that is not revoked.</returns>
    public static ImmutableArray<Technique> Alternatives(AttackRelease release, TechniqueId revoked, IEnumerable<AttackRelease> others)
    {
        if (release.FinalReplacement(revoked) is not { IsLive: true, Id.IsSubTechnique: false } final || LastLive(release, revoked, others) is not { } then)
            return [];
        return [.. release.SubTechniques(final.Id).Where(sub => sub.IsLive && then.Find(sub.Id) is null && !release.Techniques.Any(other => other.RevokedBy == sub.Id))];
    }

    /// <summary>The latest of some releases of the same domain in which a technique is live.</summary>
    private static AttackRelease? LastLive(AttackRelease release, TechniqueId id, IEnumerable<AttackRelease> others) =>
        others.LastOrDefault(other => other.Domain == release.Domain && other.Version != release.Version && other.Find(id) is { IsLive: true });
}
