using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class SeveralTlpTags : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2454",
        Title = "Rule has several TLP tags",
        Severity = Severity.Warning,
        Rationale = """
            Two labels of the Traffic Light Protocol contradict each other.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        foreach (var tag in SigmaTag.Of(rule).Where(tag => tag.Namespace == "tlp").Skip(1))
            yield return Report(tag.Span, $"'{tag}' is a second TLP tag; keep one", TextFix.RemoveItem(tag.Item.List, tag.Item.Index, isSafe: false));
    }
}
