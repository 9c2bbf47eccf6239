using Merlon.Core.Yaml;

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
        ConditionSelection selection => detection.Selections.Where(other => other.Name.Value == selection.Name).All(other => Can(other.Content, missing)),
        ConditionOf { IsAll: true } of => detection.Selections.Where(selection => of.Selects(selection.Name.Value)).All(selection => Can(selection.Content, missing)),
        ConditionOf of => detection.Selections.Any(selection => of.Selects(selection.Name.Value) && Can(selection.Content, missing)),
        _ => true,
    };

    // The fields of a map are all needed, one item of a list is. A field that must be null or absent is not needed.
    private static bool Can(YamlNode content, IReadOnlySet<string> missing) => content switch
    {
        YamlMapping fields => fields.Entries.All(entry => entry.Value is YamlScalar { IsNull: true } || !missing.Contains(entry.Key.Value.Split('|')[0])),
        YamlSequence alternatives => alternatives.Items.Any(item => Can(item, missing)),
        _ => true,
    };
}
