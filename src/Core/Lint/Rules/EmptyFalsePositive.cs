using System.Collections.Frozen;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class EmptyFalsePositive : AlertingLintRule
{
    private static readonly FrozenSet<string> Banned = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "none", "pentest", "penetration");

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2442",
        Title = "False positive says nothing",
        Severity = Severity.Warning,
        Rationale = """
            `none` is never true, and a penetration test is what a rule should find. Say which legitimate activity looks the same,
            or write `Unknown`.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        foreach (var item in rule.FindTexts("falsepositives"))
            foreach (var (word, start) in item.Scalar.Words)
                if (Banned.Contains(word))
                    yield return Report(item.Scalar.SpanOf(start, word.Length), $"'{word}' is not a false positive; say which legitimate activity looks the same, or write 'Unknown'");
    }
}
