using System.Globalization;
using System.Text;
using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>How git and the SIEM differ, for people: both directions, then what runs otherwise than git has it.</summary>
internal static class DriftText
{
    public static string Write(Drift drift, bool isColoured)
    {
        StringBuilder text = new();
        Section(text, isColoured, "In git, not running", drift.NotDeployed.Select(rule => $"{Place(rule)} {rule.Title}: {WhyNot(rule)}"));
        Section(text, isColoured, "Running, not in git", drift.NotInGit.Select(rule => $"{Place(rule)} {rule.Title} ({rule.Source.Name})"));
        Section(text, isColoured, "Running, retired or broken in git", drift.StillRunning.Select(rule => $"{Place(rule)} {rule.Title}: {rule.Defect ?? $"status is {rule.Status}"}"));
        Section(text, isColoured, "Running with other techniques than in git", drift.Differing.Select(one => $"{Place(one.Place)} {one.Rule.Title}: {Difference(one)}"));
        text.Append(Summary(drift)).Append('\n');
        return text.ToString();
    }

    public static string Summary(Drift drift) => string.Create(CultureInfo.InvariantCulture,
        $"{Number(drift.Deployed, "Sigma rule")} running, {drift.NotDeployed.Length} not; {drift.NotInGit.Length} running and not in git")
        + (drift.StillRunning.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"; {drift.StillRunning.Length} running and retired or broken in git"))
        + (drift.Differing.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"; {drift.Differing.Length} with other techniques"));

    /// <summary>Why a Sigma rule does not run.</summary>
    public static string WhyNot(DetectionRule rule) => rule.Places is [var place, ..]
        ? string.Create(CultureInfo.InvariantCulture, $"{(rule.StateAnywhere == RuleState.Disabled ? "turned off" : "not scheduled")} in {place.Source.Name}, {place.Span.Path}({place.Span.Line})") : "no inventory has it";

    private static string Difference(TagDifference one) => string.Join("; ", new[]
    {
        one.OnlyInGit.IsEmpty ? "" : $"git has {string.Join(", ", one.OnlyInGit)}",
        one.OnlyInPlace.IsEmpty ? "" : $"{one.Place.Source.Name} has {string.Join(", ", one.OnlyInPlace)}",
    }.Where(part => part.Length > 0));

    private static void Section(StringBuilder text, bool isColoured, string heading, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length == 0)
            return;
        text.Append(Terminal.Bold(string.Create(CultureInfo.InvariantCulture, $"{heading}: {all.Length}"), isColoured)).Append('\n');
        foreach (var line in all)
            text.Append("  ").Append(Printable.Text(line)).Append('\n');
        text.Append('\n');
    }

    private static string Place(DetectionRule rule) => string.Create(CultureInfo.InvariantCulture, $"{rule.Span.Path}({rule.Span.Line})");

    private static string Number(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}
