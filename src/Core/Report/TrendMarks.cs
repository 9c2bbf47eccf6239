using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>Where a trend begins to measure by something else: numbers on both sides cannot be compared.</summary>
internal static class TrendMarks
{
    /// <summary>What is other than at the last point before whose definition is known; null where nothing is.</summary>
    public static string? At(Trend trend, int at)
    {
        if (trend.Points[at] is not { Definition: { } definition, Release: var release })
            return null;
        var before = at - 1;
        while (before >= 0 && trend.Points[before].Definition is null)
            before--;
        return before < 0 || trend.Points[before].Definition == definition ? null
            : trend.Points[before].Release != release ? $"ATT&CK {Printable.Text(trend.Points[before].Release!)} → {Printable.Text(release!)}" // known with the definition
            : "definition changed";
    }
}
