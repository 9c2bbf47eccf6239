using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class TacticTagOfAnotherRelease : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3006",
        Title = "Tag names a tactic of another ATT&CK release",
        Severity = Severity.Warning,
        Rationale = """
            Tactics change between releases: 19 split `defense-evasion` into `stealth` and `defense-impairment`. A tactic that the
            pinned release does not have is not in its matrix. Write the tactic of the rule's own techniques.
            """,
        Source = "https://attack.mitre.org/resources/updates/",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        TagFixes? fixes = null;
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Tactic && !context.HasTactic(tag.Name)
                && context.OtherReleasesWithTactic(tag.Name) is [.., var other] having)
            {
                var moved = Moved(rule, tag, context, other);
                yield return Report(tag.Span, $"'{tag.Name}' is a tactic of ATT&CK {string.Join(" and ", having.Select(release => release.Version).Distinct())}, "
                    + $"not of {context.Name}; {WayOut(moved, context, other)}", Replacement(fixes ??= new(rule), tag, context, moved));
            }
    }

    /// <summary>A technique that had the tactic, and what it is in instead.</summary>
    /// <param name="Tactics">Empty where it only left the tactic, and the rule has another one of its tactics.</param>
    private sealed record MovedTechnique(TechniqueId Id, ImmutableArray<string> Tactics);

    // The release decides by the techniques: without one that was in the tactic, nobody knows what the tag is to say.
    private static Fix? Replacement(TagFixes fixes, AttackTag tag, LintContext context, ImmutableArray<MovedTechnique> moved)
    {
        if (moved.IsEmpty)
            return null;
        var tactics = context.Releases.SelectMany(release => release.Tactics).Select(tactic => tactic.ShortName).Distinct().Where(name => moved.Any(technique => technique.Tactics.Contains(name)));
        return fixes.Write(tag, [.. tactics], isSafe: true);
    }

    private static ImmutableArray<MovedTechnique> Moved(DetectionRule rule, AttackTag tag, LintContext context, AttackRelease other) =>
    [
        .. rule.Techniques.DistinctBy(technique => context.FindLive(technique.Technique)?.Id)
            .Select(technique => Moved(rule, technique.Technique, tag.Name, context, other)).OfType<MovedTechnique>(),
    ];

    private static MovedTechnique? Moved(DetectionRule rule, TechniqueId id, string tactic, LintContext context, AttackRelease other)
    {
        if (context.FindLive(id) is not { } now || context.Alternatives(id).Any(alternative => !alternative.Tactics.SequenceEqual(now.Tactics)))
            return null;
        var then = other.Find(id) is { IsRevoked: true } ? other.FinalReplacement(id) : other.Find(id);
        // One that is new, or came into a new tactic from elsewhere, tells by that.
        if (then is not { IsLive: true } || !then.Tactics.Contains(tactic))
            return now.Tactics.Where(name => !LintContext.HasTactic(other, name)).ToImmutableArray() is { IsEmpty: false } newer ? new(now.Id, newer) : null;
        var gained = now.Tactics.RemoveRange(then.Tactics);
        var isTagged = rule.AttackTags.Any(known => known.Kind == AttackTagKind.Tactic && now.Tactics.Contains(known.Name));
        return new(now.Id, gained.IsEmpty && !isTagged ? now.Tactics : gained);
    }

    private static string WayOut(ImmutableArray<MovedTechnique> moved, LintContext context, AttackRelease other)
    {
        if (!moved.IsEmpty)
            return string.Join(", ", moved.Select(technique => technique.Tactics.IsEmpty ? $"{technique.Id} has left it" : $"{technique.Id} is in {string.Join(" and ", technique.Tactics)}"));
        var instead = context.Releases.Where(release => release.Domain == other.Domain).SelectMany(release => release.Tactics)
            .Select(tactic => tactic.ShortName).Where(tactic => !LintContext.HasTactic(other, tactic)).ToArray();
        return instead.Length > 0 ? $"none of the rule's techniques is in {Spelling.OneOf(instead)}, which that has instead; choose, or remove the tag" : "remove the tag";
    }
}
