using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class ContradictoryValues : DocumentLintRule
{
    // Every use of a field is compared with so many before it: the condition is a stranger's and may be long.
    private const int MaxCompared = 100;

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2212",
        Title = "Field must equal two values at once",
        Severity = Severity.Warning,
        Rationale = """
            The condition asks that one field equal two different values. On Windows, Linux and macOS a field has one value per
            event, so nothing matches. Join the selections with `or`, or search for parts of the field with `contains`. Rules of
            other products are not checked: their fields may be lists.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context) =>
        rule is { Kind: SigmaKind.Rule, Detection: { } detection, LogSource.Product.Value: "windows" or "linux" or "macos" }
            ? detection.Items.Select(CheckAll).OfType<Diagnostic>()
                .Concat(detection.Conditions.SelectMany(condition => condition.Root is { } root ? CheckTogether([.. Joined(root, detection.Selections.ToLookup(selection => selection.Name.Value, StringComparer.Ordinal))]) : []))
            : [];

    private Diagnostic? CheckAll(DetectionItem item) =>
        item is { IsAll: true, IsNegated: false, Field: { } field } && Values(item) is { Count: > 1 } values && item.Modifiers.First(use => use.Modifier == Modifier.All) is var all
            ? Report(all.Span, $"'all' asks that '{field}' be {string.Join(" and ", values.Take(2).Select(value => $"'{value.Value}'"))} at once, and a field has one value; remove 'all' or write 'contains|all'")
            : null;

    private IEnumerable<Diagnostic> CheckTogether(DetectionItem[] items)
    {
        var known = items.Distinct(ReferenceEqualityComparer.Instance).Cast<DetectionItem>().Where(item => item is { IsAll: false, IsNegated: false, Field: not null }).Select(item => (Item: item, Values: Values(item))).Where(item => item.Values is not null).ToArray();
        foreach (var ofField in known.GroupBy(one => one.Item.Field, StringComparer.Ordinal).Select(group => group.ToArray()))
            foreach (var (index, (item, values)) in ofField.Index())
                if (ofField.Take(Math.Min(index, MaxCompared)).FirstOrDefault(earlier => !values!.Keys.Any(earlier.Values!.ContainsKey)) is (Item: { } other, Values: { } others)) // filtered above
                    yield return Report(item.Span, $"'{item.Field}' is {Words(values!)} here and {Words(others)} at line {other.Span.Line}, and the condition asks for both; join them with 'or'");
    }

    // The fields that must all match for the condition to hold.
    private static IEnumerable<DetectionItem> Joined(ConditionNode node, ILookup<string, Selection> selections) => node switch
    {
        ConditionAnd and => and.Operands.SelectMany(operand => Joined(operand, selections)),
        ConditionSelection named => selections[named.Name].SelectMany(selection => Joined(selection.Root)),
        ConditionOf { IsAll: true } of => selections.Where(named => of.Selects(named.Key)).SelectMany(named => named).SelectMany(selection => Joined(selection.Root)),
        _ => [],
    };

    private static IEnumerable<DetectionItem> Joined(SelectionNode? node) => node switch
    {
        SelectionFields fields => fields.Items,
        SelectionList { Alternatives: [var only] } => Joined(only),
        _ => [],
    };

    // What the field may be equal to, by a key that is the same for whatever any tool may take for equal; null where that is more than a few texts and numbers.
    private static Dictionary<string, string>? Values(DetectionItem item)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (var value in item.Values)
            if (TextOf(value) is { } text)
                values.TryAdd(decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.############################", CultureInfo.InvariantCulture) : text, text);
            else
                return null;
        return values.Count == 0 ? null : values;
    }

    private static string? TextOf(SigmaValue value) => value switch
    {
        SigmaString { IsPlain: true } text => text.PlainText,
        SigmaNumber number => number.Number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Words(Dictionary<string, string> values) => values.Count == 1 ? $"'{values.Values.First()}'" : $"one of {values.Count} values";
}
