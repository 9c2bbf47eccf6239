using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class StatusTooHighForItsAge : AlertingLintRule
{
    private const int Days = 60;

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2449",
        Title = "New rule claims to be tested",
        Severity = Severity.Warning,
        Rationale = """
            A rule is `experimental` for its first 60 days unless regression tests come with it (`regression_tests_path`): until
            then nobody can know how many false positives it has.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override bool DependsOnDate => true;

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (rule.Status is { } status && status.Value.ToLowerInvariant() is "test" or "stable"
            && SigmaDate.Find(rule, "date") is { } date && context.Date.DayNumber - date.DayNumber <= Days && rule.Root.Find("regression_tests_path") is null)
            yield return Report(status.Span, $"'{status}' is too high for a rule of {SigmaDate.Write(date)}; use 'experimental' for its first {Days} days",
                TextFix.Replace(rule.FindText("status")!, "experimental", isSafe: false)); // the rule has a status
    }
}
