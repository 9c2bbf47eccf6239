using Merlon.Core.Diagnostics;

namespace Merlon.Core.Lint.Rules;

internal sealed class ThemForOneSelection : ConditionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2106",
        Title = "'them' stands for a single selection",
        Severity = Severity.Info,
        Rationale = """
            `them` means every selection. With only one, its name is plainer, and the condition keeps its meaning when a second
            selection is added.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> Check(Conditions conditions)
    {
        if (conditions.Names is not [{ Value: var only }])
            yield break;
        foreach (var selector in conditions.Selectors)
            if (selector.IsThem)
                yield return Report(selector.Span, $"'them' means the one selection '{only}'; write '{only}'", selector.Selects(only) ? ReplaceByName(selector, only, isSafe: true) : null);
    }
}
