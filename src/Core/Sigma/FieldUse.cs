namespace Merlon.Core.Sigma;

/// <summary>Which fields a rule cannot do without.</summary>
internal static class FieldUse
{
    /// <summary>
    /// Whether a rule can still match events that lack some fields: whether one path through a condition needs none of them. What stands
    /// under <c>not</c> needs nothing: without its field it does not hold, which is what the condition asks for.
    /// </summary>
    public static bool CanMatchWithout(SigmaRule rule, IReadOnlySet<string> missing) =>
        rule.Detection is not { } detection || detection.Conditions.Any(condition => condition.Root is { } root && Can(root, detection, missing));

    private static bool Can(ConditionNode node, Detection detection, IReadOnlySet<string> missing) => node switch
    {
        ConditionAnd and => and.Operands.All(operand => Can(operand, detection, missing)),
        ConditionOr or => or.Operands.Any(operand => Can(operand, detection, missing)),
        ConditionSelection selection => detection.Selections.Where(other => other.Name.Value == selection.Name).All(other => Can(other, missing)),
        ConditionOf { IsAll: true } of => detection.Selections.Where(selection => of.Selects(selection.Name.Value)).All(selection => Can(selection, missing)),
        ConditionOf of => detection.Selections.Any(selection => of.Selects(selection.Name.Value) && Can(selection, missing)),
        _ => true,
    };

    private static bool Can(Selection selection, IReadOnlySet<string> missing) => selection.Root is not { } root || Can(root, missing);

    // The fields of a map are all needed, one item of a list is.
    private static bool Can(SelectionNode node, IReadOnlySet<string> missing) => node switch
    {
        SelectionFields fields => fields.Items.All(item => Can(item, missing)),
        SelectionList list => list.Alternatives.Any(alternative => Can(alternative, missing)),
        DetectionItem { Field: { } field } item when missing.Contains(field) => item.IsNegated || item.Values.Any(IsAbsence),
        _ => true,
    };

    // A field that must be null or absent is not needed.
    private static bool IsAbsence(SigmaValue value) => value is SigmaNull or SigmaExists { IsThere: false };
}
