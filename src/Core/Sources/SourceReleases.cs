using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources;

/// <summary>Which releases the ids of rules are of, and what they are in another one.</summary>
internal static class SourceReleases
{
    /// <summary>The releases of a rule, one for each domain; the program's where it names none, and where the one that it names is not embedded.</summary>
    public static ImmutableArray<AttackRelease> Of(DetectionRule rule, ImmutableArray<AttackRelease> pinned) =>
        rule.Release is { } version ? [.. pinned.Select(release => AttackReleases.TryGet(release.Domain, version, out var named) ? named : release)]
        : rule.Source.HasOwnRelease ? [.. pinned.Select(release => rule.Source.Releases.FirstOrDefault(one => one.Domain == release.Domain) ?? release)] : pinned;

    /// <summary>What tags of rules of other releases have no counterpart in the program's, each where it stands.</summary>
    public static IEnumerable<Diagnostic> Unmapped(RuleSet rules, ImmutableArray<AttackRelease> pinned)
    {
        foreach (var rule in rules.Rules.Concat(rules.Placed).Where(rule => rule.Release is not null || rule.Source.HasOwnRelease))
        {
            var own = Of(rule, pinned);
            foreach (var tag in rule.Techniques.Where(tag => own.Any(release => release.Find(tag.Technique) is { IsLive: true }) && !pinned.Zip(own).Any(pair => Find(tag.Technique, pair.Second, pair.First) is not null)))
                yield return InventoryDiagnostics.Unmapped.At(tag.Span, $"{tag.Name} of ATT&CK {own[0].Version} has no counterpart in {pinned[0].Name} that the releases decide on, so it counts for nothing; map it to what the rule detects");
        }
    }

    /// <summary>
    /// A technique of one release in another: by its id, or by what revoked it. Backwards, in an older release, it is the only technique that
    /// this one replaced since.
    /// </summary>
    /// <param name="own">What the id is of; null where that is the other one.</param>
    /// <returns>Null where the other release has nothing live for it, or several that may be meant.</returns>
    public static Technique? Find(TechniqueId id, AttackRelease? own, AttackRelease pinned)
    {
        var technique = pinned.Find(id) is { IsRevoked: true } ? pinned.FinalReplacement(id) : pinned.Find(id);
        if (technique is not null || own is null || own.Find(id) is not { IsLive: true })
            return technique is { IsLive: true } ? technique : null;
        Technique? found = null;
        foreach (var older in own.Techniques)
            if (older.IsRevoked && own.FinalReplacement(older.Id)?.Id == id && pinned.Find(older.Id) is { IsLive: true } candidate)
                if (found is null)
                    found = candidate;
                else
                    return null;
        return found;
    }
}
