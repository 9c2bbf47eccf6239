using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Plan;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>An assessment as JSON. What a number has changed by is null where nothing is compared.</summary>
internal static class AssessJson
{
    public static string Write(Assessment assessment, PublishedNames names) => JsonReport.Write(assessment.Snapshot, json =>
    {
        json.WriteString("title", names.In(assessment.Title));
        CoverageJson.WriteDefinition(json, assessment.Snapshot);
        if (assessment.Since is { } since)
        {
            json.WriteStartObject("since");
            json.WriteString("ref", since.Name);
            json.WriteString("commit", since.Commit.Id);
            json.WriteNumber("unreadable", since.Unreadable);
            json.WriteEndObject();
        }
        else
            json.WriteNull("since");
        json.WriteStartArray("domains");
        foreach (var domain in assessment.Domains)
            WriteDomain(json, domain, names);
        json.WriteEndArray();
    });

    private static void WriteDomain(Utf8JsonWriter json, AssessedDomain domain, PublishedNames names)
    {
        json.WriteStartObject();
        json.WriteString("domain", domain.Release.Domain.Name);
        WriteShare(json, domain.Union.Covered, domain.Count(union => union.Covered.Covered));
        Write(json, "gaps", domain.Count(union => union.Gaps.Count()));
        foreach (var (name, number) in domain.KindsOfGaps)
            Write(json, name, number);
        json.WriteStartObject("levels");
        foreach (var level in Levels.Proofs)
            Write(json, level.Name, domain.Count(union => union.CountAt(level)));
        json.WriteEndObject();
        json.WriteNumber("excluded", domain.Union.Excluded.Length);
        JsonReport.WritePercent(json, "percentWithExclusions", domain.Union.CoveredWithExclusions);
        WriteApart(json, "pre", domain, union => ActorCoverage.RatioOf(union.Pre));
        WriteApart(json, "software", domain, union => ActorCoverage.RatioOf(union.Software));
        json.WriteNumber("outOfScope", domain.Union.OutOfScope.Length);
        JsonReport.WriteStrings(json, "unowned", domain.Union.Unowned);
        json.WriteStartArray("actors");
        foreach (var actor in domain.Actors)
        {
            json.WriteStartObject();
            json.WriteString("name", names.Of(actor.Coverage.Name));
            WriteShare(json, actor.Coverage.Covered, actor.Covered);
            Write(json, "target", actor.Floor?.Percent);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("tactics");
        foreach (var tactic in domain.Tactics)
            WriteTactic(json, tactic);
        json.WriteEndArray();
        json.WriteStartArray("topGaps");
        foreach (var gap in domain.Top)
            WriteGap(json, gap, domain, names);
        json.WriteEndArray();
        WriteInvestment(json, domain);
        WriteIds(json, "closedGaps", domain.ClosedGaps);
        WriteIds(json, "newGaps", domain.NewGaps);
        json.WriteEndObject();
    }

    private static void WriteTactic(Utf8JsonWriter json, AssessedTactic tactic)
    {
        json.WriteStartObject();
        json.WriteString("tactic", tactic.Tactic.ShortName);
        json.WriteString("name", tactic.Tactic.Name);
        WriteShare(json, tactic.Covered, tactic.Count);
        json.WriteBoolean("apart", tactic.IsApart);
        Write(json, "target", tactic.Floor?.Percent);
        json.WriteString("targetKey", tactic.Floor?.Key);
        json.WriteBoolean("priorityGap", tactic.IsPriorityGap);
        json.WriteEndObject();
    }

    private static void WriteGap(Utf8JsonWriter json, Gap gap, AssessedDomain domain, PublishedNames names)
    {
        json.WriteStartObject();
        json.WriteString("id", gap.Technique.Id.ToString());
        json.WriteString("name", gap.Technique.Technique.Name);
        JsonReport.WriteStrings(json, "tactics", gap.Technique.Technique.Tactics);
        json.WriteString("priority", gap.Priority.ToString().ToLowerInvariant());
        json.WriteBoolean("required", gap.Technique.Scoped.IsRequired);
        GapsJson.WriteOrder(json, gap);
        json.WriteString("effort", domain.Backlog.EffortOf(gap).Name);
        JsonReport.WriteStrings(json, "actors", gap.Actors.Select(names.Of));
        JsonReport.WriteStrings(json, "platforms", gap.Technique.Scoped.Platforms);
        GapsJson.WriteExposure(json, Exposure.Of(gap.Technique, domain.Backlog.Assets));
        json.WriteEndObject();
    }

    private static void WriteInvestment(Utf8JsonWriter json, AssessedDomain domain)
    {
        var (work, plan) = (domain.Investment, domain.Backlog.Options);
        json.WriteStartObject("investment");
        json.WriteNumber("gaps", work.Gaps + work.Blocked);
        json.WriteNumber("blocked", work.Blocked);
        json.WriteNumber("engineers", plan.Engineers);
        json.WriteNumber("calendarDays", work.CalendarDays);
        json.WriteNumber("personDays", work.PersonDays);
        json.WriteNumber("rulesToWrite", work.RulesToWrite);
        json.WriteNumber("rulesToAdopt", work.RulesToAdopt);
        JsonReport.WriteStrings(json, "logSources", work.LogSources);
        json.WriteStartObject("days");
        json.WriteNumber("low", plan.LowDays);
        json.WriteNumber("medium", plan.MediumDays);
        json.WriteNumber("high", plan.HighDays);
        json.WriteEndObject();
        json.WriteStartObject("expected");
        JsonReport.WriteRatio(json, domain.Expected);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IEnumerable<TechniqueCoverage> techniques) =>
        JsonReport.WriteStrings(json, name, techniques.Select(technique => technique.Id.ToString()));

    private static void WriteApart(Utf8JsonWriter json, string name, AssessedDomain domain, Func<ActorCoverage, Ratio> ratio)
    {
        json.WriteStartObject(name);
        WriteShare(json, ratio(domain.Union), domain.Count(union => ratio(union).Covered));
        json.WriteEndObject();
    }

    private static void WriteShare(Utf8JsonWriter json, Ratio covered, Tally tally)
    {
        JsonReport.WriteRatio(json, covered);
        Write(json, "change", tally.Change);
    }

    private static void Write(Utf8JsonWriter json, string name, Tally tally)
    {
        json.WriteStartObject(name);
        json.WriteNumber("number", tally.Now);
        Write(json, "change", tally.Change);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
