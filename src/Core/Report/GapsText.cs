using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Coverage;
using Merlon.Core.Plan;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>One row for each gap, for people and for spreadsheets.</summary>
internal static class GapsText
{
    private static readonly string[] Columns = ["priority", "technique", "name", "tactics", "actors", "partial", "nearest", "lacks", "log source", "effort", "required", "weight", "criticality", "collected", "exposes"];

    public static string Write(Snapshot snapshot) => Write(snapshot.Backlogs);

    public static string Write(ImmutableArray<Backlog> backlogs)
    {
        StringBuilder text = new();
        foreach (var (gap, effort, exposed) in AllOf(backlogs))
        {
            var technique = gap.Technique;
            text.Append($"{gap.Priority.ToString().ToUpperInvariant(),-6} {technique.Id,-9} {Printable.Text(technique.Technique.Name)}{(technique.Scoped.Accepted is null ? "" : " (accepted)")}{(technique.Partial is { } partial ? $" ({partial.Covered} of {partial.Of} sub-techniques)" : "")}\n");
            text.Append($"       used by {Printable.Text(string.Join(", ", gap.Actors))}; {Printable.Text(string.Join(", ", technique.Technique.Tactics))}; effort {effort.Name}\n");
            text.Append($"       {ValuesOf(gap)}\n");
            if (gap.Near is [var near, ..])
                text.Append($"       nearest: {Printable.Text(near.Rule.Span.Path)}({near.Tag.Span.Line}) {Printable.Text(RuleName.Of(near.Rule))}: {Printable.Text(LackOf(near, gap))}\n");
            if (gap.LogSources is [var first, ..])
                text.Append($"       log source: {Printable.Text(first)}\n");
            if (exposed.Length > 0)
                text.Append($"       exposes {Printable.Text(exposed)}\n");
        }
        if (text.Length == 0)
            return "no gaps\n";
        if (backlogs.Any(backlog => !backlog.KnowsTelemetry))
            text.Append("telemetry unknown: no inventory (coverage.logSources) says what is collected; efforts take everything to be\n");
        return text.ToString();
    }

    public static string WriteCsv(Snapshot snapshot) => WriteCsv(snapshot.Backlogs);

    public static string WriteCsv(ImmutableArray<Backlog> backlogs)
    {
        StringBuilder text = new();
        text.AppendJoin(',', Columns).Append('\n');
        foreach (var (gap, effort, exposed) in AllOf(backlogs))
        {
            var near = gap.Near.FirstOrDefault();
            text.AppendJoin(',', new[]
            {
                gap.Priority.ToString().ToLowerInvariant(), gap.Technique.Id.ToString(), gap.Technique.Technique.Name,
                string.Join("; ", gap.Technique.Technique.Tactics), string.Join("; ", gap.Actors),
                gap.Technique.Partial is { } partial ? $"{partial.Covered} of {partial.Of}" : "",
                near is null ? "" : $"{near.Rule.Span.Path}:{near.Tag.Span.Line}", near is null ? "" : LackOf(near, gap),
                gap.LogSources.FirstOrDefault() ?? "", effort.Name,
                gap.Technique.Scoped.IsRequired ? "yes" : "no", gap.Weight.ToString(CultureInfo.InvariantCulture), gap.Criticality.ToString().ToLowerInvariant(), CollectedOf(gap), exposed,
            }.Select(Printable.Cell)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>What decided the place of a gap.</summary>
    public static string ValuesOf(Gap gap) => string.Create(CultureInfo.InvariantCulture,
        $"{(gap.Technique.Scoped.IsRequired ? "required" : "not required")}; weight {gap.Weight}; criticality {gap.Criticality.ToString().ToLowerInvariant()}; log source {gap.IsCollected switch { true => "collected", false => "not collected", null => "unknown" }}");

    private static string CollectedOf(Gap gap) => gap.IsCollected switch { true => "yes", false => "no", null => "unknown" };

    private static string LackOf(Claim near, Gap gap) =>
        near.Lacks?.Text ?? (near.Technique.Id == gap.Technique.Id ? "is below the gate's level" : $"is tagged {near.Technique.Id} only");

    private static IEnumerable<(Gap Gap, Effort Effort, string Exposed)> AllOf(ImmutableArray<Backlog> backlogs) =>
        backlogs.SelectMany(backlog => backlog.Gaps.Select(gap => (gap, backlog.EffortOf(gap), Exposure.TextOf(Exposure.Of(gap.Technique, backlog.Assets)))));
}
