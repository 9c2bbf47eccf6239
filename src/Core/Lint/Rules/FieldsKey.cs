using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class FieldsKey : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2450",
        Title = "Rule lists fields",
        Severity = Severity.Warning,
        Rationale = """
            `fields` was meant to list the fields that an analyst wants to see. SigmaHQ has given it up, since hardly any tool reads
            it.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (rule.Root.FindEntry("fields") is { Value: YamlSequence { Items: [_, ..] } } entry)
            yield return Report(entry.Key.Span, "SigmaHQ's rules list no fields; remove the key");
    }
}
