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
            `base64offset` makes the three forms that a text can take somewhere within a longer base64 text. The longer text goes on at
            both ends, so a field that is equal to one of the forms is not what is looked for. Write `base64offset|contains`.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => FromRecommended;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (!item.Has(Modifier.Contains) && item.Modifiers.FirstOrDefault(use => use.Modifier == Modifier.Base64Offset) is { } offset)
            yield return Report(offset.Span, "'base64offset' makes parts of a longer text, which no field is equal to; write 'base64offset|contains'",
                item.Has(Modifier.StartsWith) || item.Has(Modifier.EndsWith) ? null : ItemFix.AppendModifier(item, offset, "contains"));
    }
}
