using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sigma;

/// <summary>A condition as written, and its tree; no tree when it does not parse.</summary>
internal sealed record Condition(SigmaText Text, ConditionNode? Root);

/// <summary>A node of a condition. Sigma 2.1, section "Condition".</summary>
internal abstract record ConditionNode
{
    /// <summary>This node and all below it, in the order of the text.</summary>
    public IEnumerable<ConditionNode> All() => this switch
    {
        ConditionNot not => not.Operand.All().Prepend(this),
        ConditionAnd and => and.Operands.SelectMany(operand => operand.All()).Prepend(this),
        ConditionOr or => or.Operands.SelectMany(operand => operand.All()).Prepend(this),
        _ => [this],
    };
}

/// <summary>All of two or more.</summary>
internal sealed record ConditionAnd(ImmutableArray<ConditionNode> Operands) : ConditionNode;

/// <summary>Any of two or more.</summary>
internal sealed record ConditionOr(ImmutableArray<ConditionNode> Operands) : ConditionNode;

internal sealed record ConditionNot(ConditionNode Operand) : ConditionNode;

/// <summary>A selection by its name.</summary>
internal sealed record ConditionSelection(string Name, SourceSpan Span) : ConditionNode;

/// <summary><c>1 of them</c>, <c>any of x*</c>, <c>all of x*</c>.</summary>
/// <param name="IsAll">Whether every selection must match, rather than one.</param>
/// <param name="Pattern">A name in which '*' stands for any characters; <c>*</c> for <c>them</c>.</param>
/// <param name="Span">The pattern, or the word <c>them</c>.</param>
internal sealed record ConditionOf(bool IsAll, string Pattern, SourceSpan Span) : ConditionNode
{
    /// <summary>Whether the word <c>them</c> is written, rather than a pattern.</summary>
    public bool IsThem { get; init; }

    /// <summary>Whether it begins with <c>any</c>, which means the same as <c>1</c>.</summary>
    public bool IsAny { get; init; }

    /// <summary>All of it, from the quantifier to the pattern; null where it does not stand in the file as it is.</summary>
    public SourceSpan? Whole { get; init; }

    /// <summary>Whether the selector means a selection. Names that begin with '_' are left out unless the pattern begins with it too.</summary>
    public bool Selects(string name) => (!name.StartsWith('_') || Pattern.StartsWith('_')) && Matches(Pattern, name);

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var star = pattern.IndexOf('*');
        if (star < 0)
            return pattern.SequenceEqual(name);
        if (!name.StartsWith(pattern[..star]))
            return false;
        name = name[star..];
        var parts = pattern[(star + 1)..];
        // Each middle part at its first place, the last one at the end: greedy is right, since '*' takes anything.
        while (parts.IndexOf('*') is >= 0 and var next)
        {
            var at = name.IndexOf(parts[..next]);
            if (at < 0)
                return false;
            name = name[(at + next)..];
            parts = parts[(next + 1)..];
        }
        return name.EndsWith(parts);
    }
}
