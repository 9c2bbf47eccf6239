using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A trend for a terminal: the commits at which something changes, or all tags.</summary>
internal static class TrendText
{
    private const int MaxName = 20;
    private const int MaxSubject = 60;

    public static string Write(Trend trend, bool isColoured)
    {
        var series = TrendSeries.Of(trend);
        StringBuilder text = new($"{Title(trend)}\n");
        var shown = Enumerable.Range(0, trend.Points.Length).Where(at => at == 0 || at == trend.Points.Length - 1 || trend.Points[at].Tag is not null || IsChange(trend.Points[at - 1], trend.Points[at])).ToArray();
        if (shown.Length > 0)
        {
            List<(string Text, Severity? Colour)[]> rows = [[("date", null), (trend.Points[0].Tag is null ? "commit" : "tag", null), .. series.Select(one => (Cut(one.Label, MaxName), (Severity?)null)), ("", null)]];
            rows.AddRange(shown.Select(at => Row(trend, series, at)));
            text.Append('\n');
            Append(text, rows, isColoured);
        }
        if (shown.Length < trend.Points.Length)
            text.Append(CultureInfo.InvariantCulture, $"\n{Count(trend.Points.Length - shown.Length, "commit")} without a change {(trend.Points.Length - shown.Length == 1 ? "is" : "are")} not listed\n");
        if (trend.HasOlder)
            text.Append("\nthere is more history; --max takes more of it\n");
        return text.ToString();
    }

    /// <summary>What is measured, and by what, on one line.</summary>
    public static string Title(Trend trend) => $"{Count(trend.Points.Length, trend.Points is [{ Tag: not null }, ..] ? "tag" : "commit")}{Days(trend)}, {(trend.IsOwn ? "each by its own definition"
        : $"all by today's definition: {trend.Config.Definition.Level.Name}, ATT&CK {trend.Config.Releases[0].Name}, {trend.Config.Definition.RollUp}")}";

    private static string Days(Trend trend) => trend.Points.IsEmpty ? "" : $" from {trend.Points[0].Day:yyyy-MM-dd} to {trend.Points[^1].Day:yyyy-MM-dd}";

    private static (string, Severity?)[] Row(Trend trend, ImmutableArray<TrendSeries> series, int at)
    {
        var point = trend.Points[at];
        return [($"{point.Day:yyyy-MM-dd}", null), (Cut(Printable.Text(point.Tag ?? point.Commit.ShortId), MaxSubject), null), .. series.Select(one => Cell(one, at)), (Note(trend, at), null)];
    }

    private static (string, Severity?) Cell(TrendSeries series, int at)
    {
        if (series.Numbers[at] is not { Covered: var covered })
            return ("-", null);
        var before = at - 1;
        while (before >= 0 && series.Numbers[before] is null)
            before--;
        if (before < 0 || series.Numbers[before]!.Covered is var last && last == covered) // not null where the loop ended
            return (covered.Percent, null);
        if (last.PerMille is not { } from || covered.PerMille is not { } to)
            return ($"{covered.Percent} *", null);
        var change = to - from;
        return (string.Create(CultureInfo.InvariantCulture, $"{covered.Percent} {(change < 0 ? '-' : '+')}{Math.Abs(change) / 10}.{Math.Abs(change) % 10}"), change < 0 ? Severity.Error : change > 0 ? Severity.Info : null);
    }

    private static string Note(Trend trend, int at)
    {
        var point = trend.Points[at];
        if (point.Defect is { } defect)
            return $"not measured: {Printable.Text(defect.Message)}";
        List<string> parts = [];
        if (TrendMarks.At(trend, at) is { } mark)
            parts.Add(mark);
        if (point.Unreadable > 0)
            parts.Add($"{Count(point.Unreadable, "file")} not readable");
        parts.Add(Cut(Printable.Text(point.Commit.Subject), MaxSubject));
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    /// <summary>Whether a point says something else than the one before it.</summary>
    public static bool IsChange(TrendPoint before, TrendPoint point) =>
        !before.Numbers.SequenceEqual(point.Numbers) || before.Release != point.Release || before.Definition != point.Definition
        || before.Unreadable != point.Unreadable || before.Defect?.Message != point.Defect?.Message;

    private static void Append(StringBuilder text, List<(string Text, Severity? Colour)[]> rows, bool isColoured)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => Terminal.WidthOf(row[column].Text))).ToArray();
        foreach (var row in rows)
        {
            StringBuilder line = new();
            for (var column = 0; column < row.Length; column++)
            {
                var (cell, colour) = row[column];
                line.Append(colour is { } severity ? Terminal.Colour(cell, severity, isColoured) : cell);
                if (column < row.Length - 1)
                    line.Append(' ', widths[column] - Terminal.WidthOf(cell) + 2);
            }
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }

    /// <summary>So many cells of a text, the last of them an ellipsis where there is more.</summary>
    public static string Cut(string text, int cells)
    {
        if (Terminal.WidthOf(text) <= cells)
            return text;
        StringBuilder cut = new();
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Terminal.WidthOf(rune);
            if (width >= cells)
                break;
            cut.Append(rune.ToString());
        }
        return cut.ToString().TrimEnd() + "…";
    }

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}
