using System.Collections.Immutable;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A file of a plan.</summary>
/// <param name="Text">Null where the plan has nothing for it.</param>
internal sealed record PlanFile(string Name, string? Text);

/// <summary>All that a plan is written as.</summary>
internal static class EmulationPlanFiles
{
    private const string Json = "plan.json", Page = "plan.md", Script = "plan.ps1", Schedule = "schedule.csv", Adversary = "adversary.yml";

    public static ImmutableArray<string> Names { get; } = [Json, Page, Script, Schedule, Adversary];

    /// <param name="result">Of a plan that could be made.</param>
    /// <param name="isPrivate">Whether the page shows every actor by name.</param>
    public static ImmutableArray<PlanFile> Of(EmulationPlanResult result, bool isPrivate)
    {
        var (plan, snapshot) = (result.Plan!, result.Snapshot!); // it could be made
        var program = snapshot.Config.Name;
        var hasAtomics = plan.Of(LibraryKind.AtomicRedTeam).Any();
        return
        [
            new(Json, EmulationPlanJson.Write(plan, snapshot)),
            new(Page, EmulationPlanMarkdown.Write(plan, snapshot, isPrivate ? PublishedNames.Private : EmulationPlanMarkdown.NamesOf(result.Coverage, snapshot))),
            new(Script, hasAtomics ? EmulationScript.Write(plan, program) : null),
            new(Schedule, hasAtomics ? EmulationSchedule.Write(plan) : null),
            new(Adversary, plan.Tests.Any(CalderaAdversary.IsIn) ? CalderaAdversary.Write(plan, program) : null),
        ];
    }
}
