using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class AllOfOneValue : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2209",
        Title = "'all' with a single value",
        Severity = Severity.Warning,
        Rationale = """
            `all` asks for every value of a list, and this field has one. Either a value is missing, or the modifier means nothing.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => Preset.Sigma | Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.Field is not null && item.Written.Length < 2 && item.Modifiers.FirstOrDefault(use => use.Modifier == Modifier.All) is { } all)
            yield return Report(all.Span, $"'all' has {(item.Written.IsEmpty ? "no value" : "only one value")} to apply to; remove it or add the other values",
                item.Written.IsEmpty ? null : ItemFix.RemoveModifier(item, all));
    }
}
