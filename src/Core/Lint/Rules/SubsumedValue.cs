using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class SubsumedValue : ItemLintRule
{
    // Every value is compared with each of these. No honest list is as long, and the file is a stranger's.
    private const int MaxWides = 250;

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2213",
        Title = "Value that another one of its list already finds",
        Severity = Severity.Info,
        Rationale = """
            Whatever the longer text is found in, the shorter one is found in too, so the longer one never decides anything. Remove it, or
            the shorter one if that finds too much.
            """,
        Source = Specification,
    };

    public override Preset Presets => Preset.Strict;

    protected override bool IncludesFilters => true;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.IsAll || item.Field is null || item.Values.Length < 2)
            yield break;
        var patterns = item.Values.Select(Forms).ToArray();
        int[] wides = [.. patterns.Index().Where(pattern => pattern.Item?.Any(IsOpen) == true).Select(pattern => pattern.Index).Take(MaxWides)];
        for (var narrow = 0; narrow < patterns.Length; narrow++)
            foreach (var wide in wides)
                if (narrow != wide && patterns[narrow] is { } forms && forms.All(form => patterns[wide]!.Any(other => Covers(other, form)))) // wide ones have forms
                {
                    yield return Report(item.Written[narrow].Span, $"'{item.Written[narrow].Value}' is found wherever '{item.Written[wide].Value}' is; remove it", ItemFix.RemoveValue(item, narrow));
                    break;
                }
    }

    // More forms than windash makes of two dashes are not compared: their number is squared.
    private static SigmaString[]? Forms(SigmaValue value) => value switch
    {
        SigmaString text => [text],
        SigmaExpansion { Forms: { Length: <= 25 } forms } when forms.All(form => form is SigmaString) => [.. forms.Cast<SigmaString>()],
        _ => null,
    };

    // Only a text with a wildcard at an end can cover another one.
    private static bool IsOpen(SigmaString value) => value.Parts is [{ Kind: StringPartKind.Any }, ..] or [.., { Kind: StringPartKind.Any }];

    // A longer text of the same kind, so that no two values cover each other.
    private static bool Covers(SigmaString wide, SigmaString narrow)
    {
        var comparison = wide.IsCased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return wide.Parts switch
        {
            [{ Kind: StringPartKind.Any }, { Kind: StringPartKind.Text, Text: var text }, { Kind: StringPartKind.Any }] =>
                narrow.Parts.Any(part => IsLonger(part, text) && part.Text.Contains(text, comparison)),
            [{ Kind: StringPartKind.Text, Text: var text }, { Kind: StringPartKind.Any }] => narrow.Parts is [var first, ..] && IsLonger(first, text) && first.Text.StartsWith(text, comparison),
            [{ Kind: StringPartKind.Any }, { Kind: StringPartKind.Text, Text: var text }] => narrow.Parts is [.., var last] && IsLonger(last, text) && last.Text.EndsWith(text, comparison),
            _ => false,
        };
    }

    private static bool IsLonger(StringPart part, string text) => part.Kind == StringPartKind.Text && part.Text.Length > text.Length;
}
