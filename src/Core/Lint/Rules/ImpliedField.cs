using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class ImpliedField : FieldLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2508",
        Title = "Field repeats the log source",
        Severity = Severity.Warning,
        Rationale = """
            A category such as `registry_set` already stands for a channel and its event ids. Repeating them in the detection ties
            the rule to one product that reports these events and excludes the others.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-taxonomy.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(DetectionField field, LogSource source)
    {
        if (Taxonomy.Find(source) is { } known && known.Implied.Contains(field.Name))
            yield return Report(field.Span, $"'{field.Name}' is already implied by '{known}'; remove it");
    }
}
