using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class TacticTagWithoutTechnique : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3008",
        Title = "Tactic belongs to none of the tagged techniques",
        Severity = Severity.Warning,
        Rationale = """
            The rule claims a tactic but names no technique of it. Only technique tags count, so the tactic is not covered: a
            technique is missing, or the tactic is wrong. A revoked technique is checked as the one that replaced it.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.Recommended | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Tactic && context.HasTactic(tag.Name) && NobodyHas(tag.Name, rule, context))
                yield return Report(tag.Span, $"'{tag.Name}' is a tactic of none of the tagged techniques; add the technique or remove the tactic");
    }

    // A technique that the release does not know may have any tactic, so it speaks for none and against none.
    private static bool NobodyHas(string tactic, DetectionRule rule, LintContext context)
    {
        var live = false;
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Technique)
            {
                if (context.Find(tag.Technique) is null)
                    return false;
                var technique = context.FindLive(tag.Technique);
                live |= technique is not null;
                if (technique is not null && technique.Tactics.Contains(tactic))
                    return false;
            }
        return live;
    }
}
