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

    private static ImmutableArray<LintRule> Items { get; } =
    [
        new AllWithoutContains(),
        new Base64OffsetWithoutContains(),
        new RepeatedModifier(),
        new WindashWithAll(),
        new AllOfOneValue(),
        new DuplicateValue(),
        new ContradictoryValues(),
        new SubsumedValue(),
        new UnencodedWideText(),
        new NullAmongValues(),
        new EmptyValueList(),
        new ExpandWithoutPlaceholder(),
    ];

    private static ImmutableArray<LintRule> Values { get; } =
    [
        new ControlCharacterInValue(),
        new DoubleWildcard(),
        new QuotedNumber(),
        new EscapedWildcard(),
        new WildcardForEndsWith(),
        new WildcardForStartsWith(),
        new WildcardsForContains(),
        new BrokenRegex(),
        new RunawayRegex(),
        new UnsupportedRegexGroup(),
        new RegexBeyondSigma(),
        new ImpossibleNetwork(),
        new MalformedHash(),
        new LocalizedUserName(),
        new UnquotedDate(),
        new AmbiguousPlainValue(),
    ];

    /// <summary>Every check, by id. Initialized after the areas, which stand above it.</summary>
    public static ImmutableArray<LintRule> All { get; } =
    [
        .. Items,
        .. Values,
        .. AttackTags,
    ];
}
