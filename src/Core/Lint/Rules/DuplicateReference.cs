using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class DuplicateReference : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2410",
        Title = "Reference stands twice",
        Severity = Severity.Warning,
        Rationale = """
            References are unique. One that stands twice was often meant to be another one: look at it before you remove it.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        foreach (var item in ListText.Repeated(rule.FindTexts("references")))
            yield return Report(item.Span, $"'{item.Value}' is among the references already; remove it", TextFix.RemoveItem(item.List, item.Index, isSafe: true));
    }
}
