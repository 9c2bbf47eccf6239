using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class DuplicateTitle : SetLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2602",
        Title = "Two documents have the same title",
        Severity = Severity.Warning,
        Rationale = """
            An analyst reads the title of an alert first. Two rules of the same title cannot be told apart there, nor in a list of
            rules. Say in each title what sets the rule apart.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Preset.SigmaHq | Preset.Strict;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context) =>
        Namesakes.Find(rules.Documents.Where(rule => rule.Kind != SigmaKind.Filter).Select(rule => rule.Title).OfType<SigmaText>(), title => title.Value)
            .Select(found => Report(found.Text.Span, found.Other is { } other ? $"'{found.Text}' is also the title of {other}; say in each what sets it apart"
                : $"'{found.Text}' is the title of every document under this template; give each its own"));
}
