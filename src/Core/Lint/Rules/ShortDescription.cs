using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class ShortDescription : AlertingLintRule
{
    private const int Shortest = 16;

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2435",
        Title = "Description is very short",
        Severity = Severity.Warning,
        Rationale = """
            A description of fewer than 16 characters tells no more than the title does. Say what the rule finds and why
            that matters.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (rule.FindText("description") is { } description && description.Length < Shortest)
            yield return Report(description.Span, $"description has {description.Length} characters; say in {Shortest} or more what the rule detects and why that matters");
    }
}
