using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors.Import;

/// <summary>Findings about files that a profile is made of.</summary>
internal static class ImportDiagnostics
{
    public static DiagnosticInfo Unreadable { get; } = Info("MRL4015", "File cannot be imported as an actor", Severity.Error,
        """
        An actor is imported from an ATT&CK Navigator layer (2.0 to 4.5), a STIX bundle, a MISP galaxy cluster, a CSV file with a column of
        technique ids, an emulation plan of the Center for Threat-Informed Defense, or a group administration of DeTT&CT; text is UTF-8 or UTF-16.
        A file that is none of these, or is damaged, is refused as a whole: half of an actor would be covered better than the actor is.
        """);

    public static DiagnosticInfo LeftOut { get; } = Info("MRL4016", "Part of an imported file is left out", Severity.Warning,
        "What has no technique id, or one that the pinned ATT&CK release lacks or no longer maintains, cannot be measured. The profile is smaller than the file by what is named here.");

    public static DiagnosticInfo Replaced { get; } = Info("MRL4017", "Imported technique was revoked", Severity.Info,
        "The file is older than the pinned ATT&CK release. Its final replacement is written into the profile.");

    public static DiagnosticInfo NoClaim { get; } = Info("MRL4018", "Entries of an imported layer claim nothing", Severity.Info,
        "An entry that is disabled, has score 0, or only opens the list of its sub-techniques does not say that the actor uses the technique.");

    public static DiagnosticInfo WhichActor { get; } = Info("MRL4019", "Imported file does not say which actor is meant", Severity.Error,
        "The file holds several actors, or none of the name that was asked for. --actor names one.");

    public static DiagnosticInfo UnknownTarget { get; } = Info("MRL4020", "No actor of a cluster attacks what was asked for", Severity.Error,
        "The words of a sector or country are compared with those of the clusters, without regard to case. A misspelt one would look like one that nobody attacks.");

    public static ImmutableArray<DiagnosticInfo> All { get; } = [Unreadable, LeftOut, Replaced, NoClaim, WhichActor, UnknownTarget];

    private static DiagnosticInfo Info(string id, string title, Severity severity, string rationale) =>
        new() { Id = id, Title = title, Severity = severity, Rationale = rationale };
}
