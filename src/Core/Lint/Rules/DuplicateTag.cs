using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class DuplicateTag : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2409",
        Title = "Duplicate tag",
        Severity = Severity.Warning,
        Rationale = """
            Tags are unique. The second one is often a slip for another tag: look at it before you remove it.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        foreach (var item in ListText.Repeated(rule.FindTexts("tags")))
            yield return Report(item.Span, $"'{item.Value}' is already among the tags; remove it", TextFix.RemoveItem(item.List, item.Index, isSafe: true));
    }
}
