using System.Collections.Immutable;

namespace Merlon.Core.Coverage;

/// <summary>How well a technique is proved to be detected. Each level needs the one before it.</summary>
internal enum Level
{
    None,
    /// <summary>A valid rule is tagged with it and watches a platform of it that is in scope.</summary>
    Claimed,
    /// <summary>Claimed by a rule that is allowed to count and whose log source is collected.</summary>
    Deployable,
}

internal static class Levels
{
    /// <summary>The levels that a gate can ask for.</summary>
    public static ImmutableArray<Level> Proofs { get; } = [Level.Claimed, Level.Deployable];

    public static ImmutableArray<string> Names { get; } = [.. Proofs.Select(level => level.Name)];

    extension(Level level)
    {
        /// <summary>The word in configuration and outputs.</summary>
        public string Name => level switch
        {
            Level.Claimed => "claimed",
            Level.Deployable => "deployable",
            _ => "none",
        };
    }
}
