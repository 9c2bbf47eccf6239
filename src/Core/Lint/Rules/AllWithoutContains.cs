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
            A field usually has one value, and one value is not equal to several. With `contains` each value is looked for within the
            field, which is what `all` is nearly always meant for.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.Field is not null && !item.Has(Modifier.Contains) && item.Modifiers.FirstOrDefault(use => use.Modifier == Modifier.All) is { } all)
            yield return Report(all.Span, $"'all' stands without 'contains', so that '{item.Field}' must be every value at once; write 'contains|all'");
    }
}
