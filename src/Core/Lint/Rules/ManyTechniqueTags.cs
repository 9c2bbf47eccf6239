using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class ManyTechniqueTags : DetectionLintRule
{
    private const int Most = 6;

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3014",
        Title = "More than six techniques are tagged",
        Severity = Severity.Info,
        Rationale = """
            One detection rarely shows seven techniques, and long lists inflate coverage. Keep those that an alert of this rule
            shows.
            """,
    };

    public override Preset Presets => Preset.Recommended | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        var techniques = 0;
        AttackTag? seventh = null;
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.Technique && ++techniques == Most + 1)
                seventh = tag;
        if (seventh is { } first)
            yield return Report(first.Span, $"rule is tagged with {techniques} techniques; keep the {Most} or fewer that it detects");
    }
}
