using System.Collections.Immutable;
using Merlon.Core.Lint.Rules;

namespace Merlon.Core.Lint;

internal static class LintRules
{
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

    private static ImmutableArray<LintRule> ConditionChecks { get; } =
    [
        new UnusedSelection(),
        new AllOfThem(),
        new ThemForOneSelection(),
        new ChoiceOfOneSelection(),
        new PatternForOneSelection(),
        new PatternWithoutAsterisk(),
        new ConstantCondition(),
    ];

    private static ImmutableArray<LintRule> LogSourcesAndFields { get; } =
    [
        new ServiceForCategory(),
        new UnknownLogSourceKey(),
        new UnknownLogSource(),
        new SysmonWithoutEventId(),
        new SpaceInFieldName(),
        new FieldNameInAnotherCase(),
        new UnknownField(),
        new ImpliedField(),
        new EventIdBesideCategory(),
        new ProviderBesideCategory(),
        new MisspeltField(),
        new LogSourceNotInLowerCase(),
    ];

    /// <summary>Every check, by id. Initialized after the areas, which stand above it.</summary>
    public static ImmutableArray<LintRule> All { get; } =
    [
        .. ConditionChecks,
        .. LogSourcesAndFields,
        .. AttackTags,
    ];
}
