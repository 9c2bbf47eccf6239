using Merlon.Core.Diagnostics;

namespace Merlon.Core.Lint.Rules;

internal sealed class RuleWithoutDate : MissingKeyLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2431",
        Title = "Rule has no date",
        Severity = Severity.Warning,
        Rationale = """
            The date tells how long a rule has been in use and how current its subject is. Add the day on which it was written.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    protected override string Key => "date";

    protected override string Advice => "add the day on which it was written";
}
