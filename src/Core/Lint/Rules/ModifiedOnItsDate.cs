using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class ModifiedOnItsDate : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2448",
        Title = "Rule was modified on the day on which it was written",
        Severity = Severity.Warning,
        Rationale = """
            `modified` says that a rule changed since its `date`. On the same day it says nothing.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (SigmaDate.Find(rule, "modified") is { } modified && SigmaDate.Find(rule, "date") == modified)
            yield return Report(rule.FindText("modified")!.Span, "modified is the same day as date; remove it", // found above
                TextFix.RemoveEntry(rule.Root.FindEntry("modified")!, isSafe: true)); // as above
    }
}
