using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Actors;

/// <summary>Findings about actor profiles and exclusions.</summary>
internal static class ActorDiagnostics
{
    public static DiagnosticInfo UnknownKey { get; } = Info("MRL4001", "Unknown key in an actor profile", Severity.Error,
        "A misspelt key would be a setting that silently does not hold. docs/profiles.md lists the keys.");

    public static DiagnosticInfo BadValue { get; } = Info("MRL4002", "Value in an actor profile cannot be used", Severity.Error,
        "Each key has its type and range; docs/profiles.md lists them. A profile with such a value is not measured as written, so the run fails.");

    public static DiagnosticInfo MissingKey { get; } = Info("MRL4003", "Key is missing in an actor profile", Severity.Error,
        "A profile has a name; an exclusion has an id, a kind and a reason.");

    public static DiagnosticInfo UnknownObject { get; } = Info("MRL4004", "Profile names an id that the ATT&CK release does not have", Severity.Error,
        "The profile would be smaller than its writer thinks, and coverage better than it is.");

    public static DiagnosticInfo RevokedObject { get; } = Info("MRL4005", "Profile names a revoked id", Severity.Warning,
        "ATT&CK replaced the object. The replacement is what is measured; write its id, or let `merlon lint --fix` do it.");

    public static DiagnosticInfo DeprecatedObject { get; } = Info("MRL4006", "Profile names a deprecated id", Severity.Warning,
        "ATT&CK no longer maintains the object and names no replacement. It is left out of the measurement; remove it.");

    public static DiagnosticInfo DuplicateName { get; } = Info("MRL4007", "Two profiles have one name", Severity.Error,
        "Outputs and commands name actors by their profile's name, so it must be unique without regard to case.");

    public static DiagnosticInfo ExpiredExclusion { get; } = Info("MRL4008", "Exclusion has expired", Severity.Error,
        "After its last day an exclusion no longer applies: the technique is back in the denominator. Detect it, or decide again and write a new day.");

    public static DiagnosticInfo ExpiringExclusion { get; } = Info("MRL4009", "Exclusion expires within 30 days", Severity.Info,
        "When it does, the technique comes back into the denominator and coverage falls.");

    public static DiagnosticInfo UselessExclusion { get; } = Info("MRL4010", "Exclusion of a technique that the actor does not use", Severity.Warning,
        "It changes nothing today and hides the technique on the day that the actor starts to use it. Remove it.");

    public static DiagnosticInfo EmptyProfile { get; } = Info("MRL4011", "Profile has no techniques", Severity.Error,
        "Nothing is measured and no floor can fail. Cite a group, software or a campaign in `from`, or list techniques.");

    public static ShapeDiagnostics Shape { get; } = new(UnknownKey, BadValue, MissingKey);

    public static ImmutableArray<DiagnosticInfo> All { get; } =
    [
        UnknownKey, BadValue, MissingKey, UnknownObject, RevokedObject, DeprecatedObject, DuplicateName, ExpiredExclusion, ExpiringExclusion, UselessExclusion, EmptyProfile, ActorChoice.UnknownActor, .. Reviews.All, .. Import.ImportDiagnostics.All,
    ];

    private static DiagnosticInfo Info(string id, string title, Severity severity, string rationale) =>
        new() { Id = id, Title = title, Severity = severity, Rationale = rationale };
}
