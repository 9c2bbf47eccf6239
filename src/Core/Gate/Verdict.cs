using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Sources;

namespace Merlon.Core.Gate;

/// <summary>What the gate says of a change: base against head.</summary>
internal sealed record Verdict
{
    public required ComparedTree Base { get; init; }

    public required ComparedTree Head { get; init; }

    /// <summary>Every actor of either side in every domain, in head's order; each domain's union after its actors, where there are several.</summary>
    public required ImmutableArray<ActorChange> Actors { get; init; }

    /// <summary>By technique, then actor.</summary>
    public ImmutableArray<Loss> Lost { get; init; } = [];

    /// <summary>Proofs other than the gate's that held and no longer do.</summary>
    public ImmutableArray<Loss> Lowered { get; init; } = [];

    /// <summary>By technique, then actor.</summary>
    public ImmutableArray<Gain> Gained { get; init; } = [];

    public ImmutableArray<LastRule> LastRules { get; init; } = [];

    /// <summary>Every floor, in the order of the actors.</summary>
    public ImmutableArray<JudgedFloor> Floors { get; init; } = [];

    /// <summary>By path and line.</summary>
    public ImmutableArray<PolicyChange> Policy { get; init; } = [];

    /// <summary>What changed numbers and is no loss.</summary>
    public ImmutableArray<OtherChange> Others { get; init; } = [];

    /// <summary>What the gate finds, with the severities that its policy gives.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    public bool Passed => Diagnostics.All(diagnostic => diagnostic.Severity != Severity.Error);
}

/// <summary>One side of a comparison.</summary>
/// <param name="Ref">As somebody named it; <c>working tree</c> for what is no commit; empty for no base.</param>
/// <param name="Commit">All digits; null for the working tree, and for no base.</param>
internal sealed record ComparedTree(string Ref, string? Commit, BaseKind How);

/// <summary>An actor on both sides.</summary>
/// <param name="Base">As it was at the base, under the base's own policy and release; null for one that is new, and without a base.</param>
/// <param name="Head">Null for one that is gone.</param>
internal sealed record ActorChange(string Name, AttackDomain Domain, ActorCoverage? Base, ActorCoverage? Head, Target? Target)
{
    /// <summary>Null for a union.</summary>
    public ActorProfile? Profile => (Head ?? Base)?.Actor?.Profile;
}

/// <summary>A proof for a technique that an actor uses, on some platforms, which held at the base and does not at head.</summary>
internal sealed record Loss
{
    public required Technique Technique { get; init; }

    public required string Actor { get; init; }

    public required AttackDomain Domain { get; init; }

    /// <summary>By name; empty for a technique without platforms.</summary>
    public required ImmutableArray<string> Platforms { get; init; }

    /// <summary>What was proved on them, and what is.</summary>
    public required Level From { get; init; }

    public required Level To { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>Whether an exclusion accepts the technique as a gap.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Whether the technique is still covered on another platform.</summary>
    public bool IsStillCovered { get; init; }

    /// <summary>The rule's tag in head, or the technique in the profile where the rule is gone.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>Every rule that proved it, in the order of their paths. Never empty.</summary>
    public required ImmutableArray<RuleChange> Changes { get; init; }

    /// <summary>Whether it is of the same technique and actor.</summary>
    public bool IsSame(Loss other) => (Technique.Id, Actor, Domain) == (other.Technique.Id, other.Actor, other.Domain);

    /// <summary>What the change did: that of the first rule.</summary>
    public ChangeCause Cause => Changes[0].Cause;

    /// <summary>What would bring it back: any one of these.</summary>
    public string Restore => string.Join("; or ", Changes.Select(change => change.Restore).OfType<string>().Distinct());
}

/// <summary>A proof that holds at head and did not at the base.</summary>
internal sealed record Gain(Technique Technique, string Actor, AttackDomain Domain, ImmutableArray<string> Platforms, Level From, Level To, ImmutableArray<RuleChange> Changes)
{
    /// <summary>Whether nothing but a tag was added to rules that were there.</summary>
    public bool IsByTagOnly => Changes.All(change => change.Cause == ChangeCause.Retagged);
}

/// <summary>A technique that a change left with one rule on some platforms.</summary>
/// <param name="Actors">The names of those that use it.</param>
/// <param name="Platforms">By name.</param>
/// <param name="Rule">The rule that is left.</param>
/// <param name="Span">The rule's tag.</param>
/// <param name="Changes">The rules that no longer prove it.</param>
internal sealed record LastRule(Technique Technique, ImmutableArray<string> Actors, ImmutableArray<string> Platforms, DetectionRule Rule, SourceSpan Span, ImmutableArray<RuleChange> Changes);

/// <summary>A floor and whether it holds.</summary>
/// <param name="BelowAtBase">Null when the base has no such floor.</param>
/// <param name="Why">What brought it below; null where it holds or nothing changed.</param>
internal sealed record JudgedFloor(Floor Floor, bool Passed, bool? BelowAtBase, string? Why, Severity Severity);

/// <summary>A line of policy that differs.</summary>
/// <param name="Span">In head; in the base for what head does not have.</param>
/// <param name="Key"><c>gate.targets.default</c>, or in a profile <c>FIN7: targets.default</c>.</param>
/// <param name="Base">As written; null where it was not.</param>
/// <param name="Head">As written; null where it is not.</param>
internal sealed record PolicyChange(SourceSpan Span, string Key, string? Base, string? Head, PolicyEffect Effect)
{
    /// <summary>The words for a line that one side does not have.</summary>
    public const string NotWritten = "not written";

    /// <summary><c>gate.targets.default: 75 -> 60</c>, with which the message of a finding about it begins.</summary>
    public string Text => $"{Key}: {Base ?? NotWritten} -> {Head ?? NotWritten}";
}

internal enum PolicyEffect
{
    /// <summary>It can do either.</summary>
    Changed,
    Weaker,
    Stricter,
}

/// <summary>What changed numbers without any rule having done so.</summary>
/// <param name="Actor">Null for all.</param>
/// <param name="Technique">Null for several, or none.</param>
/// <param name="Detail"><c>83.3% -> 65.0%: 14 techniques new in 19.1</c>.</param>
internal sealed record OtherChange(OtherKind Kind, string? Actor, TechniqueId? Technique, string Detail);

internal enum OtherKind
{
    Release,
    Profile,
    Actor,
    Definition,
    Configuration,
    Expired,
}
