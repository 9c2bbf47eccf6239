using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class UnusedSelection : ConditionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2104",
        Title = "Selection is used by no condition",
        Severity = Severity.Warning,
        Rationale = """
            A selection that the condition does not use has no effect. Often it is a filter that was written and never added to the
            condition, so the rule alerts more than its author thinks. Use it or remove it. `timeframe` belongs to the aggregations
            of Sigma 1; in Sigma 2 a correlation rule has a `timespan` instead.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => FromRecommended;

    protected override IEnumerable<Diagnostic> Check(Conditions conditions)
    {
        var used = conditions.Nodes.OfType<ConditionSelection>().Select(selection => selection.Name).ToHashSet(StringComparer.Ordinal);
        // A misspelt name is an error of its own, and what it meant looks unused.
        if (!used.IsSubsetOf(conditions.Names.Select(name => name.Value)))
            yield break;
        foreach (var name in conditions.Names)
            if (!used.Contains(name.Value) && !conditions.Selectors.Any(selector => MayMean(selector, name.Value)))
                yield return Report(name.Span, name.Value == "timeframe" ? "'timeframe' has no meaning in Sigma 2; remove it, or write a correlation rule with a timespan"
                    : $"'{name.Value}' is not used by the condition; add it there or remove it");
    }

    // Some tools take a pattern for the beginning of a name. The one without an asterisk is reported as such.
    private static bool MayMean(ConditionOf selector, string name) => selector.Selects(name) || (selector with { Pattern = $"{selector.Pattern}*" }).Selects(name);
}
