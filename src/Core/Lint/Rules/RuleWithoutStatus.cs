using Merlon.Core.Diagnostics;

namespace Merlon.Core.Lint.Rules;

internal sealed class RuleWithoutStatus : MissingKeyLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2434",
        Title = "Rule has no status",
        Severity = Severity.Warning,
        Rationale = """
            Without a status nobody knows how far a rule can be trusted, and it does not count wherever coverage asks for a status.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    protected override string Key => "status";

    protected override string Advice => "add one of stable, test, experimental, deprecated and unsupported";
}
