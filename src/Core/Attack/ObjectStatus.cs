namespace Merlon.Core.Attack;

/// <summary>Whether ATT&amp;CK still maintains an object.</summary>
internal enum ObjectStatus
{
    Live,
    /// <summary>Dropped without a replacement (<c>x_mitre_deprecated</c>).</summary>
    Deprecated,
    /// <summary>Replaced by another object (STIX <c>revoked</c>). Wins where an object is both.</summary>
    Revoked,
}
