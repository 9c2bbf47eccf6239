using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>Two releases, and a program under them, whole.</summary>
internal static class ReleaseDiffJson
{
    public static string Write(ReleaseDiffResult result) => JsonReport.Write(json =>
    {
        JsonReport.WriteTool(json);
        json.WriteString("copyright", result.Diffs[^1].To.Copyright);
        WriteArray(json, "domains", result.Diffs, diff => Write(json, diff));
        if (result.Impact is { } impact)
        {
            json.WriteStartObject("program");
            Write(json, impact);
            json.WriteEndObject();
        }
        else
            json.WriteNull("program");
    });

    private static void Write(Utf8JsonWriter json, ReleaseDiff diff)
    {
        json.WriteString("domain", diff.Domain.Name);
        json.WriteString("from", diff.From.Version);
        json.WriteString("to", diff.To.Version);
        json.WriteStartObject("tactics");
        WriteArray(json, "added", diff.Tactics.Where(one => one.IsAdded), one => Write(json, one.To!)); // added
        WriteArray(json, "removed", diff.Tactics.Where(one => one.IsRemoved), one => Write(json, one.From!)); // removed
        WriteArray(json, "renamed", diff.Tactics.Where(one => one.IsRenamed), one =>
        {
            Write(json, one.To!); // renamed
            json.WriteString("fromName", one.From!.Name); // renamed
            json.WriteString("fromShortName", one.From.ShortName);
        });
        json.WriteEndObject();
        json.WriteStartObject("techniques");
        Write(json, diff.Techniques);
        json.WriteEndObject();
        Write(json, "groups", diff.Groups);
        Write(json, "software", diff.Software);
        Write(json, "campaigns", diff.Campaigns);
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<TechniquePair> pairs)
    {
        void List(string name, Func<TechniquePair, bool> isMeant, Action<TechniquePair>? more = null) => WriteArray(json, name, pairs.Where(isMeant), one =>
        {
            json.WriteString("id", $"{one.Known.Id}");
            json.WriteString("name", one.Known.Name);
            more?.Invoke(one);
        });
        void Changes(ImmutableArray<string> lost, ImmutableArray<string> gained)
        {
            JsonReport.WriteStrings(json, "lost", lost);
            JsonReport.WriteStrings(json, "gained", gained);
        }
        void Replacement(TechniquePair one) => json.WriteString("replacement", one.Replacement is { } next ? $"{next.Id}" : null);
        List("added", one => one.IsAdded, one => JsonReport.WriteStrings(json, "tactics", one.Known.Tactics));
        List("restored", one => one.IsRestored);
        List("removed", one => one.IsRemoved);
        List("renumbered", one => one.IsRenumbered, one =>
        {
            json.WriteString("fromId", $"{one.From!.Id}"); // has two ids
            json.WriteBoolean("otherParent", one.From.Id.Parent != one.Known.Id.Parent);
        });
        List("revoked", one => one.IsRevoked, Replacement);
        List("redirected", one => one.IsRedirected, Replacement);
        List("deprecated", one => one.IsDeprecated);
        List("renamed", one => one.IsRenamed, one => json.WriteString("fromName", one.From!.Name)); // renamed
        List("moved", one => one.IsMoved, one => Changes(one.LostTactics, one.GainedTactics));
        List("platforms", one => one.IsOnOtherPlatforms, one => Changes(one.LostPlatforms, one.GainedPlatforms));
    }

    private static void Write(Utf8JsonWriter json, string kind, ImmutableArray<ObjectPair> pairs)
    {
        void List(string name, Func<ObjectPair, bool> isMeant, Action<ObjectPair>? more = null) => WriteArray(json, name, pairs.Where(isMeant), one =>
        {
            json.WriteString("id", one.Known.Id);
            json.WriteString("name", one.Known.Name);
            more?.Invoke(one);
        });
        json.WriteStartObject(kind);
        List("added", one => one.IsAdded);
        List("restored", one => one.IsRestored);
        List("removed", one => one.IsRemoved);
        List("revoked", one => one.IsRevoked, one => json.WriteString("replacement", one.To!.RevokedBy)); // revoked
        List("deprecated", one => one.IsDeprecated);
        List("renamed", one => one.IsRenamed, one => json.WriteString("fromName", one.From!.Name)); // renamed
        List("changed", one => one.IsChanged, one =>
        {
            WriteIds(json, "gained", one.Gained);
            WriteIds(json, "lost", one.Lost);
        });
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReleaseImpact impact)
    {
        json.WriteString("name", impact.Snapshot.Config.Name);
        json.WriteString("date", $"{impact.Snapshot.Date:yyyy-MM-dd}");
        WriteArray(json, "tags", impact.Tags, tag =>
        {
            json.WriteString("tag", tag.Tag.Name);
            json.WriteString("rule", tag.Rule.Title);
            json.WriteString("ruleId", tag.Rule.Id);
            Write(json, tag.Finding);
            json.WriteString("fix", tag.Finding.Fix?.Title);
        });
        WriteArray(json, "profiles", impact.Profiles, finding => Write(json, finding));
        WriteArray(json, "actors", impact.Actors, actor => Write(json, actor));
        WriteArray(json, "floors", impact.Floors, finding => Write(json, finding));
    }

    private static void Write(Utf8JsonWriter json, ActorChange actor)
    {
        json.WriteString("name", actor.Name);
        json.WriteString("domain", actor.Domain.Name);
        json.WriteBoolean("isUnion", actor.Head?.Actor is null);
        foreach (var (name, side) in new[] { ("from", actor.Base), ("to", actor.Head) })
        {
            json.WriteStartObject(name);
            JsonReport.WriteRatio(json, side?.Covered ?? default);
            json.WriteEndObject();
        }
        if (actor is { Base.Covered.PerMille: { } before, Head.Covered.PerMille: { } after })
            json.WriteNumber("points", (after - before) / 10m);
        else
            json.WriteNull("points");
        WriteIds(json, "gained", actor.Gained);
        WriteIds(json, "lost", actor.Lost);
    }

    private static void Write(Utf8JsonWriter json, Diagnostic finding)
    {
        json.WriteString("finding", finding.Info.Id);
        json.WriteString("path", finding.Span.Path);
        json.WriteNumber("line", finding.Span.Line);
        json.WriteNumber("column", finding.Span.Column);
        json.WriteString("message", finding.Message);
    }

    private static void Write(Utf8JsonWriter json, Tactic tactic)
    {
        json.WriteString("id", tactic.Id);
        json.WriteString("name", tactic.Name);
        json.WriteString("shortName", tactic.ShortName);
    }

    private static void WriteIds(Utf8JsonWriter json, string name, ImmutableArray<TechniqueId> ids) => JsonReport.WriteStrings(json, name, ids.Select(id => id.ToString()));

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> members)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            members(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
