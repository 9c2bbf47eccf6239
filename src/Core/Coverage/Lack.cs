namespace Merlon.Core.Coverage;

/// <summary>What keeps a claim from a level.</summary>
/// <param name="Text">For people, after the name of the rule: <c>status test is not in coverage.status (stable)</c>.</param>
internal sealed record Lack(LackKind Kind, string Text);

internal enum LackKind
{
    /// <summary>The rule is not valid.</summary>
    Invalid,
    /// <summary>Its status says that it is no longer in use.</summary>
    Retired,
    /// <summary>Only a correlation reads it.</summary>
    Silenced,
    /// <summary>It watches none of the technique's platforms.</summary>
    Platform,
    /// <summary>It watches none of them that is in scope.</summary>
    OutOfScope,
    Status,
    SigmaLevel,
    /// <summary>One of its tags is kept from counting.</summary>
    Tag,
    /// <summary>A filter of it is broken, or leaves nothing of it.</summary>
    Filter,
    /// <summary>What it reads is not collected.</summary>
    Telemetry,
    /// <summary>One of its tests fails.</summary>
    FailedTest,
    /// <summary>It did not alert on the emulation test that it names.</summary>
    MissedTest,
    /// <summary>No event that it must match did.</summary>
    Untested,
    /// <summary>No record says that it alerted, or none that counts.</summary>
    Unvalidated,
    /// <summary>Its source says that it is turned off.</summary>
    Disabled,
    /// <summary>A source only counts it, and nobody knows what it is.</summary>
    Unnamed,
    /// <summary>No inventory says that it runs.</summary>
    Undeployed,
}
