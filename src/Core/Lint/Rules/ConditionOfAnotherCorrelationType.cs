using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class ConditionOfAnotherCorrelationType : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2710",
        Title = "Condition of a correlation does not fit its type",
        Severity = Severity.Warning,
        Rationale = """
            `field` belongs to the types that read values, and `percentile` to `value_percentile` alone, where it says which one:
            the specification defines the type without it, and tools that can evaluate the type read it from here. A part that the
            type does not use suggests that another type was meant.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-correlation-rules-specification.md",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule.Correlation is not { Type: { } type, Condition: { Expression: null } condition } correlation || !SigmaWords.CorrelationTypes.Contains(type.Value))
            yield break;
        var isPercentile = correlation.HasType("value_percentile");
        if (condition.Percentile is { } percentile && !isPercentile)
            yield return Report(percentile.Span, $"'{type}' has no percentile; remove it, or use 'value_percentile'");
        else if (condition.Percentile is { } given && !(double.TryParse(given.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 100))
            yield return Report(given.Span, $"'{given}' is not a percentile; write a number from 0 to 100");
        else if (condition.Percentile is null && isPercentile)
            yield return Report(type.Span, "'value_percentile' does not say which one; add 'percentile' to the condition, such as 'percentile: 95'");
        if (condition.Fields is [var field, ..] && !type.Value.StartsWith("value_", StringComparison.Ordinal))
            yield return Report(field.Span, $"'{type}' reads no values, so '{field}' means nothing; remove the field, or use 'value_count'");
    }
}
