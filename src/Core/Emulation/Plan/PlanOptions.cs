using System.Collections.Immutable;
using Merlon.Core.Evidence;

namespace Merlon.Core.Emulation.Plan;

/// <summary>Which techniques in scope are planned.</summary>
internal enum PlanScope
{
    All,
    /// <summary>Those that are not covered.</summary>
    Gaps,
    /// <summary>Those that some rule claims, to see whether it alerts.</summary>
    Claimed,
}

internal static class PlanScopes
{
    extension(PlanScope scope)
    {
        /// <summary>The word in outputs.</summary>
        public string Name => scope switch
        {
            PlanScope.Gaps => "gaps",
            PlanScope.Claimed => "claimed",
            _ => "all",
        };
    }
}

/// <summary>What an exercise can do.</summary>
internal sealed record PlanOptions
{
    /// <summary>Tests for a technique unless somebody says otherwise: as many as show more than one way to do it, and still end in a day.</summary>
    public const int DefaultMax = 3;

    public PlanScope Scope { get; init; }

    /// <summary>ATT&amp;CK's names of what the exercise's hosts are; empty for the platforms in scope.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    /// <summary>True for tests that need elevation only, false for those that need none only; null for both.</summary>
    public bool? Elevated { get; init; }

    /// <summary>Whether nothing can be downloaded.</summary>
    public bool IsOffline { get; init; }

    /// <summary>For each technique, at least 1.</summary>
    public int MaxPerTechnique { get; init; } = DefaultMax;

    /// <summary>How long after a test an alert is its own.</summary>
    public TimeSpan Window { get; init; } = new ValidationOptions().Window;
}
