namespace Merlon.Core.Sources;

/// <summary>Rules that name others as what they replace.</summary>
internal static class Successors
{
    /// <summary>By the replaced rule's id in lower case.</summary>
    public static ILookup<string, DetectionRule> Of(RuleSet rules) => rules.Rules
        .SelectMany(rule => (rule.Sigma?.Related ?? []).Where(related => related.Type?.Value is "obsolete" or "renamed" or "merged").Select(related => (Id: related.Id.Value.ToLowerInvariant(), Rule: rule)))
        .ToLookup(pair => pair.Id, pair => pair.Rule, StringComparer.Ordinal);
}
