using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class FalsePositiveInLowerCase : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2441",
        Title = "False positive is not capitalized",
        Severity = Severity.Warning,
        Rationale = """
            Whoever triages an alert reads the entries of `falsepositives` as sentences. Begin each with a capital letter.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        foreach (var item in rule.FindTexts("falsepositives"))
            if (item.Value.Length > 0 && char.ToUpperInvariant(item.Value[0]) is var first && first != item.Value[0])
                yield return Report(item.Scalar.SpanOf(0, 1), $"'{item.Value.Split(' ')[0]}' is not capitalized; write '{first}{item.Value.Split(' ')[0][1..]}'",
                    TextFix.Replace(item.Scalar, first + item.Value[1..], isSafe: true));
    }
}
