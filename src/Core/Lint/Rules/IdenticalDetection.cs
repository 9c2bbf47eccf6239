using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class IdenticalDetection : SetLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2610",
        Title = "Two rules detect exactly the same",
        Severity = Severity.Warning,
        Rationale = """
            Two rules of one log source whose selections and conditions are the same, whatever the order and the names, alert on the same events:
            every incident is reported twice, and what both are tagged with looks better covered than it is. Keep one, with the tags of both.
            Deprecated and unsupported rules are left out, since they are kept on purpose beside what replaced them.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context)
    {
        var rated = rules.Documents.Where(rule => rule is { IsValid: true, Kind: SigmaKind.Rule, HasDetection: true } && rule.Status?.Value is not ("deprecated" or "unsupported"));
        foreach (var same in rated.GroupBy(DetectionFingerprint.Of, StringComparer.Ordinal).Select(group => group.ToArray()).Where(group => group.Length > 1))
            foreach (var rule in same)
            {
                var other = rule == same[0] ? same[1] : same[0];
                yield return Report(rule.Span, $"rule detects exactly what '{other.Title}' at {other.Path}:{other.Span.Line} does; keep one of them");
            }
    }
}
