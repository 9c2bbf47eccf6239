using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class WildcardForEndsWith : WildcardLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2305",
        Title = "Wildcard at the beginning instead of 'endswith'",
        Severity = Severity.Info,
        Rationale = """
            A modifier shows at a glance how all values are compared, and no backslash has to be escaped before `*`. Write
            `endswith` and the values without `*`.
            """,
        Source = ModifierAppendix,
    };

    protected override Modifier Modifier => Modifier.EndsWith;

    protected override string Word => "endswith";
}
