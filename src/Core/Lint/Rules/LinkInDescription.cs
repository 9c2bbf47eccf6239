using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class LinkInDescription : AlertingLintRule
{
    private static readonly ImmutableArray<string> Signs = ["http://", "https://", "internal research"];

    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2436",
        Title = "Link in the description of a rule without references",
        Severity = Severity.Warning,
        Rationale = """
            Tools show references as links and make them searchable. A source that stands only in the description is missed by both.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/sigmahq/sigmahq-rule-convention.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    protected override IEnumerable<Diagnostic> CheckAlerting(SigmaRule rule, LintContext context)
    {
        if (rule.Root.Find("references") is YamlSequence { Items: [_, ..] } || rule.FindText("description") is not { } description)
            yield break;
        foreach (var sign in Signs)
            if (description.Value.IndexOf(sign, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
            {
                yield return Report(description.SpanOf(at, sign.Length), $"'{sign}' in the description points to a source; list it under references");
                yield break;
            }
    }
}
