using System.Text;
using Merlon.Core.Coverage;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>Coverage for people: each actor's line and its tactics with bars.</summary>
internal static class CoverageText
{
    private const int BarLength = 10;

    public static string Write(Snapshot snapshot)
    {
        StringBuilder text = new();
        foreach (var coverage in snapshot.Coverage)
        {
            if (coverage.Actors.IsEmpty)
                text.Append("no actors: write a profile below actors/, or name a group with --actor\n");
            foreach (var actor in coverage.Actors.Concat(coverage is { Actors.Length: > 1, Union: { } union } ? [union] : []))
                Append(text, actor, snapshot.Config.Inventory is not null);
        }
        if (snapshot.Untagged > 0)
            text.Append($"{snapshot.Untagged} valid {(snapshot.Untagged == 1 ? "rule has" : "rules have")} no technique tag\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, ActorCoverage actor, bool knowsTelemetry)
    {
        text.Append($"{Printable.Text(CoverageLine.Of(actor, knowsTelemetry))}\n");
        var rows = actor.Tactics.ToArray();
        var width = rows.Select(row => Printable.Text(row.Tactic.Name).Length).DefaultIfEmpty().Max();
        foreach (var (tactic, covered) in rows)
        {
            var filled = covered.Covered * BarLength / covered.Total;
            text.Append($"  {Printable.Text(tactic.Name).PadRight(width)}  {covered,7}  {covered.Percent,6}  {new string('█', filled)}{new string('░', BarLength - filled)}\n");
        }
        text.Append('\n');
    }
}
