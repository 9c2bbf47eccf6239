using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Configuration;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Git;
using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>A verdict as JSON, for the owners of the repository: every actor under its name.</summary>
internal static class GateJson
{
    /// <param name="findings">What the run found; null for what the gate itself did.</param>
    public static string Write(MerlonConfig config, DateOnly date, Verdict verdict, Findings? findings = null) => JsonReport.Write(config, date, json =>
    {
        WriteMembers(json, verdict);
        FindingsJson.WriteDiagnostics(json, findings ?? new(verdict.Diagnostics.InReportOrder(), [], []));
    });

    /// <summary>All of it but the findings.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Verdict verdict)
    {
        WriteTree(json, "base", verdict.Base, verdict.Base.How);
        WriteTree(json, "head", verdict.Head, null);
        json.WriteBoolean("passed", verdict.Passed);
        WriteAll(json, "actors", verdict.Actors, WriteActor);
        WriteAll(json, "lost", verdict.Lost, WriteLoss);
        WriteAll(json, "lowered", verdict.Lowered, WriteLoss);
        WriteAll(json, "gained", verdict.Gained, WriteGain);
        WriteAll(json, "lastRules", verdict.LastRules, WriteLastRule);
        WriteAll(json, "floors", verdict.Floors, WriteFloor);
        WriteAll(json, "policy", verdict.Policy, WritePolicy);
        WriteAll(json, "other", verdict.Others, WriteOther);
    }

    private static void WriteTree(Utf8JsonWriter json, string name, ComparedTree tree, BaseKind? how)
    {
        json.WriteStartObject(name);
        json.WriteString("ref", tree.Ref.Length == 0 ? null : tree.Ref);
        json.WriteString("commit", tree.Commit);
        if (how is { } found)
            json.WriteString("how", found.Name);
        json.WriteEndObject();
    }

    private static void WriteActor(Utf8JsonWriter json, ActorChange actor)
    {
        json.WriteString("name", actor.Name);
        json.WriteString("domain", actor.Domain.Name);
        WriteCoverage(json, "base", actor.Base);
        WriteCoverage(json, "head", actor.Head);
        WriteNumber(json, "target", actor.Target?.Percent);
    }

    private static void WriteCoverage(Utf8JsonWriter json, string name, ActorCoverage? coverage)
    {
        if (coverage is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        JsonReport.WriteRatio(json, coverage.Covered);
        json.WriteStartObject("levels");
        foreach (var level in Levels.Proofs)
            json.WriteNumber(level.Name, coverage.CountAt(level));
        json.WriteEndObject();
        json.WriteNumber("excluded", coverage.Excluded.Length);
        json.WriteNumber("accepted", coverage.Accepted);
        json.WriteNumber("partial", coverage.Partial);
        json.WriteNumber("outOfScope", coverage.OutOfScope.Length);
        json.WriteEndObject();
    }

    private static void WriteLoss(Utf8JsonWriter json, Loss loss)
    {
        WriteClaim(json, loss.Technique, loss.Actor, loss.Domain, loss.Platforms, loss.From, loss.To);
        json.WriteString("severity", loss.Severity.Name);
        json.WriteString("cause", loss.Cause.Name);
        WritePlace(json, loss.Span);
        json.WriteString("restore", loss.Restore);
        json.WriteBoolean("accepted", loss.IsAccepted);
        json.WriteBoolean("stillCovered", loss.IsStillCovered);
        WriteAll(json, "changes", loss.Changes, WriteChange);
    }

    private static void WriteGain(Utf8JsonWriter json, Gain gain)
    {
        WriteClaim(json, gain.Technique, gain.Actor, gain.Domain, gain.Platforms, gain.From, gain.To);
        json.WriteBoolean("byTagOnly", gain.IsByTagOnly);
        WriteAll(json, "changes", gain.Changes, WriteChange);
    }

    private static void WriteClaim(Utf8JsonWriter json, Technique technique, string actor, AttackDomain domain, ImmutableArray<string> platforms, Level from, Level to)
    {
        WriteTechnique(json, technique);
        json.WriteString("actor", actor);
        json.WriteString("domain", domain.Name);
        JsonReport.WriteStrings(json, "platforms", platforms);
        json.WriteString("from", from.Name);
        json.WriteString("to", to.Name);
    }

    private static void WriteLastRule(Utf8JsonWriter json, LastRule last)
    {
        WriteTechnique(json, last.Technique);
        JsonReport.WriteStrings(json, "actors", last.Actors);
        JsonReport.WriteStrings(json, "platforms", last.Platforms);
        WritePlace(json, last.Span);
        WriteRule(json, last.Rule);
        WriteAll(json, "changes", last.Changes, WriteChange);
    }

    private static void WriteChange(Utf8JsonWriter json, RuleChange change)
    {
        json.WriteString("cause", change.Cause.Name);
        WritePlace(json, change.Span);
        if (change.Rule is { } rule)
            WriteRule(json, rule);
        json.WriteString("detail", change.Detail);
        json.WriteString("restore", change.Restore);
    }

    private static void WriteFloor(Utf8JsonWriter json, JudgedFloor judged)
    {
        var floor = judged.Floor;
        json.WriteString("actor", floor.Actor);
        json.WriteString("domain", floor.Domain.Name);
        json.WriteString("tactic", floor.IsOfPlatform ? null : floor.Part);
        json.WriteString("platform", floor.IsOfPlatform ? floor.Part : null);
        JsonReport.WriteRatio(json, floor.Covered);
        json.WriteNumber("target", floor.Target.Percent);
        json.WriteBoolean("passed", judged.Passed);
        if (judged.BelowAtBase is { } was)
            json.WriteBoolean("belowAtBase", was);
        else
            json.WriteNull("belowAtBase");
        json.WriteString("why", judged.Why);
        json.WriteString("severity", judged.Severity.Name);
        WritePlace(json, floor.Target.Span);
    }

    private static void WritePolicy(Utf8JsonWriter json, PolicyChange change)
    {
        WritePlace(json, change.Span);
        json.WriteString("key", change.Key);
        json.WriteString("base", change.Base);
        json.WriteString("head", change.Head);
        json.WriteString("effect", change.Effect.Name);
    }

    private static void WriteOther(Utf8JsonWriter json, OtherChange change)
    {
        json.WriteString("kind", change.Kind.Name);
        json.WriteString("actor", change.Actor);
        json.WriteString("technique", change.Technique?.ToString());
        json.WriteString("detail", change.Detail);
    }

    private static void WriteTechnique(Utf8JsonWriter json, Technique technique)
    {
        json.WriteString("technique", technique.Id.ToString());
        json.WriteString("name", technique.Name);
    }

    private static void WriteRule(Utf8JsonWriter json, DetectionRule rule)
    {
        json.WriteStartObject("rule");
        json.WriteString("id", rule.Id);
        json.WriteString("title", rule.Title);
        json.WriteString("source", rule.Source.Name);
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, SourceSpan span)
    {
        json.WriteString("path", span.Path);
        json.WriteNumber("line", span.Line);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    private static void WriteAll<T>(Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
