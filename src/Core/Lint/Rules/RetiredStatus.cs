using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class RetiredStatus : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2451",
        Title = "Rule is deprecated or unsupported",
        Severity = Severity.Warning,
        Rationale = """
            SigmaHQ keeps such rules in folders of their own, which nobody deploys. A rule that is deployed needs another status.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (rule.Status is { } status && status.Value.ToLowerInvariant() is "deprecated" or "unsupported")
            yield return Report(status.Span, $"'{status}' is the status of a rule that is not deployed; move the rule to another folder, or change its status");
    }
}
