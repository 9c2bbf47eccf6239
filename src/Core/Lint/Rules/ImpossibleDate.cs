using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class ImpossibleDate : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2405",
        Title = "Invalid date",
        Severity = Severity.Error,
        Rationale = """
            `date` and `modified` are calendar dates in the form YYYY-MM-DD. Converters refuse anything else.
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
                    yield return Report(text.Span, $"'{text.Value}' is not a date; write {key} as YYYY-MM-DD");
                    break;
                case not YamlScalar and var other:
                    yield return Report(other.Span, $"{key} is {other.Kind}; write a date as YYYY-MM-DD");
                    break;
            }
    }
}
