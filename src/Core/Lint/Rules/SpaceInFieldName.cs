using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class SpaceInFieldName : FieldLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2505",
        Title = "Field name has a space",
        Severity = Severity.Warning,
        Rationale = """
            Many back ends cannot search a field whose name has a space. Sigma leaves the space out, as in `ThreatName`, and joins
            the parts of nested names with an underscore, as in `Provider_Name`.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-taxonomy.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(DetectionField field, LogSource source)
    {
        if (!field.Name.Contains(' '))
            yield break;
        string[] names = [field.Name.Replace(" ", "", StringComparison.Ordinal), field.Name.Replace(' ', '_')];
        var known = Taxonomy.Find(source) is { } taxonomy ? names.FirstOrDefault(taxonomy.Fields.Contains) : null;
        yield return Report(field.Span, $"'{field.Name}' has a space; write {(known is null ? $"'{names[0]}' or '{names[1]}'" : $"'{known}'")}", known is null ? null : Rename(field, known));
    }
}
