using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sigma;

/// <summary>A condition as written, and its tree; no tree when it does not parse.</summary>
internal sealed record Condition(SigmaText Text, ConditionNode? Root);

/// <summary>A node of a condition. Sigma 2.1, section "Condition".</summary>
internal abstract record ConditionNode;

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
