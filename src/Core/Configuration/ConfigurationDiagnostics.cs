using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Findings about merlon.yml and the files that it names. Each ends the run: a gate with half a configuration is no gate.</summary>
internal static class ConfigurationDiagnostics
{
    public static DiagnosticInfo UnknownKey { get; } = Error("MRL8001", "Unknown key in the configuration",
        "A misspelt key would be a setting that silently does not hold. docs/configuration.md lists the keys.");

    public static DiagnosticInfo BadValue { get; } = Error("MRL8002", "Value in the configuration cannot be used",
        "Each key has its type and range; docs/configuration.md lists them.");

    public static DiagnosticInfo MissingKey { get; } = Error("MRL8003", "Key is missing in the configuration",
        "The entry means nothing without it.");

    public static DiagnosticInfo UnmatchedPattern { get; } = Error("MRL8004", "Pattern matches no file",
        "A pattern that matches nothing is a moved folder or a typing error, and would measure less than its writer thinks.");

    public static DiagnosticInfo UnreadableFile { get; } = Error("MRL8005", "Configuration file cannot be read",
        "The file, or one that it names, is missing, is no YAML map or lies outside the repository.");

    public static ShapeDiagnostics Shape { get; } = new(UnknownKey, BadValue, MissingKey);

    public static ImmutableArray<DiagnosticInfo> All { get; } = [UnknownKey, BadValue, MissingKey, UnmatchedPattern, UnreadableFile];

    private static DiagnosticInfo Error(string id, string title, string rationale) =>
        new() { Id = id, Title = title, Severity = Severity.Error, Rationale = rationale };
}
