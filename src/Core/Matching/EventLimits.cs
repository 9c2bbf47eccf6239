namespace Merlon.Core.Matching;

/// <summary>How much a file of events may hold: above what tests of rules need, below what would stall a build.</summary>
internal static class EventLimits
{
    public const int MaxFileBytes = 128 << 20;

    /// <summary>Windows writes no event above 64 KiB; those of cloud services are larger.</summary>
    public const int MaxEventBytes = 1 << 20;

    public const int MaxDepth = 64;

    /// <summary>Maps, lists and values in one event.</summary>
    public const int MaxNodesOfEvent = 20_000;

    public const int MaxNodesOfFile = 8_000_000;

    public const int MaxEvents = 500_000;

    /// <summary>Broken events after which the rest of a file is not looked at.</summary>
    public const int MaxBroken = 20;
}
