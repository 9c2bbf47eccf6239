using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sigma;

/// <summary>Findings of reading a document as Sigma. All but the title, status and level keep the rule from being counted.</summary>
internal static class SigmaDiagnostics
{
    private const string Specification = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md";

    private const string ModifierAppendix = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-appendix-modifiers.md";

    private const string Correlations = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-correlation-rules-specification.md";

    public static DiagnosticInfo NotAMap { get; } = Error("MRL2001", "Document is not a map",
        "A Sigma document is a map of `title`, `logsource`, `detection` and so on. A list or a single value is not a rule, or a rule that lost its first lines.");

    public static DiagnosticInfo MissingTitle { get; } = Error("MRL2002", "Rule has no title",
        "The title is required: it is what an alert is called.");

    public static DiagnosticInfo WrongType { get; } = Error("MRL2003", "Value has the wrong type",
        "Tools read a list where a string belongs, or the other way round, each in their own way or not at all.");

    public static DiagnosticInfo MissingLogSource { get; } = Error("MRL2004", "Rule has no log source",
        "At least one of `category`, `product` and `service` is required. Without them nobody can tell which events the rule reads, so it counts for no technique.");

    public static DiagnosticInfo MissingDetection { get; } = Error("MRL2005", "Rule has no detection",
        "A rule without a `detection` block cannot alert, so it counts for no technique.");

    public static DiagnosticInfo UnknownAction { get; } = Error("MRL2006", "Unknown action of a rule collection",
        "Sigma 1 collections use `action: global`, `reset` and `repeat`. A document with another action is no rule, and some tools silently drop it.");

    public static DiagnosticInfo MissingCondition { get; } = Error("MRL2007", "Detection has no condition",
        "The condition says which selections must match. Without one the rule cannot alert.");

    public static DiagnosticInfo ConditionSyntax { get; } = Error("MRL2101", "Condition cannot be parsed",
        "The position is the token that does not fit. Keywords (`and`, `or`, `not`, `1 of`, `any of`, `all of`, `them`) are lower case; pipes are obsolete since Sigma 2.");

    public static DiagnosticInfo UnknownSelection { get; } = Error("MRL2102", "Condition names a selection that does not exist",
        "A rule whose condition names a missing selection means nothing; converters refuse it, but only once it is deployed.");

    public static DiagnosticInfo SelectorOfNothing { get; } = Error("MRL2103", "Pattern in a condition matches no selection",
        "Some tools silently drop such a pattern, so that `a and 1 of b_*` becomes `a`. Correct the pattern or remove it.");

    public static DiagnosticInfo BadSelection { get; } = Error("MRL2201", "Malformed selection",
        "A selection is a map of fields to values, a list of such maps, or keywords. Anything else is refused by converters.");

    public static DiagnosticInfo UnknownModifier { get; } = Error("MRL2202", "Unknown modifier",
        "A modifier changes what a value means (`contains`, `re`, `cidr`). A rule with one that Sigma does not know cannot be translated by any tool, so it counts for no technique.",
        ModifierAppendix);

    public static DiagnosticInfo MisfitModifier { get; } = Error("MRL2203", "Modifier does not fit the value",
        "Each modifier takes one kind of value: `contains` a string, `gt` a number without quotes, `exists` true or false. With another kind the item means nothing, so the rule counts for no technique.",
        ModifierAppendix);

    public static DiagnosticInfo MisplacedModifier { get; } = Error("MRL2204", "Modifier does not fit the other modifiers",
        "`re` and `cidr` take the value as written, so they come first; `exists` stands alone; `i`, `m` and `s` are options of `re`. Where they stand elsewhere tools refuse the rule, so it counts for no technique.",
        ModifierAppendix);

    public static DiagnosticInfo UnknownStatus { get; } = Error("MRL2401", "Unknown status",
        "The status decides whether a rule counts (`coverage.status`). A rule with a value that Sigma does not know never counts.");

    public static DiagnosticInfo UnknownLevel { get; } = Error("MRL2402", "Unknown level",
        "The level decides whether a rule counts (`coverage.sigmaLevel`). A rule with a value that Sigma does not know never counts.");

    public static DiagnosticInfo BadCorrelation { get; } = Error("MRL2701", "Malformed correlation",
        """
        A correlation has a `type`, the `rules` it reads and a `timespan`. All types but `temporal` and `temporal_ordered` also have a
        `condition` of one bound (`gt`, `gte`, `lt`, `lte`, `eq`, `neq`) or of a lower and an upper one, with a `field` for the types that
        read values. What lacks these cannot alert, so it counts for no technique. A key that Sigma does not know is a warning: it is most
        likely a misspelt one, and nobody reads it.
        """, Correlations);

    public static DiagnosticInfo BadTimespan { get; } = Error("MRL2704", "Timespan cannot be read",
        """
        Sigma writes a timespan as a number and one of the units `s`, `m`, `h` and `d`. Many tools also know `w` for weeks, `M`
        for months and `y` for years, which are accepted here. Converters refuse anything else or read it as another time.
        """, Correlations);

    public static DiagnosticInfo BadFilter { get; } = Error("MRL2806", "Malformed filter",
        """
        A filter lists the `rules` that it narrows, by `id` or `name`; `any` stands for every rule that its log source covers. Merlon takes a
        filter without `rules` for one of every rule, other tools refuse it: say which is meant.
        """, "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-filters-specification.md");

    public static ImmutableArray<DiagnosticInfo> All { get; } =
    [
        NotAMap, MissingTitle, WrongType, MissingLogSource, MissingDetection, UnknownAction, MissingCondition,
        ConditionSyntax, UnknownSelection, SelectorOfNothing, BadSelection, UnknownModifier, MisfitModifier, MisplacedModifier, UnknownStatus, UnknownLevel, BadCorrelation, BadTimespan, BadFilter,
    ];

    private static DiagnosticInfo Error(string id, string title, string rationale, string source = Specification) =>
        new() { Id = id, Title = title, Severity = Severity.Error, Rationale = rationale, Source = source };
}
