using System.Text.Json;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Gate;
using Merlon.Core.Plan;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>Coverage as JSON. A program of several domains has a row for each actor in each domain, and a union for each in <c>unions</c>.</summary>
internal static class CoverageJson
{
    public static string Write(Snapshot snapshot) => JsonReport.Write(snapshot, json => WriteMembers(json, snapshot));

    public static void WriteMembers(Utf8JsonWriter json, Snapshot snapshot)
    {
        WriteDefinition(json, snapshot);
        json.WriteStartArray("actors");
        var gaps = snapshot.Backlogs;
        foreach (var (coverage, own) in snapshot.Coverage.Zip(gaps))
            foreach (var actor in coverage.Actors)
                WriteActor(json, actor, actor.Actor?.Profile.Targets ?? Targets.None, snapshot.Config.Targets, own);
        json.WriteEndArray();
        var unions = snapshot.Coverage.Zip(gaps, (coverage, own) => (coverage.Union, Gaps: own)).Where(pair => pair.Union is not null).ToArray();
        if (snapshot.Coverage.Length > 1)
            json.WriteStartArray("unions");
        else if (unions.Length > 0)
            json.WritePropertyName("union");
        foreach (var (union, own) in unions)
            WriteActor(json, union!, snapshot.Config.Targets, snapshot.Config.Targets, own); // filtered above
        if (snapshot.Coverage.Length > 1)
            json.WriteEndArray();
        json.WriteNumber("untagged", snapshot.Untagged);
    }

    private static void WriteDefinition(Utf8JsonWriter json, Snapshot snapshot)
    {
        var definition = snapshot.Config.Definition;
        json.WriteStartObject("definition");
        json.WriteString("release", snapshot.Config.Releases[0].Version);
        JsonReport.WriteStrings(json, "domains", snapshot.Config.Releases.Select(release => release.Domain.Name));
        JsonReport.WriteBundles(json, snapshot.Config.Releases[0].Bundles);
        json.WriteString("level", definition.Level.Name);
        json.WriteString("rollUp", definition.RollUp);
        JsonReport.WriteStrings(json, "status", definition.Status);
        json.WriteString("sigmaLevel", definition.SigmaLevel);
        JsonReport.WriteStrings(json, "notTags", definition.NotTags);
        JsonReport.WriteStrings(json, "platforms", definition.Platforms);
        json.WriteString("pre", definition.Pre);
        json.WriteString("telemetry", snapshot.Config.Inventory is null ? "unknown" : "inventory");
        json.WriteString("hash", snapshot.DefinitionHash);
        json.WriteEndObject();
    }

    private static void WriteActor(Utf8JsonWriter json, ActorCoverage actor, Targets own, Targets program, Backlog backlog)
    {
        json.WriteStartObject();
        json.WriteString("name", actor.Name);
        json.WriteString("domain", actor.Release.Domain.Name);
        JsonReport.WriteRatio(json, actor.Covered);
        WriteTarget(json, Floors.TargetOf(actor, program));
        json.WriteStartObject("levels");
        foreach (var level in Levels.Proofs)
            json.WriteNumber(level.Name, actor.CountAt(level));
        json.WriteEndObject();
        json.WriteNumber("excluded", actor.Excluded.Length);
        JsonReport.WritePercent(json, "percentWithExclusions", actor.CoveredWithExclusions);
        json.WriteNumber("accepted", actor.Accepted);
        json.WriteNumber("partial", actor.Partial);
        WriteApart(json, "pre", ActorCoverage.RatioOf(actor.Pre));
        WriteApart(json, "software", ActorCoverage.RatioOf(actor.Software));
        json.WriteNumber("outOfScope", actor.OutOfScope.Length);
        json.WriteStartArray("tactics");
        foreach (var (tactic, covered) in actor.Tactics)
        {
            json.WriteStartObject();
            json.WriteString("tactic", tactic.ShortName);
            json.WriteString("name", tactic.Name);
            JsonReport.WriteRatio(json, covered);
            WriteTarget(json, own.Tactics.FirstOrDefault(target => target.Tactic == tactic.ShortName).Target);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("platforms");
        foreach (var (platform, covered) in actor.Platforms)
        {
            json.WriteStartObject();
            json.WriteString("platform", platform);
            JsonReport.WriteRatio(json, covered);
            WriteTarget(json, own.Platforms.FirstOrDefault(target => target.Platform == platform).Target);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("covers");
        foreach (var technique in actor.Techniques)
            WriteCovered(json, technique);
        json.WriteEndArray();
        json.WriteStartArray("gaps");
        var missing = actor.Gaps.Select(gap => gap.Id).ToHashSet();
        foreach (var gap in backlog.Gaps.Where(gap => missing.Contains(gap.Technique.Id)))
            GapsJson.WriteGap(json, gap, backlog);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter json, Target? target)
    {
        if (target is null)
            json.WriteNull("target");
        else
            json.WriteNumber("target", target.Percent);
    }

    private static void WriteApart(Utf8JsonWriter json, string name, Ratio ratio)
    {
        json.WriteStartObject(name);
        json.WriteNumber("techniques", ratio.Total);
        json.WriteNumber("covered", ratio.Covered);
        json.WriteEndObject();
    }

    private static void WriteCovered(Utf8JsonWriter json, TechniqueCoverage technique)
    {
        json.WriteStartObject();
        json.WriteString("id", technique.Id.ToString());
        json.WriteString("name", technique.Technique.Name);
        json.WriteString("level", technique.Level.Name);
        JsonReport.WriteStrings(json, "platforms", technique.Platforms);
        if (technique.Partial is { } partial)
        {
            json.WriteStartObject("partial");
            json.WriteNumber("covered", partial.Covered);
            json.WriteNumber("of", partial.Of);
            json.WriteEndObject();
        }
        json.WriteStartArray("rules");
        foreach (var claim in technique.Claims)
            JsonReport.WriteRule(json, claim);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
