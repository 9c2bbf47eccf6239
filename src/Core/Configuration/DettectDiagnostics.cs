using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Findings about DeTT&amp;CT's administration of data sources, read as a log source inventory.</summary>
internal static class DettectDiagnostics
{
    public static DiagnosticInfo Unreadable { get; } = new()
    {
        Id = "MRL8030",
        Title = "DeTT&CT file cannot be read",
        Severity = Severity.Error,
        Rationale = "An inventory is read from DeTT&CT's administration of data sources, versions 1.0 and 1.1. From another file, or a part of one, it would not be known what is collected.",
        Source = "https://github.com/rabobank-cdc/DeTTECT/wiki/Data-sources",
    };

    public static DiagnosticInfo Unmapped { get; } = new()
    {
        Id = "MRL8031",
        Title = "Data source of DeTT&CT has no Sigma log source",
        Severity = Severity.Warning,
        Rationale = "The data source is collected, but no Sigma log source is known that its product writes, so it makes no rule deployable. A logsources.yml can name what is collected in Sigma's words.",
        Source = "https://github.com/rabobank-cdc/DeTTECT/wiki/Data-sources",
    };

    public static DiagnosticInfo Unusable { get; } = new()
    {
        Id = "MRL8032",
        Title = "Value in a DeTT&CT file cannot be used",
        Severity = Severity.Warning,
        Rationale = "What cannot be understood of a data source is not taken for collected, so that no rule counts that may see nothing.",
        Source = "https://github.com/rabobank-cdc/DeTTECT/wiki/Data-quality",
    };

    /// <summary>For what is read within a data source.</summary>
    public static ShapeDiagnostics Shape { get; } = new(Unusable, Unusable, Unusable);

    public static ImmutableArray<DiagnosticInfo> All { get; } = [Unreadable, Unmapped, Unusable];
}
