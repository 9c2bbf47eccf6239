using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>What one release says of a technique or sub-technique.</summary>
internal sealed record Technique
{
    public required TechniqueId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Tactic short names in matrix order; those that the matrix no longer has (revoked and deprecated techniques) come last.</summary>
    public ImmutableArray<string> Tactics { get; init; } = [];

    /// <summary>As released, sorted; ICS has one called <c>None</c>.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    public ObjectStatus Status { get; init; }

    /// <summary>The id that replaces this one (STIX <c>revoked-by</c>): may itself be revoked or deprecated. A revoked technique need not have one.</summary>
    public TechniqueId? RevokedBy { get; init; }

    /// <summary>Of a sub-technique: what it belongs to (STIX <c>subtechnique-of</c>), where its id does not say so: <c>ACME-T1059.900</c> may be one of T1059.</summary>
    public TechniqueId? Parent { get; init; }

    /// <summary>The UUID of the STIX object.</summary>
    public required Guid StixId { get; init; }

    public bool IsLive => Status == ObjectStatus.Live;
    public bool IsRevoked => Status == ObjectStatus.Revoked;
    public bool IsDeprecated => Status == ObjectStatus.Deprecated;
}
