using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class PatternForOneSelection : ConditionLintRule
{
    private const string Ending = "_*";

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2108",
        Title = "Pattern in a condition stands for a single selection",
        Severity = Severity.Info,
        Rationale = """
            `1 of other_*` is a long way to write a name when only one selection begins with `other_`. `selection_*` and `filter_*`
            are not reported: SigmaHQ uses them so that more selections can be added later.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(Conditions conditions)
    {
        foreach (var selector in conditions.Selectors)
            if (IsChoice(selector) && Family(selector, conditions) < 2)
            {
                var only = conditions.Selected(selector).FirstOrDefault();
                yield return Report(selector.Span, only is null ? $"'{selector.Pattern}' means no selection; write the name of one" : $"'{selector.Pattern}' means the one selection '{only}'; write '{only}'",
                    only is null ? null : ReplaceByName(selector, only, isSafe: true));
            }
    }

    // A name that lacks only the '_' counts as one of the family.
    private static int Family(ConditionOf selector, Conditions conditions)
    {
        var start = selector.Pattern[..^Ending.Length];
        return start.Contains('*') ? conditions.Selected(selector).Count() : conditions.Names.Count(name => name.Value.StartsWith(start, StringComparison.Ordinal));
    }

    private static bool IsChoice(ConditionOf selector) => !selector.IsAny && selector.Pattern.EndsWith(Ending, StringComparison.Ordinal)
        && !selector.Pattern.StartsWith("selection_", StringComparison.Ordinal) && !selector.Pattern.StartsWith("filter_", StringComparison.Ordinal);
}
