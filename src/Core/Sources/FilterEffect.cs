using System.Collections.Immutable;
using Merlon.Core.Sigma;

namespace Merlon.Core.Sources;

/// <summary>
/// What filters leave of rules. The condition of a filter is added to that of each rule with <c>and</c>. Sigma 2.1, section "Filters".
/// </summary>
internal sealed class FilterEffect
{
    private readonly Dictionary<DetectionRule, ImmutableArray<DetectionRule>.Builder> _filters = [];

    /// <param name="filter">A valid one that applies to the rule.</param>
    public void Add(DetectionRule rule, DetectionRule filter)
    {
        if (!_filters.TryGetValue(rule, out var filters))
            _filters[rule] = filters = ImmutableArray.CreateBuilder<DetectionRule>();
        filters.Add(filter);
    }

    /// <summary>Tells each rule its filters, and the one that leaves nothing of it.</summary>
    public void Apply()
    {
        Dictionary<DetectionRule, Expression?> conditions = [];
        Expression? ConditionOf(DetectionRule filter) => conditions.TryGetValue(filter, out var known) ? known : conditions[filter] = AnyOf(filter);
        foreach (var (rule, filters) in _filters)
            rule.Narrow(filters.ToImmutable(), rule.Defect is null && AnyOf(rule) is { } condition
                ? FindSilencing(condition, [.. filters.Select(filter => (filter, ConditionOf(filter))).Where(pair => pair.Item2 is not null)!]) : null); // filtered
    }

    // One of several conditions is enough for an alert.
    private static Expression? AnyOf(DetectionRule rule)
    {
        if (rule.Sigma?.Detection is not { } detection)
            return null;
        Expression?[] conditions = [.. detection.Conditions.Select(condition => Expression.Of(condition, detection))];
        return conditions switch
        {
            [] => null,
            [var only] => only,
            _ => conditions.Contains(null) ? null : new OrExpression([.. conditions.OfType<Expression>()]),
        };
    }

    // A rule that cannot match by itself is not the fault of a filter.
    private static DetectionRule? FindSilencing(Expression rule, ImmutableArray<(DetectionRule Filter, Expression Condition)> filters)
    {
        if (filters.IsEmpty || !IsNever(rule, filters.Select(filter => filter.Condition)) || Satisfiability.IsNever(rule))
            return null;
        foreach (var (filter, condition) in filters)
            if (IsNever(rule, [condition]))
                return filter;
        return filters[^1].Filter;
    }

    private static bool IsNever(Expression rule, IEnumerable<Expression> filters) => Satisfiability.IsNever(new AndExpression([rule, .. filters]));
}
