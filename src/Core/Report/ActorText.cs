using System.Globalization;
using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Gate;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>The actors of a program for people.</summary>
internal static class ActorText
{
    private static readonly string[] Headers = ["name", "file", "from", "techniques", "covered", "target", "reviewed", "tlp"];

    public static string List(Snapshot snapshot)
    {
        if (snapshot.Profiles.IsEmpty)
            return "no actors: write a profile below actors/, or make one with 'merlon actor import'\n";
        List<string[]> rows = [Headers];
        foreach (var actor in snapshot.Coverage.SelectMany(coverage => coverage.Actors))
            if (actor.Actor is { Profile: var profile })
                rows.Add(
                [
                    snapshot.Coverage.Length > 1 ? $"{profile.Name} ({actor.Release.Domain.Name})" : profile.Name,
                    Or(profile.Span.Path),
                    Or(string.Join(' ', profile.From.Select(source => source.Value))),
                    Number(actor.Techniques.Length),
                    $"{actor.Definition.Level.Name} {actor.Covered} ({actor.Covered.Percent})",
                    Floors.TargetOf(actor, snapshot.Config.Targets) is { } target ? Number(target.Percent) : "-",
                    profile.Reviewed is var (day, _) ? Day(day) : "-",
                    profile.Tlp,
                ]);
        var safe = rows.Select(row => row.Select(Printable.Text).ToArray()).ToArray();
        int[] widths = [.. Headers.Select((_, column) => safe.Max(row => row[column].Length))];
        return string.Concat(safe.Select(row => $"{string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()}\n"));
    }

    public static string Show(Snapshot snapshot)
    {
        StringBuilder text = new();
        foreach (var actor in snapshot.Coverage.SelectMany(coverage => coverage.Actors))
            if (actor.Actor is { } known)
                Show(text, snapshot, ActorView.Of(actor, known));
        return text.ToString();
    }

    private static void Show(StringBuilder text, Snapshot snapshot, ActorView view)
    {
        var (actor, profile) = (view.Coverage, view.Actor.Profile);
        text.Append($"{Printable.Text($"{profile.Name} ({actor.Release.Domain.Name} {actor.Release.Name})")}\n");
        Line(text, "file", profile.Span.Path);
        Line(text, "from", string.Join(", ", view.Sources.Select(source => $"{source.Id} {source.Name}")));
        Line(text, "description", profile.Description ?? "");
        Line(text, "sectors", string.Join(", ", profile.Sectors));
        Line(text, "tlp", profile.Tlp);
        Line(text, "reviewed", profile.Reviewed is var (day, _) ? Day(day) : "");
        Line(text, "target", Floors.TargetOf(actor, snapshot.Config.Targets) is { } target ? $"{Number(target.Percent)}%" : "");
        text.Append($"in scope: {Number(actor.Techniques.Length)}, {actor.Definition.Level.Name} {actor.Covered} ({actor.Covered.Percent})\n");
        foreach (var tactic in actor.Release.Tactics)
            if (actor.Techniques.Where(technique => technique.Technique.Tactics.Contains(tactic.ShortName)).ToArray() is { Length: > 0 } techniques)
            {
                text.Append($"  {Printable.Text(tactic.Name)}\n");
                foreach (var technique in techniques)
                    text.Append($"    {Printable.Text($"{technique.Id,-9} {technique.Technique.Name}; from {string.Join(", ", technique.Scoped.Listed.Sources)}{Marks(technique)}; {WhyText.StateOf(actor, technique)}")}\n");
            }
        foreach (var (title, techniques) in view.LeftOut.GroupBy(left => left.Title).Select(group => (group.Key, group)))
        {
            text.Append($"{title}: {Number(techniques.Count())}\n");
            foreach (var left in techniques)
                text.Append($"    {Printable.Text($"{left.Technique.Id,-9} {left.Technique.Name}; from {string.Join(", ", left.Sources)}; {left.Reason}")}\n");
        }
        text.Append($"ATT&CK®: {actor.Release.Copyright}\n");
    }

    public static string Suggest(ActorSuggestions result)
    {
        StringBuilder text = new();
        foreach (var suggestion in result.Suggestions ?? [])
            text.Append(CultureInfo.InvariantCulture, $"{suggestion.Matches,3}  {suggestion.Known?.Id ?? "-",-5}  {Printable.Text($"{suggestion.Name}: {string.Join(", ", suggestion.Sectors.Concat(suggestion.Countries))}")}\n");
        var (all, known) = ((result.Suggestions ?? []).Length, (result.Suggestions ?? []).Count(suggestion => suggestion.Known is not null));
        text.Append(CultureInfo.InvariantCulture, $"{all} {(all == 1 ? "actor" : "actors")}, {known} known to ATT&CK {result.Release?.Name}: 'merlon actor import ID' makes a profile of one\n");
        return text.ToString();
    }

    private static string Marks(TechniqueCoverage technique)
    {
        var own = technique.Scoped.Listed.Own;
        List<string> marks = [];
        if (technique.Scoped.IsRequired)
            marks.Add("required");
        if (technique.Scoped.Weight > 1)
            marks.Add($"weight {Number(technique.Scoped.Weight)}");
        if (own?.Source is { } source)
            marks.Add(source);
        if (own?.Note is { } note)
            marks.Add(note);
        return marks.Count == 0 ? "" : $" ({string.Join("; ", marks)})";
    }

    private static void Line(StringBuilder text, string label, string value)
    {
        if (value.Length > 0)
            text.Append($"  {label}: {Printable.Text(value)}\n");
    }

    private static string Or(string text) => text.Length == 0 ? "-" : text;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
