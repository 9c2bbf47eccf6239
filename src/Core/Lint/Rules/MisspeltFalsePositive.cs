using System.Collections.Frozen;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class MisspeltFalsePositive : AlertingLintRule
{
    // Each fix writes the whole text, and a text of many words may be a stranger's.
    private const int LongestFixed = 1000;

    private static readonly FrozenDictionary<string, string> Meant = new Dictionary<string, string>
    {
        ["legitimeate"] = "legitimate",
        ["ligitimate"] = "legitimate",
        ["unkown"] = "unknown",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2443",
        Title = "False positive has a misspelt word",
        Severity = Severity.Warning,
        Rationale = """
            These words are often misspelt in false positives, and a search for the right spelling does not find the rule.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        foreach (var item in rule.FindTexts("falsepositives"))
            foreach (var (word, start) in item.Scalar.Words)
                if (Meant.TryGetValue(word, out var lower))
                {
                    var meant = char.IsUpper(word[0]) ? char.ToUpperInvariant(lower[0]) + lower[1..] : lower;
                    yield return Report(item.Scalar.SpanOf(start, word.Length), $"'{word}' is misspelt; write '{meant}'",
                        item.Value.Length > LongestFixed ? null : TextFix.Replace(item.Scalar, $"{item.Value[..start]}{meant}{item.Value[(start + word.Length)..]}", isSafe: true));
                }
    }
}
