using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class EventIdBesideCategory : FieldLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2509",
        Title = "Event id beside a Windows category that implies it",
        Severity = Severity.Warning,
        Rationale = """
            Converters translate the category to the event ids of each product that reports it. An `EventID` of one of them excludes
            the others. Remove it, or write the service instead of the category.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(DetectionField field, LogSource source)
    {
        if (field.Name == "EventID" && source is { Product.Value: "windows", Category.Value: var category } && Taxonomy.ImpliesEventId(category))
            yield return Report(field.Span, $"'{category}' already implies the event ids; remove 'EventID'");
    }
}
