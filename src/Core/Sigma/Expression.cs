using System.Collections.Immutable;

namespace Merlon.Core.Sigma;

/// <summary>
/// What a rule asks of an event: its condition with every selection put in its place and every modifier applied. A chain of one operator is
/// one node, parentheses and selections keep theirs.
/// </summary>
internal abstract record Expression
{
    /// <summary>The expression of one condition; null where the condition or a selection that it names could not be read.</summary>
    public static Expression? Of(Condition condition, Detection detection) => condition.Root is { } root ? new Reader(detection).Read(root) : null;

    /// <summary>The expression of a part of a selection; null where one of its items has no values.</summary>
    public static Expression? Of(SelectionNode node) => node switch
    {
        SelectionFields fields => Join(fields.Items.Select(Of), isAll: true),
        SelectionList list => Join(list.Alternatives.Select(Of), isAll: false),
        DetectionItem item => OfItem(item),
        _ => null,
    };

    private static Expression? OfItem(DetectionItem item)
    {
        if (item.Values.Length != item.Written.Length)
            return null;
        // A list without values asks for what null asks for.
        var matches = item.Values.IsEmpty ? new MatchExpression(item.Field, new SigmaNull())
            : Join(item.Values.Select(value => new MatchExpression(item.Field, value)), item.IsAll);
        return item.IsNegated && matches is not null ? new NotExpression(matches) : matches;
    }

    /// <summary>Puts selections in their places. One that a condition names a thousand times is read once.</summary>
    private sealed class Reader(Detection detection)
    {
        private readonly Dictionary<Selection, Expression?> _selections = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<(bool, string), Expression?> _choices = [];
        private readonly ILookup<string, Selection> _byName = detection.Selections.ToLookup(selection => selection.Name.Value, StringComparer.Ordinal);

        public Expression? Read(ConditionNode node) => node switch
        {
            ConditionAnd and => Join(and.Operands.Select(Read), isAll: true),
            ConditionOr or => Join(or.Operands.Select(Read), isAll: false),
            ConditionNot not => Read(not.Operand) is { } operand ? new NotExpression(operand) : null,
            ConditionOf of => Read(of),
            ConditionSelection named => _byName[named.Name].FirstOrDefault() is { } selection ? Read(selection) : null,
            _ => null,
        };

        private Expression? Read(ConditionOf of) => _choices.TryGetValue((of.IsAll, of.Pattern), out var known) ? known
            : _choices[(of.IsAll, of.Pattern)] = Join(detection.Selections.Where(selection => of.Selects(selection.Name.Value)).Select(Read), of.IsAll);

        private Expression? Read(Selection selection) => _selections.TryGetValue(selection, out var known) ? known
            : _selections[selection] = selection.Root is { } root ? Of(root) : null;
    }

    private static Expression? Join(IEnumerable<Expression?> parts, bool isAll)
    {
        var operands = ImmutableArray.CreateBuilder<Expression>();
        foreach (var part in parts)
        {
            if (part is null)
                return null;
            operands.Add(part);
        }
        return operands.Count switch { 0 => null, 1 => operands[0], _ when isAll => new AndExpression(operands.ToImmutable()), _ => new OrExpression(operands.ToImmutable()) };
    }
}

/// <summary>All of two or more.</summary>
internal sealed record AndExpression(ImmutableArray<Expression> Operands) : Expression;

/// <summary>Any of two or more.</summary>
internal sealed record OrExpression(ImmutableArray<Expression> Operands) : Expression;

internal sealed record NotExpression(Expression Operand) : Expression;

/// <summary>A field that has a value, or an event that has it anywhere.</summary>
/// <param name="Field">Null for a keyword.</param>
internal sealed record MatchExpression(string? Field, SigmaValue Value) : Expression;
