namespace Merlon.Core.Coverage;

/// <summary>The first proof that a claim lacks for the next level.</summary>
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
}
