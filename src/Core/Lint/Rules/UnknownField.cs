using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnknownField : FieldLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2507",
        Title = "Field is unknown in the log source",
        Severity = Severity.Warning,
        Rationale = """
            SigmaHQ's taxonomy lists the fields of its best-known log sources. A field outside that list usually has no value there
            unless your pipeline adds it, so a selection with it matches nothing. Log sources without a list take any field.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-taxonomy.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(DetectionField field, LogSource source)
    {
        if (Taxonomy.Find(source) is { Fields.Count: > 0 } known && !known.Fields.Contains(field.Name))
        {
            var nearest = Spelling.Nearest(field.Name, known.Fields.Order(StringComparer.Ordinal));
            yield return Report(field.Span, $"'{field.Name}' is not a field of '{known}'{(nearest is null ? "; use one that the log source has" : $"; did you mean '{nearest}'?")}");
        }
    }
}
