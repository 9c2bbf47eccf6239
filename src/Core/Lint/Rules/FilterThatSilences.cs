using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class FilterThatSilences : SetLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2807",
        Title = "Filter leaves nothing of a rule",
        Severity = Severity.Warning,
        Rationale = """
            The filter excludes every event that the rule could match, alone or together with the filters before it, so the rule never
            alerts again and counts for no coverage. Merlon says so only where it is certain. Exclude less, or retire the rule where
            everybody sees it.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-filters-specification.md",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context)
    {
        foreach (var silenced in rules.Rules.Where(rule => rule.SilencedByFilter is not null).GroupBy(rule => Place(rule.SilencedByFilter!.Sigma!, rule))) // filtered; only Sigma has filters
        {
            var others = silenced.Skip(1).Count();
            yield return Report(silenced.Key, $"with this filter nothing is left of '{silenced.First().Title}'{(others == 0 ? "" : $" and {others} other rule{(others == 1 ? "" : "s")}")}; exclude less, or retire {(others == 0 ? "the rule" : "the rules")}");
        }
    }

    // Where the filter names the rule, else what it says of all.
    private static SourceSpan Place(SigmaRule filter, DetectionRule rule) =>
        (filter.FilteredRules.FirstOrDefault(reference => Names(reference, rule.Id) || Names(reference, rule.Sigma?.Name?.Value)) ?? filter.Detection!.Conditions[0].Text).Span; // a valid filter has a condition

    private static bool Names(SigmaText reference, string? name) => reference.Value.Equals(name, StringComparison.OrdinalIgnoreCase);
}
