using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Matching;

/// <summary>Findings of reading events and the names of their fields.</summary>
internal static class MatchingDiagnostics
{
    public static DiagnosticInfo BadEvent { get; } = Error("MRL6080", "Event cannot be read",
        "A file of events holds JSON: one value, a list of them, one on each line, or one after another. An event that is broken is left out, and what was to be shown with it is not shown.");

    public static DiagnosticInfo NotAnEvent { get; } = Error("MRL6081", "JSON value is not an event",
        "An event is a map of names to values, or a text that stands for a whole line of a log. Rules have nothing to compare in a number or a list.");

    public static DiagnosticInfo TooLarge { get; } = Error("MRL6082", "Events exceed a limit",
        "Size, number and depth of events are limited, so that a file of events cannot exhaust the machine that checks it. Cut out the events that the test is about.");

    public static DiagnosticInfo NoEvents { get; } = Error("MRL6083", "File has no events",
        "A file without events shows nothing: neither that a rule matches nor that it does not.");

    public static DiagnosticInfo UnknownMappingKey { get; } = Error("MRL6084", "Unknown key in field mappings",
        "A misspelt key would leave the fields of a log source without their names, so that rules match nothing in it.");

    public static DiagnosticInfo BadMapping { get; } = Error("MRL6085", "Field mappings cannot be read",
        "Field mappings say what the fields of Sigma's taxonomy are called in the events of a log source: a list `mappings` of maps with `product`, `category` and `service` (or some of them) and `fields`.");

    public static DiagnosticInfo MissingMappingKey { get; } = Error("MRL6086", "Key of field mappings is missing",
        "Field mappings without `mappings` or `fields` name nothing.");

    public static ShapeDiagnostics MappingShape { get; } = new(UnknownMappingKey, BadMapping, MissingMappingKey);

    public static ImmutableArray<DiagnosticInfo> All { get; } = [BadEvent, NotAnEvent, TooLarge, NoEvents, UnknownMappingKey, BadMapping, MissingMappingKey];

    private static DiagnosticInfo Error(string id, string title, string rationale) => new()
    {
        Id = id,
        Title = title,
        Severity = Severity.Error,
        Rationale = rationale,
    };
}
