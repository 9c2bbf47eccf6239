using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class ConstantCondition : DocumentLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2112",
        Title = "Condition is never true or always true",
        Severity = Severity.Warning,
        Rationale = """
            `a and not a` matches no event and `a or not a` matches every one, whatever the selection says. One of the two names is
            most likely a slip for another selection.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> Check(SigmaRule rule, LintContext context) => rule.Detection is not { } detection ? []
        : detection.Conditions.Where(condition => condition.Root is not null).SelectMany(condition => condition.Root!.All()).SelectMany(Check); // filtered

    private IEnumerable<Diagnostic> Check(ConditionNode node)
    {
        var isAnd = node is ConditionAnd;
        var literals = Operands(node, isAnd).Select(Literal).OfType<(ConditionSelection Selection, bool IsNegated)>().ToArray();
        var asserted = literals.Where(literal => !literal.IsNegated).Select(literal => literal.Selection.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (selection, isNegated) in literals)
            if (isNegated && asserted.Contains(selection.Name))
                yield return Report(selection.Span, isAnd ? $"'{selection.Name}' is both required and excluded, so this never matches; name another selection"
                    : $"'{selection.Name}' may match or not, so this matches every event; name another selection");
    }

    // What stands in parentheses under the same operator is part of the same chain.
    private static IEnumerable<ConditionNode> Operands(ConditionNode node, bool isAnd) => node switch
    {
        ConditionAnd chain when isAnd => chain.Operands.SelectMany(operand => Operands(operand, isAnd)),
        ConditionOr chain when !isAnd => chain.Operands.SelectMany(operand => Operands(operand, isAnd)),
        _ => [node],
    };

    private static (ConditionSelection Selection, bool IsNegated)? Literal(ConditionNode node) => node switch
    {
        ConditionSelection selection => (selection, false),
        ConditionNot negation when Literal(negation.Operand) is { } inner => (inner.Selection, !inner.IsNegated),
        _ => null,
    };
}
