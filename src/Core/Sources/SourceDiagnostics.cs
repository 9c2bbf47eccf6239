using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources;

/// <summary>Findings of connecting rules with each other.</summary>
internal static class SourceDiagnostics
{
    public static DiagnosticInfo UnknownCorrelatedRule { get; } = new()
    {
        Id = "MRL2702",
        Title = "Correlation names a rule that does not exist",
        Severity = Severity.Error,
        Rationale = """
            A correlation that reads a missing rule never alerts, or alerts on less than it says, so it counts for nothing.
            Rules are cited by `id` or `name` and must be among the rules that the same `merlon.yml` reads.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-correlation-rules-specification.md",
    };

    public static DiagnosticInfo CorrelationCircle { get; } = new()
    {
        Id = "MRL2703",
        Title = "Correlation reads itself",
        Severity = Severity.Error,
        Rationale = """
            Correlations may read other correlations, but where one reads itself, directly or through others, none of them ever
            alerts. They count for nothing until one reference is removed.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-correlation-rules-specification.md",
    };

    public static DiagnosticInfo UnknownFilteredRule { get; } = new()
    {
        Id = "MRL2801",
        Title = "Filter names a rule that does not exist",
        Severity = Severity.Error,
        Rationale = """
            While the filter names no rule, the false positives that it should drop remain alerts. Rules are cited by `id` or `name`
            and must be among the rules that the same `merlon.yml` reads.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-filters-specification.md",
    };

    public static ImmutableArray<DiagnosticInfo> All { get; } =
        [UnknownCorrelatedRule, CorrelationCircle, UnknownFilteredRule];
}
