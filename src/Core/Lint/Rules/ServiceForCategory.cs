using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class ServiceForCategory : FieldLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2501",
        Title = "Service and event id where a category exists",
        Severity = Severity.Warning,
        Rationale = """
            `process_creation` covers Sysmon's event 1, the Security log's 4688 and every other product that reports new processes;
            `service: sysmon` with an event id covers Sysmon alone. Write the category without the event id, and the rule also works
            where the same events come from elsewhere.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-taxonomy.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(DetectionField field, LogSource source)
    {
        if (field.Name != "EventID" || source is not { Product.Value: "windows", Service.Value: var service } || field.Modifiers.Any(modifier => modifier != "all"))
            yield break;
        foreach (var value in field.Values)
            if (value.AsInteger is { } id && Taxonomy.CategoriesOf(service, id) is [_, ..] categories)
                yield return Report(value.Span, $"event {id} of {service} has its own category; write 'category: {string.Join("' or '", categories)}'");
    }
}
