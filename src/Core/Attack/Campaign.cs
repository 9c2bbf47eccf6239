using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>A campaign of ATT&amp;CK, <c>C0022</c>.</summary>
internal sealed record Campaign : AttackObject
{
    /// <summary>Ids of the live groups that it is attributed to, sorted.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Ids of the live software that it uses, sorted.</summary>
    public ImmutableArray<string> Software { get; init; } = [];
}
