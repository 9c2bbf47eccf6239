using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class ProviderBesideCategory : FieldLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2510",
        Title = "Provider beside a Windows category that implies it",
        Severity = Severity.Warning,
        Rationale = """
            Converters translate the category to the providers that report it. A `Provider_Name` of one of them excludes the others.
            Remove it, or write the service instead of the category.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(DetectionField field, LogSource source)
    {
        // The other modifiers make a part, or another text, of the provider's name.
        if (field.Name != "Provider_Name" || source is not { Product.Value: "windows", Category.Value: var category, Service: null } || field.Modifiers.Any(modifier => modifier is not ("all" or "cased")))
            yield break;
        var providers = Taxonomy.ProvidersOf(category);
        if (field.Values.FirstOrDefault(value => providers.Contains(value.Value)) is { } provider)
            yield return Report(provider.Span, $"'{provider.Value}' is already implied by '{category}'; remove 'Provider_Name'");
    }
}
