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

    public static ImmutableArray<DiagnosticInfo> All { get; } = [BelowTarget, Uncounted, SmallFloor, NothingMeasured];
}
