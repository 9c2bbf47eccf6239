using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>A group of ATT&amp;CK (STIX <c>intrusion-set</c>), <c>G0046</c>.</summary>
internal sealed record Group : AttackObject
{
    /// <summary>Ids of the live software that it uses, sorted.</summary>
    public ImmutableArray<string> Software { get; init; } = [];
}
