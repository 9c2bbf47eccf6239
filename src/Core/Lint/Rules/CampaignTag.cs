using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class CampaignTag : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3016",
        Title = "Tag of a kind that Sigma does not define",
        Severity = Severity.Warning,
        Rationale = """
            Sigma's `attack` tags name techniques, tactics, groups, software, data sources, mitigations and assets, but no
            campaigns (`C0017`), and tools that follow the specification refuse a tag of one. Name its group or software.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-tags.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.SigmaHq | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Campaign && rule.Sigma is not null)
                yield return Report(tag.Span, $"{tag.Name} is a campaign, which Sigma has no tag for; name its group or software");
    }
}
