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
        .. Metadata,
        .. AttackTags,
    ];
}
