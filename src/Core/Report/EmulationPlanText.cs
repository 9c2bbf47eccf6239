using System.Globalization;
using System.Text;
using Merlon.Core.Coverage;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Emulation.Plan;

namespace Merlon.Core.Report;

/// <summary>A plan for people, and the sentences that it shares with its page.</summary>
internal static class EmulationPlanText
{
    public static string Write(EmulationPlan plan)
    {
        StringBuilder text = new();
        foreach (var test in plan.Tests)
        {
            text.Append(CultureInfo.InvariantCulture, $"{test.Order,3} {test.Technique?.Id ?? test.Test.Technique,-9} {test.Test.Id} {Printable.Text(test.Test.Name)}\n");
            text.Append($"    {test.Test.Library.Name}; {Printable.Text(Needs(test.Test))}\n");
            text.Append($"    for {string.Join(", ", test.For.Select(For))}\n");
            text.Append($"    {Printable.Text(Expected(test))}\n");
        }
        foreach (var one in plan.NotPlanned)
            text.Append($"  - {one.Technique.Id,-9} {Printable.Text(one.Technique.Name)}: {Why(one, plan.Options)}\n");
        return text.Append($"{Summary(plan)}\n").ToString();
    }

    /// <summary><c>12 tests for 9 of 14 techniques, 2 approximate; …</c></summary>
    public static string Summary(EmulationPlan plan)
    {
        var planned = plan.Techniques - plan.NotPlanned.Length;
        var approximate = plan.Tests.Count(test => test.IsApproximate);
        List<string> parts =
        [
            string.Create(CultureInfo.InvariantCulture, $"{VerdictParts.Count(plan.Tests.Length, "test", "tests")} for {planned} of {VerdictParts.Count(plan.Techniques, "technique", "techniques")}{(plan.Options.Scope == PlanScope.All ? " in scope" : plan.Options.Scope == PlanScope.Gaps ? " not covered" : " claimed by rules")}"),
        ];
        if (approximate > 0)
            parts.Add($"{VerdictParts.Count(approximate, "test", "tests")} approximate");
        if (plan.Beyond > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{plan.Beyond} more beyond {plan.Options.MaxPerTechnique} for a technique"));
        return string.Join("; ", parts);
    }

    /// <summary>What a test runs on and needs.</summary>
    public static string Needs(EmulationTest test)
    {
        List<string> parts = [test.Platforms is { } platforms ? string.Join(", ", platforms) : "platform not stated", string.Join(", ", test.Executors)];
        if (test.NeedsElevation == true)
            parts.Add("elevated");
        if (test.NeedsDownload == true)
            parts.Add("download");
        if (test.HasCleanup == false)
            parts.Add("no cleanup");
        return string.Join("; ", parts);
    }

    /// <summary><c>T1003 (approximate: of a sub-technique)</c></summary>
    public static string For(PlannedFor one) => $"{one.Technique.Id}{(one.Match, one.IsNamed) switch
    {
        (TestMatch.Exact, false) => "",
        (TestMatch.Exact, true) => " (named by a rule)",
        (TestMatch.Parent, false) => " (approximate: of its parent)",
        (TestMatch.Parent, true) => " (approximate: of its parent, named by a rule)",
        (TestMatch.Child, false) => " (approximate: of a sub-technique)",
        (TestMatch.Child, true) => " (approximate: of a sub-technique, named by a rule)",
        _ => " (approximate: of another technique, named by a rule)",
    }}";

    /// <summary>Which rules should alert.</summary>
    public static string Expected(PlannedTest test) => test.Rules.IsEmpty ? "no rule should alert"
        : $"should alert: {string.Join(", ", test.Rules.Select(expected => $"{expected.Rule.Title}{(expected.IsNamed ? " (names it)" : expected.Level < Level.Deployable ? " (claimed only)" : "")}"))}";

    public static string Why(NotPlanned one, PlanOptions options) => one.Reasons.IsEmpty ? "no test" : string.Join(", ", one.Reasons.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Tests} {Why(reason.Reason, options)}")));

    private static string Why(Unsuitable reason, PlanOptions options) => reason switch
    {
        Unsuitable.Manual => "manual",
        Unsuitable.Platform => "on other platforms",
        Unsuitable.Elevation => options.Elevated == true ? "without elevation" : "elevated",
        Unsuitable.Download => "with a download",
        _ => "of which the library does not say enough",
    };
}
