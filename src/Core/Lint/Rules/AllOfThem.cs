using Merlon.Core.Diagnostics;

namespace Merlon.Core.Lint.Rules;

internal sealed class AllOfThem : ConditionLintRule
{
    private const string Pattern = "selection*";

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2105",
        Title = "Condition uses 'all of them'",
        Severity = Severity.Warning,
        Rationale = """
            `all of them` includes every selection that is added later. Once a filter is among them, the rule asks for the very
            events that it should leave out. Name the selections by a pattern such as `all of selection*`.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(Conditions conditions)
    {
        foreach (var selector in conditions.Selectors)
            if (selector is { IsAll: true, IsThem: true })
                yield return Report(selector.Whole ?? selector.Span, $"'all of them' includes every selection that is added later; write a pattern such as 'all of {Pattern}'",
                    conditions.Selected(selector).All(name => name.StartsWith(Pattern[..^1], StringComparison.Ordinal)) ? Replace(selector, $"all of {Pattern}", isSafe: true) : null);
    }
}
