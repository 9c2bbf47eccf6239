using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class ModifiedWithoutDate : AlertingLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2447",
        Title = "Rule was modified and has no date",
        Severity = Severity.Warning,
        Rationale = """
            A rule is first written, on its `date`, and then modified. A new rule has only the date.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (rule.FindText("modified") is { } modified && SigmaDate.Find(rule, "modified") is not null && rule.Root.Find("date") is null or YamlScalar { IsNull: true })
            yield return Report(modified.Span, "rule has modified but no date; add the day on which it was written");
    }
}
