using System.Globalization;
using System.Text;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Emulation.Plan;

namespace Merlon.Core.Report;

/// <summary>A plan's tests of Atomic Red Team as a schedule for AtomicRunner, in its columns: <c>Invoke-AtomicRunner -listOfAtomics</c> reads it.</summary>
internal static class EmulationSchedule
{
    private const int TimeoutSeconds = 120;

    public static string Write(EmulationPlan plan)
    {
        StringBuilder text = new("Order,Technique,TestName,auto_generated_guid,supported_platforms,TimeoutSeconds,InputArgs,AtomicsFolder,enabled,notes\n");
        foreach (var test in plan.Of(LibraryKind.AtomicRedTeam))
            text.AppendJoin(',', new[]
            {
                test.Order.ToString(CultureInfo.InvariantCulture), test.Test.Technique.ToString(), Printable.Text(test.Test.Name), test.Test.Id,
                string.Join('|', test.Test.PlatformWords), TimeoutSeconds.ToString(CultureInfo.InvariantCulture), "", "Public", "True",
                string.Join("; ", test.For.Select(one => $"{one.Technique.Id} {one.Match.Name}")),
            }.Select(Printable.Cell)).Append('\n');
        return text.ToString();
    }
}
