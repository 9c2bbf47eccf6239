using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
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
        TagFixes? fixes = null;
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Technique && context.Find(tag.Technique) is { IsRevoked: true })
            {
                var alternatives = context.Alternatives(tag.Technique);
                yield return Report(tag.Span, context.FinalReplacement(tag.Technique) switch
                {
                    { IsDeprecated: true } successor => $"{tag.Name} was revoked by {successor.Id}, which is deprecated; remove the tag or choose a live technique",
                    { } successor when alternatives.Length > 0 => $"{tag.Name} was revoked by {successor.Id}, which has got {Names(alternatives)} since; choose what the rule detects",
                    { } successor => $"{tag.Name} was revoked by {successor.Id}",
                    null => $"{tag.Name} was revoked without a replacement; remove the tag or choose a live technique",
                }, Replacement(fixes ??= new(rule), tag, context, isSafe: alternatives.IsEmpty));
            }
    }

    private static string Names(ImmutableArray<Technique> techniques) => string.Join(" and ", techniques.Select(technique => $"{technique.Id} ({technique.Name})"));

    // Safe, as the rule counts for the replacement already; where a sub-technique of it may be meant, a person chooses.
    private static Fix? Replacement(TagFixes fixes, AttackTag tag, LintContext context, bool isSafe) =>
        context.FinalReplacement(tag.Technique) is { IsLive: true } successor ? fixes.Write(tag, [successor.Id.ToString().ToLowerInvariant()], isSafe) : null;
}
