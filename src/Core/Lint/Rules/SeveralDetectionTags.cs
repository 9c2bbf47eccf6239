using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class SeveralDetectionTags : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2452",
        Title = "Rule has several detection tags",
        Severity = Severity.Warning,
        Rationale = """
            The detection tag says which folder of SigmaHQ's repository a rule belongs to, and it belongs to one only.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        foreach (var tag in SigmaTag.Of(rule).Where(tag => tag.Namespace == "detection").Skip(1))
            yield return Report(tag.Span, $"'{tag}' is a second detection tag; keep one", TextFix.RemoveItem(tag.Item.List, tag.Item.Index, isSafe: false));
    }
}
