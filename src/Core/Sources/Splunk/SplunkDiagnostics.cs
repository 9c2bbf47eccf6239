using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Splunk;

/// <summary>Findings that only exports of Splunk can have.</summary>
internal static class SplunkDiagnostics
{
    public static DiagnosticInfo MissingPage { get; } = new()
    {
        Id = "MRL1110",
        Title = "Export lacks a page",
        Severity = Severity.Error,
        Rationale = """
            Splunk gives lists by pages, thirty entries to a page unless the request says otherwise, and every page tells how many
            entries there are. Searches on pages that are not in the file would count for nothing, so the gate fails. Ask with
            `count=0` for all of them, or put all pages into the file.
            """,
        Source = "https://help.splunk.com/en/splunk-enterprise/leverage-rest-apis/rest-api-reference",
    };

    public static ImmutableArray<DiagnosticInfo> All { get; } = [MissingPage];
}
