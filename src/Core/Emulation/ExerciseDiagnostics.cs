using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Emulation;

/// <summary>Findings about the logs and alerts of an exercise.</summary>
internal static class ExerciseDiagnostics
{
    public static DiagnosticInfo Unreadable { get; } = Info("MRL6040", "File of an exercise cannot be read", Severity.Error,
        """
        A log is the CSV of Invoke-AtomicRedTeam, ATTiRe 1.1, or an operation report or event log of Caldera; alerts are JSON lines or CSV. A file that
        is none of these, is damaged or exceeds a limit is refused as a whole: of half an exercise every other test would look missed.
        """);

    public static DiagnosticInfo NoExecution { get; } = Info("MRL6041", "Exercise has no test", Severity.Error,
        "The logs list no test that could be recorded. A run that only checks prerequisites, for one, leaves such a log.");

    public static DiagnosticInfo LeftOut { get; } = Info("MRL6042", "Part of an exercise is left out", Severity.Warning,
        "A row without a time or a name, or one that names something else than it should, cannot be matched. What it stands for is not recorded.");

    public static DiagnosticInfo UnknownRule { get; } = Info("MRL6043", "Alert names no rule of the program", Severity.Warning,
        "An alert names a rule by its id or its exact title. Alerts of other rules, and of a title that several rules have, validate nothing.");

    public static DiagnosticInfo RuleWithoutId { get; } = Info("MRL6044", "Rule that alerted cannot be recorded", Severity.Warning,
        "A record names a rule by its id and keeps the hash of its content. A rule without an id, or one that is not valid, has no record.");

    public static DiagnosticInfo BadColumns { get; } = Info("MRL6045", "Alerts lack a column", Severity.Error,
        "Each alert has a time and a rule; on an exercise with several hosts it needs a host as well. `--columns time=_time,rule=search_name,host=dest` says what the columns are called.");

    public static DiagnosticInfo UnknownTechnique { get; } = Info("MRL6046", "Test of an exercise has no known technique", Severity.Warning,
        "A record names a technique of the pinned ATT&CK release. Without one the test stands in the report alone, and only a rule that names the test is matched with it.");

    public static DiagnosticInfo NoiseUnknown { get; } = Info("MRL6047", "Alerts begin with the exercise", Severity.Info,
        "Whether a rule alerts without any test can be told only from alerts before the first one: export as much time before the exercise as it lasted.");

    public static DiagnosticInfo UnknownHost { get; } = Info("MRL6048", "Alerts without a host in an exercise of several", Severity.Warning,
        "Which of the hosts they are about cannot be told, so they validate nothing.");

    public static DiagnosticInfo BadAlias { get; } = Info("MRL6049", "Alias of a host cannot be used", Severity.Error,
        "`--host-alias HOST=ALIAS` names a host of the exercise, and each host has an alias of its own.");

    public static ImmutableArray<DiagnosticInfo> All { get; } =
        [Unreadable, NoExecution, LeftOut, UnknownRule, RuleWithoutId, BadColumns, UnknownTechnique, NoiseUnknown, UnknownHost, BadAlias];

    private static DiagnosticInfo Info(string id, string title, Severity severity, string rationale) =>
        new() { Id = id, Title = title, Severity = severity, Rationale = rationale };
}
