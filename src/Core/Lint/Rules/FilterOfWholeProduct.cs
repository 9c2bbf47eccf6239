using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class FilterOfWholeProduct : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2803",
        Title = "Filter narrows every rule of a product",
        Severity = Severity.Info,
        Rationale = """
            A filter for `any` rule narrows all that its log source covers, and one that names neither a category nor a service covers whatever there
            is of a product. A rule that is written next year is narrowed as well, and nobody who reads it sees that. Name the rules, or the part of
            the product in which the false positives occur.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-filters-specification.md",
    };

    public override Preset Presets => Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule is { Kind: SigmaKind.Filter, FilteredRules.IsEmpty: true, LogSource: { Category: null, Service: null, Product: { } product } })
            yield return Report(product.Span, $"filter narrows every rule of {product}; name the rules, or a category or service");
    }
}
