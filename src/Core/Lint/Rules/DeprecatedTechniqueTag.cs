using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class DeprecatedTechniqueTag : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3003",
        Title = "Tag names a deprecated technique",
        Severity = Severity.Warning,
        Rationale = """
            ATT&CK deprecates a technique that it no longer maintains and names no replacement. It is in no matrix, so the rule
            counts for nothing. Choose the technique that describes what the rule detects today.
            """,
        Source = "https://attack.mitre.org/resources/updates/",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Technique && context.Find(tag.Technique) is { IsDeprecated: true } technique)
                yield return Report(tag.Span, $"{tag.Name} ({technique.Name}) is deprecated in {context.Name}; remove the tag or choose a live technique");
    }
}
