using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class UntaggedRule : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3012",
        Title = "Rule names no technique",
        Severity = Severity.Info,
        Rationale = """
            Coverage counts technique tags only: a rule without one covers nothing, whatever it detects. Tag it with the technique
            that its alert shows.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.Recommended | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        // What a SIEM runs besides detections needs no technique.
        if (rule is not { Defect: null, SilencedBy: null } || rule.Source.DeploysSigma)
            yield break;
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Technique)
                yield break;
        yield return Report(rule.Span, $"rule names no technique, so it covers nothing; {(rule.Sigma is null ? "map it to one such as T1059.001" : "add a tag such as 'attack.t1059.001'")}");
    }
}
