using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class WildcardForStartsWith : WildcardLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2306",
        Title = "Wildcard at the end instead of 'startswith'",
        Severity = Severity.Info,
        Rationale = """
            A modifier shows at a glance how all values are compared, and no backslash has to be escaped before `*`. Write
            `startswith` and the values without `*`.
            """,
        Source = ModifierAppendix,
    };

    protected override Modifier Modifier => Modifier.StartsWith;

    protected override string Word => "startswith";
}
