using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class TechniqueTagBesideSubTechnique : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3009",
        Title = "Technique and its own sub-technique are both tagged",
        Severity = Severity.Info,
        Rationale = """
            A sub-technique says more than its technique. A rule tagged with both also claims the technique as a whole, which one
            rule seldom detects. Keep the one that the rule detects.
            """,
    };

    public override Preset Presets => Preset.Strict;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Technique && !tag.Technique.IsSubTechnique && SubTechnique(rule, tag.Technique, context) is { } sub)
                yield return Report(tag.Span, $"{tag.Name} is tagged beside its sub-technique {sub}; keep the one that the rule detects");
    }

    private static TechniqueId? SubTechnique(DetectionRule rule, TechniqueId technique, LintContext context)
    {
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Technique && tag.Technique.IsSubTechnique && context.ParentOf(tag.Technique) == technique)
                return tag.Technique;
        return null;
    }
}
