using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class SysmonWithoutEventId : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2504",
        Title = "Sysmon rule has no event id",
        Severity = Severity.Warning,
        Rationale = """
            Sysmon writes some thirty kinds of events to one log, and many of them share field names. Without an `EventID` the rule
            searches all of them: slowly, and for more than it says.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.Strict;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule is { Kind: SigmaKind.Rule, LogSource.Service: { Value: "sysmon" } service, Detection: { } detection } && DetectionFields.Of(detection).All(field => field.Name != "EventID"))
            yield return Report(service.Span, "rule reads 'sysmon' and has no EventID; add the event id, or use a category instead of the service");
    }
}
