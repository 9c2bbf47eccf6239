using Merlon.Core.Diagnostics;

namespace Merlon.Core.Lint.Rules;

internal sealed class RuleWithoutDescription : MissingKeyLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2432",
        Title = "Rule has no description",
        Severity = Severity.Warning,
        Rationale = """
            The description tells whoever gets the alert what was found and why it matters. A title has no room for that.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    protected override string Key => "description";

    protected override string Advice => "say what it detects and why that matters";
}
