using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Gate;

/// <summary>What a change did to a rule, as far as a claim of it is concerned.</summary>
internal enum ChangeCause
{
    /// <summary>The rule is gone.</summary>
    Removed,
    /// <summary>The rule is gone and another one names it as obsolete, renamed or merged.</summary>
    Replaced,
    /// <summary>The tag is gone, or new.</summary>
    Retagged,
    /// <summary>Status, Sigma level or a tag keeps it from counting.</summary>
    Demoted,
    /// <summary>A source says that it does not run.</summary>
    Disabled,
    /// <summary>Its file cannot be read.</summary>
    Unreadable,
    /// <summary>It is no valid rule any more.</summary>
    Invalid,
    /// <summary>A filter leaves nothing of it, or is broken.</summary>
    Filtered,
    /// <summary>Only a correlation reads it, and it raises no alert of its own.</summary>
    Silenced,
    /// <summary>Its log source watches another platform.</summary>
    LogSourceChanged,
    /// <summary>What it reads is no longer collected.</summary>
    TelemetryGone,
    /// <summary>One of its tests fails.</summary>
    TestFailed,
    /// <summary>The test that proved it is gone, or is evaluated no more.</summary>
    TestGone,
    /// <summary>It missed its own emulation test.</summary>
    TestMissed,
    /// <summary>The record that proved it is gone, or is not of the rule as it is.</summary>
    RecordGone,
    /// <summary>Its file is there and <c>rules</c> no longer matches it.</summary>
    Unlisted,
    /// <summary>A claim that the ratchet file has and nothing proves.</summary>
    Unknown,
    /// <summary>A rule that the base does not have.</summary>
    NewRule,
    /// <summary>Status, Sigma level or a tag no longer keeps it from counting.</summary>
    Promoted,
    /// <summary>The tag is new, and so is what the rule looks for.</summary>
    Rewritten,
    /// <summary>What kept it from being valid or readable is mended.</summary>
    Repaired,
    /// <summary>What it reads is collected now.</summary>
    TelemetryCame,
    /// <summary>A test proves it now, or fails no more.</summary>
    TestAdded,
    /// <summary>A record proves it now.</summary>
    RecordAdded,
    /// <summary>A source says that it runs now.</summary>
    Deployed,
}

internal static class ChangeCauses
{
    extension(ChangeCause cause)
    {
        /// <summary>The words in outputs.</summary>
        public string Name => cause switch
        {
            ChangeCause.Removed => "removed",
            ChangeCause.Replaced => "replaced",
            ChangeCause.Retagged => "retagged",
            ChangeCause.Demoted => "demoted",
            ChangeCause.Disabled => "disabled",
            ChangeCause.Unreadable => "unreadable",
            ChangeCause.Invalid => "invalid",
            ChangeCause.Filtered => "filtered",
            ChangeCause.Silenced => "silenced",
            ChangeCause.LogSourceChanged => "log source changed",
            ChangeCause.TelemetryGone => "telemetry gone",
            ChangeCause.TestFailed => "test failed",
            ChangeCause.TestGone => "test gone",
            ChangeCause.TestMissed => "emulation missed",
            ChangeCause.RecordGone => "record gone",
            ChangeCause.Unlisted => "unlisted",
            ChangeCause.NewRule => "new rule",
            ChangeCause.Promoted => "promoted",
            ChangeCause.Rewritten => "rewritten",
            ChangeCause.Repaired => "repaired",
            ChangeCause.TelemetryCame => "telemetry came",
            ChangeCause.TestAdded => "test added",
            ChangeCause.RecordAdded => "record added",
            ChangeCause.Deployed => "deployed",
            _ => "unknown",
        };
    }
}

/// <summary>One rule's part in a claim that was lost or gained.</summary>
/// <param name="Rule">As head has it; as the base had it where head has it no more; null where nothing says which rule it was.</param>
/// <param name="Span">Where to look: in head, or in the base for what head does not have.</param>
/// <param name="Detail">What happened, for people: <c>status test -> experimental</c>.</param>
/// <param name="Restore">What would bring the claim back; null where nothing was lost.</param>
internal sealed record RuleChange(ChangeCause Cause, DetectionRule? Rule, SourceSpan Span, string Detail, string? Restore);
