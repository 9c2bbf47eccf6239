using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A trend as JSON. A point whose commit cannot be measured has a reason and no actors.</summary>
internal static class TrendJson
{
    public static string Write(Trend trend) => JsonReport.Write(trend.Config, trend.Date, json =>
    {
        json.WriteString("measuredBy", trend.IsOwn ? "own" : "today");
        json.WriteBoolean("hasOlder", trend.HasOlder);
        json.WriteStartArray("points");
        foreach (var point in trend.Points)
            WritePoint(json, point);
        json.WriteEndArray();
    });

    private static void WritePoint(Utf8JsonWriter json, TrendPoint point)
    {
        json.WriteStartObject();
        json.WriteString("commit", point.Commit.Id);
        json.WriteString("date", $"{point.Day:yyyy-MM-dd}");
        json.WriteString("ref", point.Tag);
        json.WriteString("subject", point.Commit.Subject);
        json.WriteString("release", point.Release);
        json.WriteString("definition", point.Definition);
        json.WriteNumber("unreadable", point.Unreadable);
        json.WriteString("reason", point.Defect?.Message);
        WriteNumbers(json, "actors", point, isUnion: false);
        WriteNumbers(json, "unions", point, isUnion: true);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, TrendPoint point, bool isUnion)
    {
        json.WriteStartArray(name);
        foreach (var number in point.Numbers.Where(number => number.IsUnion == isUnion))
        {
            json.WriteStartObject();
            json.WriteString("name", number.Name);
            json.WriteString("domain", number.Domain.Name);
            JsonReport.WriteRatio(json, number.Covered);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
