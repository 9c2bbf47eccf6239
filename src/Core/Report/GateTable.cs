using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;

namespace Merlon.Core.Report;

/// <summary>A row for each actor, in columns of a terminal: what it was, what it is, what it should be.</summary>
internal static class GateTable
{
    private const string Between = "  ";

    public static string Write(Verdict verdict, bool isColoured)
    {
        StringBuilder text = new();
        string[][] rows = [.. verdict.Actors.Select(actor => Row(actor, verdict.HasBase))];
        if (rows is [])
            return "";
        string[][] all = [verdict.HasBase ? ["actor", "base", "head", "change", "target"] : ["actor", "coverage", "target"], .. rows];
        int[] widths = [.. Enumerable.Range(0, all[0].Length).Select(column => all.Max(row => Terminal.WidthOf(row[column])))];
        text.Append($"{Terminal.Dim(Line(all[0], widths), isColoured)}\n");
        foreach (var (row, actor) in rows.Zip(verdict.Actors))
            text.Append($"{Line(row, widths)}{(actor.IsBelow ? $" {Terminal.Colour("below", Severity.Error, isColoured)}" : "")}\n");
        return text.ToString();
    }

    private static string[] Row(ActorChange actor, bool hasBase)
    {
        var name = Printable.Text(VerdictParts.In(actor.Name, actor.Domain));
        var head = actor.Head?.Covered.WithPercent ?? "-";
        var target = actor.Target is { } set ? $"{set.Percent}%" : "";
        return hasBase ? [name, actor.Base?.Covered.WithPercent ?? "-", head, actor.Change, target] : [name, head, target];
    }

    private static string Line(string[] cells, int[] widths) =>
        string.Join(Between, cells.Zip(widths, (cell, width) => cell + new string(' ', width - Terminal.WidthOf(cell)))).TrimEnd();
}
