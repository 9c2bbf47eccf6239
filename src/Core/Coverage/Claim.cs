using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Sources;

namespace Merlon.Core.Coverage;

/// <summary>What one rule proves for one technique that it is tagged with.</summary>
/// <param name="Tag">The tag in the rule; its id may be an older one of the technique.</param>
/// <param name="Wanted">The level that the definition asks for.</param>
internal sealed record Claim(DetectionRule Rule, AttackTag Tag, Technique Technique, Level Wanted)
{
    /// <summary>The technique's platforms in scope that the rule watches; empty for what proves nothing.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    public ProofSet Proofs { get; init; }

    /// <summary>The level that is shown.</summary>
    public Level Level => Proofs.Highest;

    /// <summary>The first thing that keeps the rule from being deployable; null where nothing does.</summary>
    public Lack? Obstacle { get; init; }

    /// <summary>Why no test proves it; null where one does.</summary>
    public Lack? Untested { get; init; }

    /// <summary>Why no exercise proves it; null where one does.</summary>
    public Lack? Unvalidated { get; init; }

    /// <summary>Why nothing shows that it runs; null where something does.</summary>
    public Lack? Undeployed { get; init; }

    /// <summary>The first proof that is missing for what the definition asks for; null when none is.</summary>
    public Lack? Lacks => LackFor(Wanted);

    /// <summary>Of the levels above the one that is asked for, what is missing for the first that does not hold; null where all hold, or something is missing before.</summary>
    public Lack? Next => Lacks is null ? Untested ?? Unvalidated : null;

    public bool Proves(Level level) => Proofs.Has(level);

    private Lack? LackFor(Level level) => Proves(level) ? null : Obstacle ?? level switch { Level.Validated => Unvalidated, Level.Deployed => Undeployed, _ => Untested };
}
