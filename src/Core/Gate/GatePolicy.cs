using Merlon.Core.Actors;

namespace Merlon.Core.Gate;

/// <summary>What the gate demands: the <c>gate</c> block, without the level, which is part of the definition.</summary>
internal sealed record GatePolicy
{
    public Targets Targets { get; init; } = Targets.None;

    public BelowTarget BelowTarget { get; init; }

    public Regression Regression { get; init; }

    /// <summary>Whether what passes only because this change weakened the policy fails.</summary>
    public bool IsBasePolicy { get; init; } = true;

    /// <summary>A revision, or <c>baseline</c> to compare with the committed file alone; null when it is not written.</summary>
    public string? Base { get; init; }

    /// <summary>From the root: the file of claims that must not be lost; null for none.</summary>
    public string? Baseline { get; init; }
}

/// <summary>What a floor that is not reached does.</summary>
internal enum BelowTarget
{
    Fail,
    /// <summary>A warning for an actor that was below at the base and lost nothing.</summary>
    NoWorse,
    Warn,
}

/// <summary>When a lost claim is an error.</summary>
internal enum Regression
{
    /// <summary>Where a floor that it counts in is below target.</summary>
    BelowTarget,
    Any,
    Off,
}
