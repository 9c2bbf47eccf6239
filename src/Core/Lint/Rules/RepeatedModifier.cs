using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class RepeatedModifier : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2207",
        Title = "Modifier is applied more than once",
        Severity = Severity.Warning,
        Rationale = """
            Most modifiers change nothing the second time, so one of them is superfluous or another one was meant. Only `base64` may
            follow itself, for a text that was encoded twice.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        HashSet<string> words = new(StringComparer.Ordinal);
        foreach (var use in item.Modifiers)
            if (use.Modifier != Modifier.Base64 && !words.Add(WordOf(use)))
                yield return Report(use.Span, $"'{use.Text}' has already been applied; remove it or write the modifier that is meant",
                    ChangesNothing(use.Modifier) ? ItemFix.RemoveModifier(item, use) : null);
    }

    private static string WordOf(ModifierUse use) => use.Text.Value switch { "ignorecase" => "i", "multiline" => "m", "dotall" => "s", "utf16le" => "wide", var word => word };

    private static bool ChangesNothing(Modifier modifier) =>
        modifier is Modifier.Contains or Modifier.StartsWith or Modifier.EndsWith or Modifier.All or Modifier.Cased or Modifier.Neq or Modifier.RegexFlag;
}
