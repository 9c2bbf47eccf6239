using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class FieldNameInAnotherCase : FieldLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2506",
        Title = "Field name is in the wrong case",
        Severity = Severity.Warning,
        Rationale = """
            Converters compare field names case-sensitively. They leave `commandline` as it is where they would translate
            `CommandLine`, and the search finds nothing.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-taxonomy.md",
    };

    public override Preset Presets => Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(DetectionField field, LogSource source)
    {
        if (Taxonomy.Find(source) is { } known && !known.Fields.Contains(field.Name) && Namesake(field.Name, known) is { } name)
            yield return Report(field.Span, $"'{field.Name}' is in the wrong case for this log source; write '{name}'", Rename(field, name));
    }

    private static string? Namesake(string field, KnownLogSource known) =>
        known.Fields.Where(name => name.Equals(field, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).FirstOrDefault();
}
