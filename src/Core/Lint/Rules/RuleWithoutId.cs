using Merlon.Core.Diagnostics;

namespace Merlon.Core.Lint.Rules;

internal sealed class RuleWithoutId : MissingKeyLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2404",
        Title = "Rule has no id",
        Severity = Severity.Warning,
        Rationale = """
            A title may change; the `id` stays, so other rules, exclusions and old alerts can refer to it. Add a random UUID.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    protected override string Key => "id";

    protected override string Advice => "add a random UUID";
}
