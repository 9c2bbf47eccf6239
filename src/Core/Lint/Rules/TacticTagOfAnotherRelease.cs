using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
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
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Tactic && !context.HasTactic(tag.Name)
                && context.OtherReleasesWithTactic(tag.Name) is [.., var other] having)
                yield return Report(tag.Span, $"'{tag.Name}' is a tactic of ATT&CK {string.Join(" and ", having.Select(release => release.Version).Distinct())}, "
                    + $"not of {context.Name}; {WayOut(rule, context, other)}", Replacement(rule, tag, context, other));
    }

    // Where all of the rule's techniques went to one tactic. Not safe: it is another claim.
    private static Fix? Replacement(DetectionRule rule, AttackTag tag, LintContext context, AttackRelease other)
    {
        var tactics = OwnTactics(rule, context, other).SelectMany(technique => technique.Tactics).Distinct().ToArray();
        if (tactics is not [var tactic] || SigmaTag.Find(rule.Sigma, tag.Span) is not { } written)
            return null;
        return rule.AttackTags.Any(known => known.Kind == AttackTagKind.Tactic && known.Name == tactic)
            ? TextFix.RemoveItem(written.Item.List, written.Item.Index, isSafe: false)
            : TextFix.Replace(written.Item.Scalar, $"attack.{tactic}", isSafe: false);
    }

    // What took the tactic's place is what the other release does not have yet.
    private static (TechniqueId Id, string[] Tactics)[] OwnTactics(DetectionRule rule, LintContext context, AttackRelease other) =>
    [
        .. rule.Techniques.Select(tag => context.FindLive(tag.Technique)).OfType<Technique>().DistinctBy(technique => technique.Id)
            .Select(technique => (technique.Id, Tactics: technique.Tactics.Where(tactic => !LintContext.HasTactic(other, tactic)).ToArray()))
            .Where(technique => technique.Tactics.Length > 0),
    ];

    private static string WayOut(DetectionRule rule, LintContext context, AttackRelease other)
    {
        var own = OwnTactics(rule, context, other);
        if (own.Length > 0)
            return string.Join(", ", own.Select(technique => $"{technique.Id} is in {string.Join(" and ", technique.Tactics)}"));
        var instead = context.Releases.Where(release => release.Domain == other.Domain).SelectMany(release => release.Tactics)
            .Select(tactic => tactic.ShortName).Where(tactic => !LintContext.HasTactic(other, tactic)).ToArray();
        return instead.Length > 0 ? $"none of the rule's techniques is in {Spelling.OneOf(instead)}, which that has instead" : "remove the tag";
    }
}
