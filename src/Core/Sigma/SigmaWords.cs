using System.Collections.Immutable;

namespace Merlon.Core.Sigma;

/// <summary>The words that Sigma 2.1 allows, in its own order.</summary>
internal static class SigmaWords
{
    public static ImmutableArray<string> Statuses { get; } = ["stable", "test", "experimental", "deprecated", "unsupported"];

    /// <summary>From the least to the gravest.</summary>
    public static ImmutableArray<string> Levels { get; } = ["informational", "low", "medium", "high", "critical"];

    /// <summary>How one rule may relate to another. pySigma has <c>correlation</c> too.</summary>
    public static ImmutableArray<string> Relations { get; } = ["derived", "obsolete", "merged", "renamed", "similar", "correlation"];

    /// <summary>The keys at the top of any document, in the order of the specification.</summary>
    public static ImmutableArray<string> CommonKeys { get; } =
    [
        "title", "id", "name", "related", "taxonomy", "status", "description", "license", "references", "author", "date", "modified",
        "fields", "falsepositives", "level", "tags", "scope",
    ];

    private static ImmutableArray<string> RuleKeys { get; } = [.. CommonKeys, "logsource", "detection"];

    private static ImmutableArray<string> CorrelationKeys { get; } = [.. CommonKeys, "correlation", "generate"];

    private static ImmutableArray<string> FilterKeys { get; } = [.. CommonKeys, "logsource", "filter"];

    /// <summary>The keys at the top of a document that have a meaning. Sigma allows others, which have none.</summary>
    public static ImmutableArray<string> Keys(SigmaKind kind) => kind switch
    {
        SigmaKind.Correlation => CorrelationKeys,
        SigmaKind.Filter => FilterKeys,
        _ => RuleKeys,
    };

    /// <summary>What a correlation must have, whatever its type.</summary>
    public static ImmutableArray<string> CorrelationParts { get; } = ["type", "rules", "timespan"];

    public static ImmutableArray<string> CorrelationTypes { get; } =
        ["event_count", "value_count", "temporal", "temporal_ordered", "value_sum", "value_avg", "value_percentile", "value_median"];
}
