using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class AmbiguousName : SetLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2609",
        Title = "Ambiguous rule name",
        Severity = Severity.Error,
        Rationale = """
            Correlations and filters cite a rule by its `id` or `name`. Where a name is given twice, or is the id of another rule, or a filter has
            the id of a rule, nobody can tell which one is meant, and tools take whichever they read first. Case makes no difference here. Two rules
            of the same id are another finding, MRL2601.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => Always;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context)
    {
        var given = rules.Documents.SelectMany(Given).ToLookup(word => word.Text.Value, StringComparer.OrdinalIgnoreCase);
        return given.Select(group => group.DistinctBy(word => word.Rule).ToArray()).Where(group => group.Length > 1).SelectMany(ReportAll);
    }

    private IEnumerable<Diagnostic> ReportAll((SigmaRule Rule, SigmaText Text, bool IsId)[] same)
    {
        var first = same[0];
        var second = same.FirstOrDefault(word => word.Text.Span != first.Text.Span);
        var isIdOfRule = same.Any(word => word.IsId && word.Rule.Kind != SigmaKind.Filter);
        // Ids of rules are told apart by another check.
        foreach (var word in same.Where(word => !word.IsId || (isIdOfRule && word.Rule.Kind == SigmaKind.Filter)))
        {
            var other = word.Text.Span == first.Text.Span ? second : first;
            yield return Report(word.Text.Span, other.Rule is null ? $"'{word.Text}' is the name of every document under this template; give each its own"
                : $"'{word.Text}' is also the {(other.IsId ? "id" : "name")} of {other.Text.Span.Path}:{other.Text.Span.Line}; give this one {(word.IsId ? "an id" : "a name")} of its own");
        }
    }

    // A rule whose name is its own id is no riddle: one of the two is enough.
    private static IEnumerable<(SigmaRule Rule, SigmaText Text, bool IsId)> Given(SigmaRule rule)
    {
        if (rule.Name is { } name)
            yield return (rule, name, false);
        if (rule.Id is { } id)
            yield return (rule, id, true);
    }
}
