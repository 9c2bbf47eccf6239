using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class DeprecatedKindOfTag : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL3011",
        Title = "Tag names a deprecated data source",
        Severity = Severity.Warning,
        Rationale = """
            ATT&CK 18 deprecated its data sources (`DS0005`) in favour of log sources and data components. The `logsource` of a rule
            already says what it reads. Remove the tag.
            """,
        Source = "https://attack.mitre.org/resources/updates/",
    };

    public override Preset Presets => Always;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        foreach (var tag in rule.AttackTags)
            if (tag.Kind == AttackTagKind.DataSource)
                yield return Report(tag.Span, $"{tag.Name} is a data source, which ATT&CK 18 deprecated; remove the tag");
    }
}
