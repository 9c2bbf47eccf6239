using Merlon.Core.Attack;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>What a record is worth on one day, beside the rules of one tree.</summary>
internal enum Standing
{
    Current,
    /// <summary>The rule's content is another one than that which was exercised.</summary>
    Void,
    Expired,
    /// <summary>Written by hand, and such records do not count.</summary>
    ByHand,
    /// <summary>Its day is yet to come.</summary>
    Future,
    /// <summary>No valid rule has its id.</summary>
    UnknownRule,
    /// <summary>The release does not have its technique, or no longer.</summary>
    UnknownTechnique,
}

/// <param name="Rule">Null for a record without a rule, and for one whose rule is not here.</param>
/// <param name="Technique">In the release, after replacement; null for one that the release lacks.</param>
internal sealed record RecordStanding(ValidationRecord Record, Standing Standing, DetectionRule? Rule, TechniqueId? Technique)
{
    /// <summary>Whether the rule's content is that which was exercised, whatever else keeps the record from counting.</summary>
    public bool IsOfThisContent { get; init; }

    /// <summary>Why it does not count; null for a current one.</summary>
    public string? Why { get; init; }
}
