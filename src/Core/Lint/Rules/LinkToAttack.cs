using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class LinkToAttack : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2445",
        Title = "Reference to an ATT&CK page",
        Severity = Severity.Warning,
        Rationale = """
            A tag says which technique a page of ATT&CK is about, and tools count and check it. They do neither with a link.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        foreach (var item in rule.FindTexts("references"))
            if (item.Value.StartsWith("https://attack.mitre.org/", StringComparison.Ordinal))
                yield return Report(item.Span, $"'{item.Value}' is a page of ATT&CK; write a tag such as 'attack.t1059.001' instead",
                    TextFix.RemoveItem(item.List, item.Index, isSafe: false));
    }
}
