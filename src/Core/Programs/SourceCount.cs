using System.Collections.Immutable;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>What one source of rules amounts to.</summary>
/// <param name="Rules">All that it has, places of Sigma rules too.</param>
/// <param name="Places">Those that are places of Sigma rules, which count there.</param>
/// <param name="Techniques">How many different ids its rules name, as far as they are ids.</param>
internal sealed record SourceCount(RuleSource Source, int Files, int Rules, int Deployed, int Disabled, int Places, int WithTechniques, int Techniques)
{
    public int Available => Rules - Deployed - Disabled;

    /// <summary>The oldest day that its files say they were exported on.</summary>
    public DateOnly? Exported { get; private init; }

    /// <summary>In the order of the configuration.</summary>
    public static ImmutableArray<SourceCount> Of(RuleSet rules)
    {
        var ofSource = rules.Rules.Concat(rules.Placed).ToLookup(rule => rule.Source);
        var placed = rules.Placed.ToHashSet();
        return
        [
            .. rules.Read.GroupBy(file => file.Source).Select(files =>
            {
                var own = ofSource[files.Key].ToArray();
                return new SourceCount(files.Key, files.Count(), own.Length, own.Count(rule => rule.StateAnywhere == RuleState.Deployed), own.Count(rule => rule.StateAnywhere == RuleState.Disabled),
                    own.Count(placed.Contains), own.Count(HasTechnique), own.SelectMany(IdsOf).Distinct(StringComparer.Ordinal).Count())
                {
                    Exported = files.Key.Exported ?? files.Min(file => file.Exported),
                };
            }),
        ];
    }

    private static bool HasTechnique(DetectionRule rule) => IdsOf(rule).Any();

    // Parents that only hold sub-techniques too: the count is of what is written.
    private static IEnumerable<string> IdsOf(DetectionRule rule) => rule.AttackTags.Where(tag => tag.Kind == AttackTagKind.Technique).Select(tag => tag.Name);
}
