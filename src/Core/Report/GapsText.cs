using System.Text;
using Merlon.Core.Coverage;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>One row for each gap, for people and for spreadsheets.</summary>
internal static class GapsText
{
    private static readonly string[] Columns = ["priority", "technique", "name", "tactics", "actors", "partial", "nearest", "lacks", "log source", "effort", "exposes"];

    public static string Write(Snapshot snapshot)
    {
        StringBuilder text = new();
        foreach (var gap in AllOf(snapshot))
        {
            var technique = gap.Technique;
            text.Append($"{gap.Priority.ToString().ToUpperInvariant(),-6} {technique.Id,-9} {Printable.Text(technique.Technique.Name)}{(technique.Scoped.Accepted is null ? "" : " (accepted)")}{(technique.Partial is { } partial ? $" ({partial.Covered} of {partial.Of} sub-techniques)" : "")}\n");
            text.Append($"       used by {Printable.Text(string.Join(", ", gap.Actors))}; {Printable.Text(string.Join(", ", technique.Technique.Tactics))}; effort {EffortOf(gap)}\n");
            if (gap.Near is [var near, ..])
                text.Append($"       nearest: {Printable.Text(near.Rule.Span.Path)}({near.Tag.Span.Line}) {Printable.Text(RuleName.Of(near.Rule))}: {Printable.Text(LackOf(near, gap))}\n");
            if (gap.LogSources is [var first, ..])
                text.Append($"       log source: {Printable.Text(first)}\n");
            if (ExposureOf(gap, snapshot) is { Length: > 0 } exposed)
                text.Append($"       exposes {Printable.Text(exposed)}\n");
        }
        return text.Length == 0 ? "no gaps\n" : text.ToString();
    }

    public static string WriteCsv(Snapshot snapshot)
    {
        StringBuilder text = new();
        text.AppendJoin(',', Columns).Append('\n');
        foreach (var gap in AllOf(snapshot))
        {
            var near = gap.Near.FirstOrDefault();
            text.AppendJoin(',', new[]
            {
                gap.Priority.ToString().ToLowerInvariant(), gap.Technique.Id.ToString(), gap.Technique.Technique.Name,
                string.Join("; ", gap.Technique.Technique.Tactics), string.Join("; ", gap.Actors),
                gap.Technique.Partial is { } partial ? $"{partial.Covered} of {partial.Of}" : "",
                near is null ? "" : $"{near.Rule.Span.Path}:{near.Tag.Span.Line}", near is null ? "" : LackOf(near, gap),
                gap.LogSources.FirstOrDefault() ?? "", EffortOf(gap), ExposureOf(gap, snapshot),
            }.Select(Printable.Cell)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>What closing a gap takes: <c>blocked</c> outside one's own systems, <c>high</c> where its log source is not collected, else <c>medium</c>: a rule to write.</summary>
    public static string EffortOf(Gap gap) => gap.Technique.Technique.Platforms is ["PRE"] ? "blocked" : gap.IsCollected == false ? "high" : "medium";

    private static string LackOf(Claim near, Gap gap) =>
        near.Lacks?.Text ?? (near.Technique.Id == gap.Technique.Id ? "is below the gate's level" : $"is tagged {near.Technique.Id} only");

    private static string ExposureOf(Gap gap, Snapshot snapshot) => Exposure.TextOf(Exposure.Of(gap.Technique, snapshot.Config.Assets));

    private static IEnumerable<Gap> AllOf(Snapshot snapshot) =>
        snapshot.Coverage.SelectMany(coverage => Gap.Of(coverage, snapshot.Config.Inventory, snapshot.Config.Assets, snapshot.Date));
}
