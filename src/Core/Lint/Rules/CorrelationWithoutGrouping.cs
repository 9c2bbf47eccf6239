using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class CorrelationWithoutGrouping : DocumentLintRule
{
    // The types for which the specification requires it.
    private static readonly ImmutableArray<string> Types = ["event_count", "value_count", "temporal", "temporal_ordered"];

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2706",
        Title = "Correlation has no group-by",
        Severity = Severity.Warning,
        Rationale = """
            Without `group-by` the events of every host and user are mixed: a hundred failed logons of a hundred users look like one
            attack on one of them. Name the fields that must be the same in all events.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-correlation-rules-specification.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule.Correlation is { Type: { } type, GroupBy.IsEmpty: true } correlation && Types.Any(correlation.HasType) && IsMissing(rule))
            yield return Report(type.Span, $"'{type}' has no group-by, so it mixes the events of every host and user; add the fields that must be the same");
    }

    // A group-by that can't be read is there, and reported as what it is.
    private static bool IsMissing(SigmaRule rule) =>
        rule.Root.Find("correlation") is YamlMapping block && block.Find("group-by") is null or YamlScalar { IsNull: true } or YamlSequence { Items: [] };
}
