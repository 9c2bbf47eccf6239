using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs.Init;

/// <summary>How many ATT&amp;CK tags of some rules name something that a release has.</summary>
internal sealed record ReleaseFit(AttackRelease Release, int Known, int Tags)
{
    /// <summary>Every embedded release of ATT&amp;CK for enterprises: the one that knows most first, of those that know as many the newest.</summary>
    public static ImmutableArray<ReleaseFit> Rank(IEnumerable<DetectionRule> rules)
    {
        var tags = rules.SelectMany(rule => rule.AttackTags).Where(tag => tag.Kind is AttackTagKind.Technique or AttackTagKind.Tactic).ToArray();
        return
        [
            .. AttackReleases.Embedded.Where(release => release.Domain == AttackDomain.Enterprise)
                .Select(release => new ReleaseFit(release, tags.Count(tag => IsKnown(tag, release)), tags.Length))
                .Reverse().OrderByDescending(fit => fit.Known),
        ];
    }

    private static bool IsKnown(AttackTag tag, AttackRelease release) =>
        tag.Kind == AttackTagKind.Tactic ? release.FindTactic(tag.Name) is not null : release.Find(tag.Technique) is { IsLive: true };
}
