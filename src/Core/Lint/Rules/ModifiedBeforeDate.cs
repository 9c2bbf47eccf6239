using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class ModifiedBeforeDate : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2446",
        Title = "Rule was modified before it was written",
        Severity = Severity.Warning,
        Rationale = """
            One of `date` and `modified` is wrong, or the two are swapped.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (SigmaDate.Find(rule, "date") is { } date && SigmaDate.Find(rule, "modified") is { } modified && modified < date)
            yield return Report(rule.FindText("modified")!.Span, $"modified is earlier than {SigmaDate.Write(date)}, the date of the rule; correct one of them"); // found above
    }
}
