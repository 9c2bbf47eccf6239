using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class NullAmongValues : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2215",
        Title = "Null in a list of values",
        Severity = Severity.Warning,
        Rationale = """
            Null asks whether a field is without a value, which is a different question from what its value is. The specification
            allows it only on its own. Write a selection of its own for it.
            """,
        Source = Specification,
    };

    public override Preset Presets => Preset.Sigma | Preset.Strict;

    protected override bool IncludesFilters => true;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.List is not null)
            foreach (var written in item.Written)
                if (written.IsNull)
                    yield return Report(written.Span, "null stands in a list of values; give it a selection of its own, or quote it if the word is meant");
    }
}
