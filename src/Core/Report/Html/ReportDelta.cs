using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Gate;
using Merlon.Core.Git;
using Merlon.Core.Programs;

namespace Merlon.Core.Report.Html;

/// <summary>The part of a page that says what changed since the base.</summary>
internal static class ReportDelta
{
    public static void Write(Utf8JsonWriter json, ReportResult report, ReportTable table)
    {
        var verdict = report.Verdict!; // of a report that could be made
        json.WriteStartObject("delta");
        json.WriteBoolean("hasBase", verdict.HasBase);
        json.WriteString("compared", table.Shown(verdict.HasBase ? $"{verdict.Base.ShortName} ({verdict.Base.How.Name}) with {verdict.Head.ShortName}" : report.NoBase ?? "there is nothing before this state"));
        WriteAll(json, "actors", verdict.HasBase ? verdict.Actors : [], actor => JsonReport.WriteStrings(json,
            [actor.Domain.Name, table.Shown(table.Names.Of(actor.Name)), actor.Base?.Covered.WithPercent ?? "–", actor.Head?.Covered.WithPercent ?? "–", actor.Change]));
        WriteAll(json, "lost", VerdictParts.Together(verdict.Lost), group => Write(json, table, group));
        WriteAll(json, "lowered", VerdictParts.Together(verdict.Lowered), group => Write(json, table, group));
        WriteAll(json, "gained", VerdictParts.Together(verdict.Gained), group => Write(json, table, group));
        JsonReport.WriteStrings(json, "others", verdict.Others.Select(change => table.Shown(
            $"{string.Join(", ", new[] { change.Kind.Name, change.Actor is { } actor ? table.Names.Of(actor) : null, change.Technique?.ToString() }.OfType<string>())}: {change.Detail}")));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReportTable table, ImmutableArray<Loss> group)
    {
        var loss = group[0];
        json.WriteStartObject();
        Write(json, table, loss.Technique, loss.Domain, group.Select(one => one.Actor), loss.Platforms, loss.From, loss.To);
        json.WriteString("notes", VerdictParts.Notes(loss));
        json.WriteString("restore", table.Shown(loss.Restore));
        WriteAll(json, "changes", loss.Changes, change => Write(json, table, change));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReportTable table, ImmutableArray<Gain> group)
    {
        var gain = group[0];
        json.WriteStartObject();
        Write(json, table, gain.Technique, gain.Domain, group.Select(one => one.Actor), gain.Platforms, gain.From, gain.To);
        json.WriteString("notes", gain.IsByTagOnly ? ", by tag only" : "");
        json.WriteString("restore", "");
        WriteAll(json, "changes", gain.Changes, change => Write(json, table, change));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReportTable table, Technique technique, AttackDomain domain, IEnumerable<string> actors, ImmutableArray<string> platforms, Level from, Level to)
    {
        json.WriteString("technique", technique.Id.ToString());
        json.WriteString("name", table.Shown(technique.Name));
        json.WriteString("domain", domain.Name);
        JsonReport.WriteStrings(json, "actors", actors.Select(table.Names.Of).Distinct().Select(table.Shown));
        JsonReport.WriteStrings(json, "platforms", platforms);
        json.WriteString("from", from.Name);
        json.WriteString("to", to.Name);
    }

    // The rule, the place, the cause, and what happened. Of a profile that is kept back the place is not told.
    private static void Write(Utf8JsonWriter json, ReportTable table, RuleChange change) => JsonReport.WriteStrings(json,
    [
        change.Rule is { } rule ? table.Shown(RuleName.Of(rule)) : "",
        change.Span.Path.Length == 0 || table.Names.IsHidden(change.Span) ? "" : table.Shown($"{change.Span.Path}:{change.Span.Line}"),
        change.Rule is null ? "" : change.Cause.Name,
        table.Shown(change.Detail),
    ]);

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        json.WriteEndArray();
    }
}
