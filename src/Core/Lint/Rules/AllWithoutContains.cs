using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class AllWithoutContains : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2205",
        Title = "'all' without 'contains'",
        Severity = Severity.Warning,
        Rationale = """
            A field usually has one value, which cannot equal several values at once. With `contains` each value is searched for
            within the field, which is nearly always what `all` is meant to do.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.Field is not null && !item.Has(Modifier.Contains) && item.Modifiers.FirstOrDefault(use => use.Modifier == Modifier.All) is { } all)
            yield return Report(all.Span, $"'all' without 'contains' asks '{item.Field}' to match every value at once; write 'contains|all' to search for parts of it");
    }
}
