using System.Collections.Immutable;
using System.Numerics;

namespace Merlon.Core.Coverage;

/// <summary>A proof that a technique is detected. What holds is a <see cref="ProofSet"/>: only the first two build on each other in any order that may be compared.</summary>
internal enum Level
{
    None,
    /// <summary>A valid rule is tagged with it and watches a platform of it that is in scope.</summary>
    Claimed,
    /// <summary>Claimed by a rule that is allowed to count and whose log source is collected.</summary>
    Deployable,
    /// <summary>Deployable, and in this run an event matches that must, and no test of the rule fails.</summary>
    Tested,
    /// <summary>Deployable, and a record in date, of the rule as it is, says that it alerted in an exercise.</summary>
    Validated,
    /// <summary>Deployable, and an inventory of the SIEM has the rule, enabled and scheduled. A fact beside the others, with no number of its own.</summary>
    Deployed,
}

internal static class Levels
{
    /// <summary>The levels that a gate can ask for.</summary>
    public static ImmutableArray<Level> Proofs { get; } = [Level.Claimed, Level.Deployable, Level.Deployed, Level.Tested, Level.Validated];

    public static ImmutableArray<string> Names { get; } = [.. Proofs.Select(level => level.Name)];

    extension(Level level)
    {
        /// <summary>The word in configuration and outputs.</summary>
        public string Name => level switch
        {
            Level.Claimed => "claimed",
            Level.Deployable => "deployable",
            Level.Tested => "tested",
            Level.Validated => "validated",
            Level.Deployed => "deployed",
            _ => "none",
        };
    }
}

/// <summary>The proofs that hold. All but the first need <see cref="Level.Deployable"/>, and that needs <see cref="Level.Claimed"/>.</summary>
internal readonly record struct ProofSet
{
    private readonly uint _bits;

    private ProofSet(uint bits) => _bits = bits;

    public static ProofSet Of(IEnumerable<Level> levels) => levels.Aggregate(default(ProofSet), (proofs, level) => proofs.With(level));

    public ProofSet With(Level level) => level == Level.None ? this : new(_bits | Bit(level));

    /// <summary>Whether a proof holds; that there is none always does.</summary>
    public bool Has(Level level) => level == Level.None || (_bits & Bit(level)) != 0;

    /// <summary>The one that is shown. It is not to be compared with what a gate asks for.</summary>
    public Level Highest => (_bits & ~Bit(Level.Deployed)) is not 0 and var numbered ? (Level)BitOperations.Log2(numbered) : Level.None;

    private static uint Bit(Level level) => 1u << (int)level;
}
