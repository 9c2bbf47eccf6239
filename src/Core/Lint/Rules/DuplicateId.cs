using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class DuplicateId : SetLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2601",
        Title = "Two documents have the same id",
        Severity = Severity.Error,
        Rationale = """
            An id names one rule for good: correlations and filters cite it, back ends store a rule under it, tests and tickets refer to it.
            Where two have it, one replaces the other or is never found. The ids are compared as UUIDs, so capitals and braces make no difference.
            Documents under one `action: global` template that has the id all share it; move the id into each of them.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Always;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context) =>
        Namesakes.Find(rules.Documents.Where(rule => rule.Kind != SigmaKind.Filter).Select(rule => rule.Id).OfType<SigmaText>(), id => Namesakes.KeyOf(id.Value))
            .Select(found => Report(found.Text.Span, found.Other is { } other ? $"'{found.Text}' is also the id of {other}; give one of them a new id"
                : $"'{found.Text}' is the id of every document under this template; give each its own"));
}
