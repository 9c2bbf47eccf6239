using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class TitleThatEndsWithDot : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2439",
        Title = "Title ends with a full stop",
        Severity = Severity.Warning,
        Rationale = """
            A title is a name, not a sentence, so it ends without a full stop.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-title-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (rule.FindText("title") is { } title && title.Value.EndsWith('.'))
            yield return Report(title.SpanOf(title.Value.Length - 1, 1), "title ends with a full stop; remove it", TextFix.Replace(title, title.Value.TrimEnd('.'), isSafe: true));
    }
}
