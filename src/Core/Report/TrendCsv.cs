using System.Globalization;
using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A trend for spreadsheets: a row for each point and actor, and one without an actor for a point that has no numbers.</summary>
internal static class TrendCsv
{
    private static readonly string[] Columns = ["date", "commit", "ref", "subject", "release", "definition", "unreadable", "actor", "domain", "techniques", "covered", "percent", "reason"];

    public static string Write(Trend trend)
    {
        StringBuilder text = new();
        text.AppendJoin(',', Columns).Append('\n');
        foreach (var point in trend.Points)
        {
            foreach (var number in point.Numbers)
                Append(text, point, [number.Name, number.Domain.Name, Write(number.Covered.Total), Write(number.Covered.Covered), number.Covered.PerMille is { } tenths ? $"{Write(tenths / 10)}.{Write(tenths % 10)}" : ""]);
            if (point.Numbers.IsEmpty)
                Append(text, point, ["", "", "", "", ""]);
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, TrendPoint point, string[] number) => text.AppendJoin(',', new[]
    {
        $"{point.Day:yyyy-MM-dd}", point.Commit.Id, point.Tag ?? "", point.Commit.Subject, point.Release ?? "", point.Definition ?? "", Write(point.Unreadable),
    }.Concat(number).Append(point.Defect?.Message ?? "").Select(Printable.Cell)).Append('\n');

    private static string Write(int number) => number.ToString(CultureInfo.InvariantCulture);
}
