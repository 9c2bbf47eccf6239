using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Gate;

/// <summary>What the gate finds.</summary>
internal static class GateDiagnostics
{
    public static DiagnosticInfo BelowTarget { get; } = new()
    {
        Id = "MRL5001",
        Title = "Coverage is below target",
        Severity = Severity.Error,
        Rationale = """
            A floor of a profile or of `merlon.yml` is not reached, or a technique that a profile requires is below the gate's
            level. The message has the numerator and the denominator; `merlon gaps` lists what is missing and `merlon why`
            says what each near rule lacks.
            """,
    };

    public static DiagnosticInfo ClaimLost { get; } = new()
    {
        Id = "MRL5002",
        Title = "Detection of a technique is lost",
        Severity = Severity.Warning,
        Rationale = """
            The gate's proof held for this technique at the base and does not any more, because of what this change does to
            rules or to what is collected. It is an error where a floor that it counts in is not reached, or always with
            `gate.regression: any`. To retire a rule on purpose, accept the gap in the profile (`exclude`, `kind: accepted`).
            """,
    };

    public static DiagnosticInfo LastRule { get; } = new()
    {
        Id = "MRL5004",
        Title = "Technique is left with one rule on a platform",
        Severity = Severity.Warning,
        Rationale = """
            Several rules covered the technique there, and this change leaves one. Nothing is lost yet; the next removal
            loses it.
            """,
    };

    public static DiagnosticInfo NoBase { get; } = new()
    {
        Id = "MRL5005",
        Title = "There is nothing to compare with",
        Severity = Severity.Warning,
        Rationale = """
            Losses and a weakened policy are only seen in comparison with the base. Floors hold all the same. In a pipeline
            this is an error: a checkout of one commit would otherwise pass whatever it lost. The message has the command that
            fetches what is missing. Where no comparison is wanted, set `gate.regression: off` and `gate.policy: head`.
            """,
    };

    public static DiagnosticInfo WeakenedPolicy { get; } = new()
    {
        Id = "MRL5006",
        Title = "Change passes only under a policy that it weakened itself",
        Severity = Severity.Error,
        Rationale = """
            Head is judged under its own policy and under the base's. Under the base's it fails, so the lines that weaken the
            policy need the eyes of somebody who may decide that: `--accept-policy` says that they have had them.
            """,
    };

    public static DiagnosticInfo Uncounted { get; } = new()
    {
        Id = "MRL5003",
        Title = "Rule cannot be read and is not counted",
        Severity = Severity.Error,
        Rationale = """
            A file that cannot be read counts as covering nothing. The gate fails by its name, even where the numbers still
            hold: nobody knows what the rule would have detected.
            """,
    };

    public static DiagnosticInfo SmallFloor { get; } = new()
    {
        Id = "MRL5007",
        Title = "Floor on fewer than five techniques",
        Severity = Severity.Info,
        Rationale = """
            One technique more or less moves such a percentage by 20 points or more. Require the techniques by name instead.
            """,
    };

    public static DiagnosticInfo NothingMeasured { get; } = new()
    {
        Id = "MRL5008",
        Title = "Floor on nothing",
        Severity = Severity.Warning,
        Rationale = """
            No technique is in the floor's denominator, so it can neither pass nor fail. Remove it, or look at the scope.
            """,
    };

    public static DiagnosticInfo UnreadableRatchet { get; } = new()
    {
        Id = "MRL5009",
        Title = "Coverage baseline cannot be read",
        Severity = Severity.Error,
        Rationale = """
            The file of `gate.baseline` holds claims that must not be lost, one a line, as `merlon gate --write-baseline` writes
            them. A merge that went wrong leaves other lines in it.
            """,
    };

    public static DiagnosticInfo OtherDefinition { get; } = new()
    {
        Id = "MRL5010",
        Title = "Coverage baseline was written under another definition",
        Severity = Severity.Error,
        Rationale = """
            Level, roll-up, platforms, statuses or the ATT&CK release have changed since, so nobody can tell what was lost from
            what is merely counted otherwise. Write the file again with the change that caused it.
            """,
    };

    public static ImmutableArray<DiagnosticInfo> All { get; } = [BelowTarget, ClaimLost, Uncounted, LastRule, NoBase, WeakenedPolicy, SmallFloor, NothingMeasured, UnreadableRatchet, OtherDefinition];
}
