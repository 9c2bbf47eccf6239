using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class LongTitle : AlertingLintRule
{
    private const int Longest = 120;

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2437",
        Title = "Title is long",
        Severity = Severity.Warning,
        Rationale = """
            Lists of alerts often cut off a title of more than 120 characters. Move the rest to the description.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-title-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (rule.FindText("title") is { } title && title.Length > Longest)
            yield return Report(title.Span, $"title has {title.Length} characters; use at most {Longest} and move the rest to the description");
    }
}
