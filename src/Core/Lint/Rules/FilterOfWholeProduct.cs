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
            A filter for `any` rule narrows every rule that its log source covers, and without a category or a service that is every
            rule of the product. Rules written next year are narrowed too, and nobody who reads them sees it. Name the rules, or the
            category or service in which the false positives occur.
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
