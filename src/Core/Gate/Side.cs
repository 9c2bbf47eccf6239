using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Gate;

/// <summary>What one side of a comparison brings to the measurement. The two sides are measured in mixtures, to tell causes apart.</summary>
internal sealed record Side
{
    public required RuleSet Rules { get; init; }

    /// <summary>Null when what is collected is not known.</summary>
    public LogSourceInventory? Inventory { get; init; }

    /// <summary>What tests and records show of <see cref="Rules"/>.</summary>
    public RuleEvidence Evidence { get; init; } = RuleEvidence.None;

    /// <summary>One for each domain.</summary>
    public required ImmutableArray<AttackRelease> Releases { get; init; }

    public required ImmutableArray<ActorProfile> Profiles { get; init; }

    public required Definition Definition { get; init; }

    public required GatePolicy Policy { get; init; }

    /// <summary>Of the definition and the releases.</summary>
    public required string DefinitionHash { get; init; }

    /// <summary>The claims that must not be lost; null without such a file.</summary>
    public Ratchet? Ratchet { get; init; }

    /// <summary>What these rules cover in these terms, where that has been measured already; default otherwise.</summary>
    public ImmutableArray<ProgramCoverage> Coverage { get; init; }

    /// <summary>Whether the tree has a file, rule or not.</summary>
    public required Func<string, bool> HasFile { get; init; }
}
