using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Tables;

/// <summary>Findings of reading rules by a map.</summary>
internal static class TableDiagnostics
{
    public static DiagnosticInfo NothingThere { get; } = new()
    {
        Id = "MRL1131",
        Title = "Map names a place that no record has",
        Severity = Severity.Error,
        Rationale = """
            A misspelt column would be a silent zero: rules without techniques, or rules whose status nobody asks. Where a column or
            path may be absent from all records, a `?` behind its name says so: `tests?`.
            """,
    };

    public static ImmutableArray<DiagnosticInfo> All { get; } = [NothingThere];
}
