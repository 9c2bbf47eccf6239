using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class DateInAnotherForm : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2406",
        Title = "Date is not in Sigma's format",
        Severity = Severity.Info,
        Rationale = """
            Sigma 2 writes a date as YYYY-MM-DD, with hyphens and two digits each for month and day. Some tools still accept the
            slashes of Sigma 1; the JSON schema does not.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Preset.Sigma | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        foreach (var key in (string[])["date", "modified"])
            if (rule.FindText(key) is { } text && SigmaDate.TryParse(text.Value, out var day) && SigmaDate.Write(day) is var meant && meant != text.Value)
                yield return Report(text.Span, $"'{text.Value}' is not a date in Sigma's format; write '{meant}'", TextFix.Replace(text, meant, isSafe: true));
    }
}
