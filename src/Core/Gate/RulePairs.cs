using System.Collections.Frozen;
using Merlon.Core.Sources;

namespace Merlon.Core.Gate;

/// <summary>Finds a rule of one side on the other. A rule is its <c>id</c>; without one, its path and its position among the documents of the file.</summary>
internal sealed class RulePairs
{
    private readonly FrozenDictionary<string, DetectionRule[]> _byId;
    private readonly FrozenDictionary<(string Path, int Position), DetectionRule> _byPlace;
    private readonly FrozenDictionary<DetectionRule, int> _positions;

    /// <param name="from">The rules that are looked up.</param>
    /// <param name="to">The rules that are found.</param>
    public RulePairs(RuleSet from, RuleSet to)
    {
        _positions = Positions(from).ToFrozenDictionary(pair => pair.Rule, pair => pair.Position);
        _byId = to.Rules.Where(rule => rule.Id is not null).GroupBy(rule => rule.Id!, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase); // filtered
        _byPlace = Positions(to).ToFrozenDictionary(pair => (pair.Rule.Span.Path, pair.Position), pair => pair.Rule);
    }

    /// <returns>Null when the other side does not have it.</returns>
    public DetectionRule? Find(DetectionRule rule)
    {
        if (rule.Id is { } id)
            return _byId.TryGetValue(id, out var found) ? found.FirstOrDefault(other => other.Span.Path == rule.Span.Path) ?? found[0] : null;
        return _positions.TryGetValue(rule, out var position) ? _byPlace.GetValueOrDefault((rule.Span.Path, position)) : null;
    }

    private static IEnumerable<(DetectionRule Rule, int Position)> Positions(RuleSet rules) =>
        rules.Rules.GroupBy(rule => rule.Span.Path, StringComparer.Ordinal).SelectMany(file => file.Index().Select(pair => (pair.Item, pair.Index)));
}
