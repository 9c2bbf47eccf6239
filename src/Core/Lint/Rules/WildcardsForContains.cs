using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class WildcardsForContains : WildcardLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2307",
        Title = "Wildcards at both ends instead of 'contains'",
        Severity = Severity.Info,
        Rationale = """
            A modifier shows at a glance how all values are compared, and no backslash has to be escaped before `*`. Write
            `contains` and the values without `*`.
            """,
        Source = ModifierAppendix,
    };

    protected override Modifier Modifier => Modifier.Contains;

    protected override string Word => "contains";
}
