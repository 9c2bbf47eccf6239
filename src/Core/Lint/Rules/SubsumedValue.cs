using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class SubsumedValue : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2213",
        Title = "Value is covered by another one in its list",
        Severity = Severity.Info,
        Rationale = """
            Every event that the longer value finds is found by the shorter one too, so the longer one never decides anything.
            Remove it, or remove the shorter one if that finds too much.
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
        for (var narrow = 0; narrow < patterns.Length; narrow++)
            for (var wide = 0; wide < patterns.Length; wide++)
                if (narrow != wide && patterns[narrow] is { } forms && patterns[wide] is { } others && forms.All(form => others.Any(other => Covers(other, form))))
                {
                    yield return Report(item.Written[narrow].Span, $"'{item.Written[narrow].Value}' is covered by '{item.Written[wide].Value}', which is in the same list; remove it", ItemFix.RemoveValue(item, narrow));
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
