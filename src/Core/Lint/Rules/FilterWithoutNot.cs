using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class FilterWithoutNot : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2802",
        Title = "Filter keeps what it should drop",
        Severity = Severity.Warning,
        Rationale = """
            The condition of a filter is added to that of each rule with `and`. Without any `not` it therefore leaves only the
            events that the filter describes, and the rule misses everything else. Negate it. The specification's own example lacks
            the `not` too.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-filters-specification.md",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context)
    {
        if (rule is not { Kind: SigmaKind.Filter, Detection.Conditions: { IsEmpty: false } conditions })
            yield break;
        foreach (var condition in conditions)
            if (condition.Root is { } root && !HasNot(root))
                yield return Report(condition.Text.Span, $"'{condition.Text}' lets only the events of this filter through; write 'not {(IsOne(root) ? condition.Text : $"({condition.Text})")}'", Negation(rule, condition.Text, root));
    }

    private static bool HasNot(ConditionNode node) => node switch
    {
        ConditionNot => true,
        ConditionAnd and => and.Operands.Any(HasNot),
        ConditionOr or => or.Operands.Any(HasNot),
        _ => false,
    };

    private static bool IsOne(ConditionNode root) => root is ConditionSelection or ConditionOf;

    private static Fix? Negation(SigmaRule rule, SigmaText text, ConditionNode root)
    {
        // A list of conditions is a riddle that takes a person.
        if (rule.Root.Find("filter") is not YamlMapping filter || filter.Find("condition") is not YamlScalar { Value.Length: > 0 } condition || condition.Span.Line != condition.Span.EndLine)
            return null;
        var (first, last) = (condition.SpanOf(0, 1), condition.SpanOf(condition.Value.Length - 1, 1));
        // What an alias brings stands elsewhere, so its parts have no places of their own.
        if (first.EndColumn != first.Column + 1 || last.EndColumn != last.Column + 1)
            return null;
        Edit before = new(first with { EndColumn = first.Column }, IsOne(root) ? "not " : "not (");
        return IsOne(root) ? new($"Write 'not {text}'", false, before) : new($"Write 'not ({text})'", false, before, new Edit(last with { Column = last.EndColumn }, ")"));
    }
}
