using System.Collections.Immutable;
using Merlon.Core.Sigma;

namespace Merlon.Core.Matching;

/// <summary>
/// Looks through occurrences of one group for those that lie within the timespan and are what the correlation asks for. The window is bound to no
/// full hour or day. What a match has used is not used again.
/// </summary>
/// <param name="names">The rules that are read, by their numbers.</param>
/// <param name="counted">The value that is counted; null for an occurrence without one.</param>
internal sealed class CorrelationWindow(Correlation correlation, ImmutableArray<string> names, Func<Occurrence, string?> counted)
{
    private readonly TimeSpan _length = correlation.Timespan!.Length; // the caller has looked

    /// <summary>Whether the condition, once it holds, cannot cease to hold by more occurrences.</summary>
    private bool IsRising => correlation.Condition is null or { Expression: not null } || correlation.Condition.Bounds.All(bound => bound.Operator.Value is "gt" or "gte");

    /// <summary>
    /// A window matches as soon as a lower bound is reached. Another bound can be told only when the window is over: it begins with the first
    /// occurrence that no window before has.
    /// </summary>
    /// <param name="occurrences">In the order of their times.</param>
    public IEnumerable<ImmutableArray<Occurrence>> Find(ImmutableArray<Occurrence> occurrences)
    {
        var isRising = IsRising;
        WindowContent content = new(correlation.Type?.Value, names.Length, counted);
        var start = 0;
        for (var end = 0; end < occurrences.Length; end++)
        {
            content.Add(occurrences[end]);
            if (isRising)
            {
                for (; occurrences[end].Time - occurrences[start].Time > _length; start++)
                    content.Remove(occurrences[start]);
                content.Forget(occurrences[end].Time - _length);
            }
            else if (end + 1 < occurrences.Length && occurrences[end + 1].Time - occurrences[start].Time <= _length)
                continue;
            var holds = Holds(content);
            if (holds)
                yield return occurrences[start..(end + 1)];
            if (!holds && isRising)
                continue;
            content.Clear();
            start = end + 1;
        }
    }

    private bool Holds(WindowContent content) => correlation.Condition switch
    {
        null => content.Count == names.Length,
        { Expression: { } expression } => IsTrue(expression, content),
        { Bounds: var bounds } => bounds.All(bound => IsWithin(bound, content.Count)),
    };

    private static bool IsWithin(CorrelationBound bound, int count) => bound.Operator.Value switch
    {
        "gt" => count > bound.Value,
        "gte" => count >= bound.Value,
        "lt" => count < bound.Value,
        "lte" => count <= bound.Value,
        "eq" => count == bound.Value,
        _ => count != bound.Value,
    };

    private bool IsTrue(ConditionNode node, WindowContent content) => node switch
    {
        ConditionAnd and => and.Operands.All(operand => IsTrue(operand, content)),
        ConditionOr or => or.Operands.Any(operand => IsTrue(operand, content)),
        ConditionSelection named => content.Has(names.IndexOf(named.Name)),
        _ => false,
    };
}
