using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class KeyInAnotherCase : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2011",
        Title = "Sigma key in the wrong case",
        Severity = Severity.Warning,
        Rationale = """
            Sigma's keys are lower case. Tools take `Level` or `Tags` for a custom key, so the rule has no level and no tags.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.Recommended | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        foreach (var (key, _) in rule.Root.Entries)
            if (SigmaWords.Keys(rule.Kind).FirstOrDefault(known => known.Equals(key.Value, StringComparison.OrdinalIgnoreCase)) is { } meant && meant != key.Value)
                yield return Report(key.Span, $"'{key.Value}' is not a key of Sigma, whose keys are lower case; write '{meant}'",
                    rule.Root.Find(meant) is null ? TextFix.Replace(key, meant, isSafe: false) : null);
    }
}
