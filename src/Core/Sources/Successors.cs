namespace Merlon.Core.Sources;

/// <summary>Which rules take the place of others: those that name them in <c>related</c> as obsolete, merged or renamed. Sigma 2.1, section "Related".</summary>
internal static class Successors
{
    /// <returns>Rules by the id that each replaces, in the order of the set. Ids are found in any case of letters.</returns>
    public static ILookup<string, DetectionRule> Of(RuleSet rules) => rules.Rules
        .SelectMany(rule => Replaced(rule).Select(id => (Id: id, Rule: rule)))
        .ToLookup(pair => pair.Id, pair => pair.Rule, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Replaced(DetectionRule rule) => (rule.Sigma?.Related ?? [])
        .Where(related => related.Type?.Value is "obsolete" or "merged" or "renamed")
        .Select(related => related.Id.Value)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Where(id => !id.Equals(rule.Id, StringComparison.OrdinalIgnoreCase));
}
