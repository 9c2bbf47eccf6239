using System.Collections.Immutable;
using Merlon.Core.Lint.Rules;

namespace Merlon.Core.Lint;

internal static class LintRules
{
    private static ImmutableArray<LintRule> Keys { get; } =
    [
        new CommonlyMisspeltKey(),
        new KeyOutsideSigmaHq(),
        new MisspeltKey(),
        new KeyInAnotherCase(),
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

    private static ImmutableArray<LintRule> Metadata { get; } =
    [
        new MalformedId(),
        new RuleWithoutId(),
        new ImpossibleDate(),
        new DateInAnotherForm(),
        new TooLongTitle(),
        new TextBeyondItsLimit(),
        new DuplicateTag(),
        new DuplicateReference(),
        new MalformedTag(),
        new TagOfUnknownNamespace(),
        new MalformedCarTag(),
        new MalformedCveTag(),
        new UnknownD3fendTag(),
        new UnknownDetectionTag(),
        new MalformedStpTag(),
        new UnknownTlpTag(),
        new TlpTagOutsideVersion1(),
        new TlpTagOutsideVersion2(),
        new TagWithoutNamespace(),
        new BrokenRelation(),
        new RuleWithoutAuthor(),
        new RuleWithoutDate(),
        new RuleWithoutDescription(),
        new RuleWithoutLevel(),
        new RuleWithoutStatus(),
        new ShortDescription(),
        new LinkInDescription(),
        new LongTitle(),
        new TitleThatBeginsWithDetects(),
        new TitleThatEndsWithDot(),
        new TitleWordInLowerCase(),
        new FalsePositiveInLowerCase(),
        new EmptyFalsePositive(),
        new MisspeltFalsePositive(),
        new GitHubLinkToBranch(),
        new LinkToAttack(),
        new ModifiedBeforeDate(),
        new ModifiedWithoutDate(),
        new ModifiedOnItsDate(),
        new StatusTooHighForItsAge(),
        new FieldsKey(),
        new RetiredStatus(),
        new SeveralDetectionTags(),
        new MissingDetectionTag(),
        new SeveralTlpTags(),
        new TlpTagOtherThanClear(),
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
        new FilterThatSilences(),
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
        new TechniqueTagWithoutAllTactics(),
        new CampaignTag(),
    ];

    /// <summary>Every check, by id. Initialized after the areas, which stand above it.</summary>
    public static ImmutableArray<LintRule> All { get; } =
    [
        .. Keys,
        .. ConditionChecks,
        .. Items,
        .. Values,
        .. Metadata,
        .. LogSourcesAndFields,
        .. AcrossFiles,
        .. AttackTags,
    ];
}
