using Merlon.Core.Diagnostics;

namespace Merlon.Core.Lint.Rules;

internal sealed class RuleWithoutLevel : MissingKeyLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2433",
        Title = "Rule has no level",
        Severity = Severity.Warning,
        Rationale = """
            Without a level nobody knows how urgent an alert is, and the rule does not count wherever coverage asks for a level.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    protected override string Key => "level";

    protected override string Advice => "add one of informational, low, medium, high and critical";
}
