using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Plan;

/// <summary>What can be wrong with a plan that is to be written again.</summary>
internal static class PlanDiagnostics
{
    public static ImmutableArray<DiagnosticInfo> All => [NoPlan];

    public static DiagnosticInfo NoPlan { get; } = new()
    {
        Id = "MRL8201",
        Title = "File is no plan that could be written again",
        Severity = Severity.Error,
        Rationale = """
            'merlon plan -o FILE' keeps what people wrote into FILE: owners, states, notes and keys of their own. Of a file that it cannot read
            it would lose them, so it writes nothing.
            """,
    };
}
