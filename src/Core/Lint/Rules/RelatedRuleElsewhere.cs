using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class RelatedRuleElsewhere : SetLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2608",
        Title = "Related id is the id of no rule that is read",
        Severity = Severity.Info,
        Rationale = """
            `related` says which rules this one was made from or stands for. An id that nobody has leads nowhere. Many repositories hold a part of
            the rules only and rightly cite those of others, so this is asked for by the strict preset alone: turn it on where everything that is
            cited is read too.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Preset.Strict;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context)
    {
        var known = rules.Documents.Select(rule => rule.Id).OfType<SigmaText>().Select(id => Namesakes.KeyOf(id.Value)).ToHashSet(StringComparer.Ordinal);
        foreach (var related in rules.Documents.SelectMany(rule => rule.Related))
            if (!known.Contains(Namesakes.KeyOf(related.Id.Value)))
                yield return Report(related.Id.Span, $"'{related.Id}' is the id of no rule that is read here; correct it, or remove the item if that rule is gone");
    }
}
