using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class TemporalCorrelationOfOneRule : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2705",
        Title = "Temporal correlation reads fewer than two rules",
        Severity = Severity.Warning,
        Rationale = """
            `temporal` and `temporal_ordered` ask whether different rules matched close together in time. With a single rule the
            correlation alerts whenever that rule does. Add the other rule, or count with `event_count`.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-correlation-rules-specification.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule.Correlation is { IsTemporal: true, Type: { } type, Rules.Length: < 2 and var length })
            yield return Report(type.Span, $"'{type}' joins different rules but reads {(length == 0 ? "none" : "only one")}; add the other rule, or use 'event_count'");
    }
}
