using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class MalformedId : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2403",
        Title = "Id is not a UUID",
        Severity = Severity.Error,
        Rationale = """
            Correlations, filters and exclusions name a rule by its `id`. Converters refuse a rule whose id is not a UUID
            (version 4 is usual).
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Always;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule.FindText("id") is { } id && !Guid.TryParseExact(id.Value, "D", out _))
            yield return Report(id.Span, $"'{id.Value}' is not a UUID with hyphens; write one such as '4f1c7a52-8d3e-4b6f-9a21-c0de5e1d3b77'",
                Guid.TryParse(id.Value, out var uuid) ? TextFix.Replace(id, uuid.ToString("D"), isSafe: false) : null);
    }
}
