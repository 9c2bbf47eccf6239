using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class EmptyValueList : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2216",
        Title = "Field has an empty list of values",
        Severity = Severity.Warning,
        Rationale = """
            Tools read an empty list as null, so the field must have no value. That is seldom meant: usually the values were removed
            and the field was left behind. Write `null` if it is.
            """,
        Source = Specification,
    };

    public override Preset Presets => FromRecommended;

    protected override bool IncludesFilters => true;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.List is { } list && item.Written.IsEmpty)
            yield return Report(list.Span, $"'{item.Field ?? "keywords"}' has an empty list of values, which tools read as null; add the values or write null");
    }
}
