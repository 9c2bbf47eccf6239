using Merlon.Core.Diagnostics;

namespace Merlon.Core.Lint.Rules;

internal sealed class RuleWithoutAuthor : MissingKeyLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2430",
        Title = "Rule has no author",
        Severity = Severity.Warning,
        Rationale = """
            Whoever gets the alert needs to know whom to ask. Add the author.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    protected override string Key => "author";

    protected override string Advice => "add whoever wrote it";
}
