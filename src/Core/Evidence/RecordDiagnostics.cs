using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Evidence;

/// <summary>Findings about validation records.</summary>
internal static class RecordDiagnostics
{
    public static DiagnosticInfo UnknownKey { get; } = Info("MRL6020", "Unknown key in a validation record", Severity.Error,
        "A misspelt key would be a fact that nobody reads. docs/emulation.md lists the keys.");

    public static DiagnosticInfo BadValue { get; } = Info("MRL6021", "Value in a validation record cannot be used", Severity.Error,
        "Each key has its form; docs/emulation.md lists them. A file with such a value counts for nothing, and its misses would be forgotten, so the run fails.");

    public static DiagnosticInfo MissingKey { get; } = Info("MRL6022", "Key is missing in a validation record", Severity.Error,
        "A file has an exercise, its day and results; a result has a technique and an outcome, and with a rule the hash of its content.");

    public static DiagnosticInfo UnknownRule { get; } = Info("MRL6023", "Validation record of a rule that is not here", Severity.Warning,
        "The rule was removed, has another id, or is not valid. The record says nothing about the rules that there are.");

    public static DiagnosticInfo Void { get; } = Info("MRL6024", "Validation record of other content than the rule has", Severity.Warning,
        """
        The rule's log source, detection or filters changed after the exercise, so nobody has seen this rule alert. The record validates nothing;
        run the tests again. A rule that missed a test stays demoted until a newer record all the same: that it is mended is what a record shows.
        """);

    public static DiagnosticInfo Expired { get; } = Info("MRL6025", "Validation record has expired", Severity.Warning,
        "It is older than `validation.maxAge`: agents, parsers and log settings have changed since. Run the tests again.");

    public static DiagnosticInfo Expiring { get; } = Info("MRL6026", "Validation record expires within 30 days", Severity.Info,
        "When it does, the technique is no longer validated. Plan the next exercise.");

    public static DiagnosticInfo ByHand { get; } = Info("MRL6027", "Validation record written by hand is not counted", Severity.Warning,
        "No log stands behind it. `validation.hand: true` lets such records count.");

    public static DiagnosticInfo UnknownTechnique { get; } = Info("MRL6028", "Validation record names an id that the ATT&CK release does not have", Severity.Warning,
        "What is not in the pinned release cannot be validated. A revoked id stands for its final replacement.");

    public static DiagnosticInfo Duplicate { get; } = Info("MRL6029", "Validation record stands twice", Severity.Warning,
        "Two results of one exercise tell of the same rule, technique, test and host. Keep the one that is true.");

    public static DiagnosticInfo Future { get; } = Info("MRL6030", "Validation record of a day to come", Severity.Warning,
        "It would hold longer than `validation.maxAge` allows, so it does not count before its day.");

    public static ShapeDiagnostics Shape { get; } = new(UnknownKey, BadValue, MissingKey);

    public static ImmutableArray<DiagnosticInfo> All { get; } =
        [UnknownKey, BadValue, MissingKey, UnknownRule, Void, Expired, Expiring, ByHand, UnknownTechnique, Duplicate, Future];

    private static DiagnosticInfo Info(string id, string title, Severity severity, string rationale) =>
        new() { Id = id, Title = title, Severity = severity, Rationale = rationale };
}
