using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class RelatedRuleElsewhere : SetLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2608",
        Title = "Related rule is not among the rules read",
        Severity = Severity.Info,
        Rationale = """
            `related` says which rules this one comes from or replaces. An id that no rule has leads nowhere. Many repositories hold
            only part of the rules and rightly cite those of others, so only the strict preset asks for this: turn it on where all
            cited rules are read too.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Preset.Strict;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context)
    {
        var known = rules.Documents.Select(rule => rule.Id).OfType<SigmaText>().Select(id => Namesakes.KeyOf(id.Value)).ToHashSet(StringComparer.Ordinal);
        foreach (var related in rules.Documents.SelectMany(rule => rule.Related))
            if (!known.Contains(Namesakes.KeyOf(related.Id.Value)))
                yield return Report(related.Id.Span, $"'{related.Id}' is not the id of any rule read here; correct it, or remove the entry if that rule is gone");
    }
}
