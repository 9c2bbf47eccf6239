using System.Collections.Immutable;
using Merlon.Core.Lint.Rules;

namespace Merlon.Core.Lint;

internal static class LintRules
{
    /// <summary>Every check, by id.</summary>
    public static ImmutableArray<LintRule> All { get; } =
    [
        new UnknownTechniqueTag(),
        new RevokedTechniqueTag(),
        new DeprecatedTechniqueTag(),
        new MalformedAttackTag(),
        new UnknownTacticTag(),
        new TacticTagOfAnotherRelease(),
        new TechniqueTagWithoutTactic(),
        new TacticTagWithoutTechnique(),
        new TechniqueTagBesideSubTechnique(),
        new UnknownGroupTag(),
        new DeprecatedKindOfTag(),
        new UntaggedRule(),
        new TechniqueTagOfAnotherPlatform(),
        new ManyTechniqueTags(),
    ];
}
