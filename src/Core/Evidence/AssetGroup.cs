using System.Collections.Immutable;

namespace Merlon.Core.Evidence;

/// <summary>A group of machines or accounts of <c>assets.yml</c>.</summary>
internal sealed record AssetGroup
{
    public required string Name { get; init; }

    /// <summary>ATT&amp;CK platforms.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    public int? Number { get; init; }

    public Criticality Criticality { get; init; }

    public string? Owner { get; init; }
}

/// <summary>What it costs when such an asset falls. Ordered: a graver one is greater.</summary>
internal enum Criticality
{
    Unknown,
    Low,
    Medium,
    High,
    Critical,
}
