using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

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

    /// <summary>All that a correlation may have.</summary>
    public static ImmutableArray<string> PartsOfCorrelation { get; } = [.. CorrelationParts, "group-by", "aliases", "condition", "generate"];

    /// <summary>How a correlation may compare, the lower ends of a range first.</summary>
    public static ImmutableArray<string> CorrelationOperators { get; } = ["gt", "gte", "lt", "lte", "eq", "neq"];

    public static ImmutableArray<string> CorrelationTypes { get; } =
        ["event_count", "value_count", "temporal", "temporal_ordered", "value_sum", "value_avg", "value_percentile", "value_median"];

    /// <summary>Writes a word as Sigma does when it is one in another case. Readers that take any case read the same word.</summary>
    public static Fix? InTheirCase(YamlScalar scalar, ImmutableArray<string> words) =>
        words.FirstOrDefault(word => word.Equals(scalar.Value, StringComparison.OrdinalIgnoreCase)) is { } meant && scalar.EditTo(meant) is { } edit
            ? new($"Write '{meant}'", IsSafe: true, edit) : null;
}
