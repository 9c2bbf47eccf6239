namespace Merlon.Core.Attack.Stix;

/// <summary>The types of STIX relationships that a release is made of.</summary>
internal enum StixRelation
{
    Uses,
    AttributedTo,
    RevokedBy,
    Detects,
    SubTechniqueOf,
}

internal static class StixRelations
{
    public static StixRelation? Find(string type) => type switch
    {
        "uses" => StixRelation.Uses,
        "attributed-to" => StixRelation.AttributedTo,
        "revoked-by" => StixRelation.RevokedBy,
        "detects" => StixRelation.Detects,
        "subtechnique-of" => StixRelation.SubTechniqueOf,
        _ => null,
    };
}

/// <summary>What a relationship connects, by the UUIDs of the STIX ids.</summary>
internal readonly record struct StixLink(StixRelation Relation, Guid Source, Guid Target);

/// <param name="Id">The UUID of the relationship's own STIX id.</param>
/// <param name="IsLive">Neither revoked nor deprecated: the 2.1 bundles of old releases keep relationships that no longer hold.</param>
internal sealed record StixRelationship(Guid Id, StixLink Link, bool IsLive, DateTimeOffset Modified);
