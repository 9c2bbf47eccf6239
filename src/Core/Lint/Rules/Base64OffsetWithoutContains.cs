using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class Base64OffsetWithoutContains : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2206",
        Title = "'base64offset' without 'contains'",
        Severity = Severity.Warning,
        Rationale = """
            `base64offset` yields the three forms that a text can take within a longer base64 string. That string goes on at both
            ends, so a field never equals one of the forms. Write `base64offset|contains`.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => FromRecommended;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (!item.Has(Modifier.Contains) && item.Modifiers.FirstOrDefault(use => use.Modifier == Modifier.Base64Offset) is { } offset)
            yield return Report(offset.Span, "'base64offset' yields parts of a longer string, which no field equals; write 'base64offset|contains'",
                item.Has(Modifier.StartsWith) || item.Has(Modifier.EndsWith) ? null : ItemFix.AppendModifier(item, offset, "contains"));
    }
}
