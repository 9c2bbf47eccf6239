using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class PatternWithoutAsterisk : ConditionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2109",
        Title = "Pattern in a condition does not end with an asterisk",
        Severity = Severity.Warning,
        Rationale = """
            `1 of selection` looks like a choice, but by the specification it stands for one name; some tools take it for every name
            that begins that way. Write the name alone, or a pattern that ends with `*`.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(Conditions conditions)
    {
        foreach (var selector in conditions.Selectors)
            if (!selector.Pattern.EndsWith('*'))
                yield return Report(selector.Span, $"'{selector.Pattern}' has no asterisk at its end; write the name alone or a pattern such as '{selector.Pattern}*'", FixOf(selector, conditions));
    }

    // Safe where all tools agree on what is meant: the name itself, and no longer one.
    private static Fix? FixOf(ConditionOf selector, Conditions conditions)
    {
        var longer = conditions.Names.Count(name => name.Value.Length > selector.Pattern.Length && name.Value.StartsWith(selector.Pattern, StringComparison.Ordinal));
        return selector.Pattern.Contains('*') ? null
            : conditions.Selected(selector).Any() ? ReplaceByName(selector, selector.Pattern, isSafe: longer == 0)
            : longer > 0 && selector.Whole is not null ? new($"Write '{selector.Pattern}*'", IsSafe: false, new Edit(selector.Span, $"{selector.Pattern}*"))
            : null;
    }
}
