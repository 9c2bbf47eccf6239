using System.Collections.Immutable;
using Merlon.Core.Lint.Rules;

namespace Merlon.Core.Lint;

internal static class LintRules
{
    private static ImmutableArray<LintRule> AcrossFiles { get; } =
    [
        new DuplicateId(),
        new DuplicateTitle(),
        new DuplicateFileName(),
        new FileNameOfUnusualLength(),
        new UnconventionalFileName(),
        new FileNameOfAnotherLogSource(),
        new CorrelationFileNameWithoutPrefix(),
        new RelatedRuleElsewhere(),
        new AmbiguousName(),
        new IdenticalDetection(),
        new TemporalCorrelationOfOneRule(),
        new CorrelationWithoutGrouping(),
        new UntaggedCorrelation(),
        new AliasWithoutEffect(),
        new RuleCorrelatedTwice(),
        new ConditionOfAnotherCorrelationType(),
        new FilterWithoutNot(),
        new FilterOfWholeProduct(),
        new FilterOfNothing(),
        new LevelOrStatusOfFilter(),
    ];

    private static ImmutableArray<LintRule> AttackTags { get; } =
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

    /// <summary>Every check, by id. Initialized after the areas, which stand above it.</summary>
    public static ImmutableArray<LintRule> All { get; } =
    [
        .. AcrossFiles,
        .. AttackTags,
    ];
}
