using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Sources;

namespace Merlon.Core.Coverage;

/// <summary>What one rule proves for one technique that it is tagged with.</summary>
/// <param name="Tag">The tag in the rule; its id may be an older one of the technique.</param>
/// <param name="Platforms">The technique's platforms in scope that the rule watches; empty below <see cref="Level.Claimed"/>.</param>
/// <param name="Lacks">The first proof that is missing for the next level; null when none is.</param>
internal sealed record Claim(DetectionRule Rule, AttackTag Tag, Technique Technique, Level Level, ImmutableArray<string> Platforms, Lack? Lacks);
