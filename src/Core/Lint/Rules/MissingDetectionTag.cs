using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class MissingDetectionTag : AlertingLintRule
{
    private static readonly ImmutableArray<string> Names = ["dfir", "emerging-threats", "threat-hunting"];

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2453",
        Title = "Rule lacks the detection tag of its folder",
        Severity = Severity.Info,
        Rationale = """
            Rules below `rules-dfir`, `rules-emerging-threats` and `rules-threat-hunting` carry the tag of their folder, so that it
            goes with them wherever they are copied.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        foreach (var name in Names)
            if (rule.Path.Contains($"rules-{name}", StringComparison.Ordinal) && !SigmaTag.Of(rule).Any(tag => tag.Namespace == "detection" && tag.Name == name))
                yield return Report(rule.Root.FindEntry("tags")?.Key.Span ?? rule.Span, $"rule is in rules-{name} but lacks the tag of that folder; add 'detection.{name}'");
    }
}
