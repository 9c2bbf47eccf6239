using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sigma;

/// <summary>Findings of reading a document as Sigma. All but the title, status and level keep the rule from being counted.</summary>
internal static class SigmaDiagnostics
{
    private const string Specification = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md";

    private const string ModifierAppendix = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-modifiers.md";

    public static DiagnosticInfo NotAMap { get; } = Error("MRL2001", "Document is not a map",
        "A Sigma document is a map of `title`, `logsource`, `detection` and so on. A list or a single value is something else in a rules folder, or a rule that lost its first lines.");

    public static DiagnosticInfo MissingTitle { get; } = Error("MRL2002", "Rule has no title",
        "The title is required: it is what an alert is called.");

    public static DiagnosticInfo WrongType { get; } = Error("MRL2003", "Value has another type than Sigma gives the key",
        "A list where a text belongs, or the other way round, is read differently by every tool, or not at all.");

    public static DiagnosticInfo MissingLogSource { get; } = Error("MRL2004", "Rule has no log source",
        "At least one of `category`, `product` and `service` is required. Without it the rule watches nothing that can be named, so it counts for no technique.");

    public static DiagnosticInfo MissingDetection { get; } = Error("MRL2005", "Rule has no detection",
        "A rule without a `detection` block cannot alert, so it counts for no technique.");

    public static DiagnosticInfo UnknownAction { get; } = Error("MRL2006", "Unknown action of a rule collection",
        "Sigma 1 collections use `action: global`, `reset` and `repeat`. A document with another action is no rule, and some tools lose it without a word.");

    public static DiagnosticInfo MissingCondition { get; } = Error("MRL2007", "Detection has no condition",
        "The condition says which selections must match. Without one the rule cannot alert.");

    public static DiagnosticInfo ConditionSyntax { get; } = Error("MRL2101", "Condition cannot be parsed",
        "The position is the token that does not fit. Keywords (`and`, `or`, `not`, `1 of`, `any of`, `all of`, `them`) are lower case; pipes are obsolete since Sigma 2.");

    public static DiagnosticInfo UnknownSelection { get; } = Error("MRL2102", "Condition names a selection that does not exist",
        "A misspelt name leaves the rule without a meaning; most back ends refuse it only at conversion.");

    public static DiagnosticInfo SelectorOfNothing { get; } = Error("MRL2103", "Pattern of a condition matches no selection",
        "Some tools drop such a selector silently, so that `a and 1 of b_*` becomes `a`.");

    public static DiagnosticInfo BadSelection { get; } = Error("MRL2201", "Selection has no meaning",
        "A selection is a map of fields to values, a list of such maps, or keywords. Anything else is refused by converters.");

    public static DiagnosticInfo UnknownModifier { get; } = Error("MRL2202", "Unknown modifier",
        "A modifier changes what a value means (`contains`, `re`, `cidr`). A rule with one that Sigma does not know cannot be translated by any tool, so it counts for no technique.",
        ModifierAppendix);

    public static DiagnosticInfo MisfitModifier { get; } = Error("MRL2203", "Modifier does not fit the value",
        "Each modifier takes one kind of value: `contains` a text, `gt` a number without quotes, `exists` true or false. With another kind the item means nothing, so the rule counts for no technique.",
        ModifierAppendix);

    public static DiagnosticInfo MisplacedModifier { get; } = Error("MRL2204", "Modifier does not fit the ones beside it",
        "`re` and `cidr` take the value as written, so they come first; `exists` stands alone; `i`, `m` and `s` are options of `re`. Where they stand elsewhere tools refuse the rule, so it counts for no technique.",
        ModifierAppendix);

    public static DiagnosticInfo UnknownStatus { get; } = Error("MRL2401", "Unknown status",
        "The status decides whether a rule counts (`coverage.status`). One that Sigma does not know never counts.");

    public static DiagnosticInfo UnknownLevel { get; } = Error("MRL2402", "Unknown level",
        "The level decides whether a rule counts (`coverage.sigmaLevel`). One that Sigma does not know never counts.");

    public static DiagnosticInfo BadCorrelation { get; } = Error("MRL2701", "Correlation lacks a required part",
        "A correlation has a `type`, the `rules` it reads and a `timespan`. Without them it cannot alert, so it counts for no technique.",
        "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-correlation-rules-specification.md");

    public static ImmutableArray<DiagnosticInfo> All { get; } =
    [
        NotAMap, MissingTitle, WrongType, MissingLogSource, MissingDetection, UnknownAction, MissingCondition,
        ConditionSyntax, UnknownSelection, SelectorOfNothing, BadSelection, UnknownModifier, MisfitModifier, MisplacedModifier, UnknownStatus, UnknownLevel, BadCorrelation,
    ];

    private static DiagnosticInfo Error(string id, string title, string rationale, string source = Specification) =>
        new() { Id = id, Title = title, Severity = Severity.Error, Rationale = rationale, Source = source };
}
