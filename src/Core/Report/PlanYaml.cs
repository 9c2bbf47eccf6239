using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A plan as the file that people work in.</summary>
internal static class PlanYaml
{
    private const string Comment = "Written by 'merlon plan'. Fill in owner, status and note, and add keys of your own: the next run with -o keeps them. All else is written anew.";

    public static string Write(PlanResult plan) => YamlReport.Write(PlanDocument.Of(plan), Comment);
}
