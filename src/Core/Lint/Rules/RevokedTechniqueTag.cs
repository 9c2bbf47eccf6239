using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class RevokedTechniqueTag : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3002",
        Title = "Tag names a revoked technique",
        Severity = Severity.Warning,
        Rationale = """
            The technique lives on under another id. Merlon counts the rule for that one; most other tools, the Navigator among
            them, do not know the old id and silently leave the rule out.
            """,
        Source = "https://attack.mitre.org/resources/updates/",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Technique && context.Find(tag.Technique) is { IsRevoked: true })
                yield return Report(tag.Span, context.FinalReplacement(tag.Technique) switch
                {
                    { IsDeprecated: true } successor => $"{tag.Name} was revoked by {successor.Id}, which is deprecated; remove the tag or choose a live technique",
                    { } successor => $"{tag.Name} was revoked by {successor.Id}",
                    null => $"{tag.Name} was revoked without a replacement; remove the tag or choose a live technique",
                }, Replacement(rule, tag, context));
    }

    // Not safe: a replacement may be wider than what it replaces, or mean something else.
    private static Fix? Replacement(DetectionRule rule, AttackTag tag, LintContext context) =>
        context.FinalReplacement(tag.Technique) is { IsLive: true } successor && SigmaTag.Find(rule.Sigma, tag.Span) is { } written
            ? TextFix.Replace(written.Item.Scalar, $"attack.{successor.Id.ToString().ToLowerInvariant()}", isSafe: false) : null;
}
