using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class ImpossibleDate : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2405",
        Title = "Date is not a day",
        Severity = Severity.Error,
        Rationale = """
            `date` and `modified` are days of the calendar in the form `2026-11-01`. Tools refuse anything else, or stop at
            it.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Always;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        foreach (var key in (string[])["date", "modified"])
            switch (rule.Root.Find(key))
            {
                case null or YamlScalar { IsNull: true }:
                    break;
                case YamlScalar text when !SigmaDate.TryParse(text.Value, out _):
                    yield return Report(text.Span, $"'{text.Value}' is not a day; write {key} in the form 2026-11-01");
                    break;
                case not YamlScalar and var other:
                    yield return Report(other.Span, $"{key} is {other.Kind}; write a day in the form 2026-11-01");
                    break;
            }
    }
}
