using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class KeyOutsideSigmaHq : AlertingLintRule
{
    private static readonly ImmutableArray<string> Allowed = ["regression_tests_path", "simulation"];

    // What a correlation consists of is read as known wherever it stands.
    private static readonly ImmutableArray<string> CorrelationParts = ["correlation", "type", "rules", "generate", "timespan", "group_by", "aliases", "condition"];

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2009",
        Title = "Key that the SigmaHQ repository does not use",
        Severity = Severity.Warning,
        Rationale = """
            Sigma allows custom keys. SigmaHQ's repository uses two of them, `regression_tests_path` and `simulation`, and accepts
            no others, since nobody there maintains what they say. Remove the key.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        foreach (var (key, _) in rule.Root.Entries)
            if (!IsKnown(rule.Kind, key.Value))
                yield return Report(key.Span, $"'{key.Value}' is not a key of SigmaHQ's rules; remove it");
    }

    private static bool IsKnown(SigmaKind kind, string key) =>
        Allowed.Contains(key) || (kind == SigmaKind.Correlation ? CorrelationParts.Contains(key) || SigmaWords.CommonKeys.Contains(key) : SigmaWords.Keys(kind).Contains(key));
}
