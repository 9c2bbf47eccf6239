using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnencodedWideText : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2214",
        Title = "UTF-16 text is not encoded as base64",
        Severity = Severity.Warning,
        Rationale = """
            `wide`, `utf16le`, `utf16` and `utf16be` turn a text into UTF-16 bytes, as some programs do before they encode it as
            base64. A field of an event is text, so it never equals the bare bytes. Write `wide|base64offset|contains`.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => FromRecommended;

    protected override bool IncludesFilters => true;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        foreach (var (index, use) in item.Modifiers.Index())
            if (use.Modifier is Modifier.Wide or Modifier.Utf16 or Modifier.Utf16Be && !item.Modifiers.Skip(index).Any(later => later.Modifier is Modifier.Base64 or Modifier.Base64Offset))
                yield return Report(use.Span, $"'{use.Text}' yields UTF-16 bytes, which no field holds as they are; write '{use.Text}|base64offset|contains'");
    }
}
