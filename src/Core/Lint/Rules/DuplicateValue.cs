using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class DuplicateValue : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2211",
        Title = "Value is listed twice",
        Severity = Severity.Warning,
        Rationale = """
            The second one changes nothing: it is a slip, or another value was meant. Strings that differ only in case are the same
            value, unless `cased`, `re` or base64 makes case count.
            """,
        Source = Specification,
    };

    public override Preset Presets => Manners;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        if (item.Field is null)
            yield break;
        var isExact = item.Modifiers.Any(use => use.Modifier is Modifier.Base64 or Modifier.Base64Offset or Modifier.Re or Modifier.RegexFlag or Modifier.Cased);
        Dictionary<string, int> first = new(isExact ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        foreach (var (index, value) in item.Values.Index())
            if (value is not SigmaNull && !first.TryAdd(KeyOf(value), index))
                yield return Report(item.Written[index].Span, $"'{item.Written[index].Value}' is already in this list, at line {item.Written[first[KeyOf(value)]].Span.Line}; remove it",
                    ItemFix.RemoveValue(item, index));
    }

    // A number is equal to its text, and a truth value to its word.
    private static string KeyOf(SigmaValue value) => value switch
    {
        SigmaString text => string.Concat(text.Parts.Select(part => part.Kind == StringPartKind.Text ? part.Text : $"\0{part.Kind}{part.Text}\0")),
        SigmaNumber number => number.Number.ToString("0.############################", CultureInfo.InvariantCulture),
        SigmaBoolean { Truth: var truth } => truth ? "true" : "false",
        SigmaExpansion forms => string.Join("\0\0", forms.Forms.Select(KeyOf)),
        _ => value.ToString(),
    };
}
