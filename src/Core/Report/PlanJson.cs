using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A plan as JSON: the same keys as in YAML.</summary>
internal static class PlanJson
{
    public static string Write(PlanResult plan) => JsonReport.Write(plan.Snapshot, PlanDocument.Of(plan).WriteMembers);
}
