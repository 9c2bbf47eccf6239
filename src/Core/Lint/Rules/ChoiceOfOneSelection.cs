using Merlon.Core.Diagnostics;

namespace Merlon.Core.Lint.Rules;

internal sealed class ChoiceOfOneSelection : ConditionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2107",
        Title = "'of them' with a single selection",
        Severity = Severity.Info,
        Rationale = """
            `1 of them` and `all of them` choose among selections. With a single one there is nothing to choose, and readers look
            for selections that do not exist. Write the name of the selection.
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
                yield return Report(selector.Span, $"'of them' stands for a single selection; write '{only}'", selector.Selects(only) ? ReplaceByName(selector, only, isSafe: true) : null);
    }
}
