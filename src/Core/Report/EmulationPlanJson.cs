using System.Globalization;
using System.Text.Json;
using Merlon.Core.Coverage;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Emulation.Plan;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A plan as JSON, without the commands of its tests: the libraries have those.</summary>
internal static class EmulationPlanJson
{
    public static string Write(EmulationPlan plan, Snapshot snapshot) => JsonReport.Write(snapshot, json =>
    {
        WriteOptions(json, plan.Options);
        json.WriteStartArray("libraries");
        foreach (var (kind, tests) in plan.Libraries)
        {
            json.WriteStartObject();
            json.WriteString("source", kind.Name);
            json.WriteNumber("tests", tests);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("tests");
        foreach (var test in plan.Tests)
            Write(json, test);
        json.WriteEndArray();
        json.WriteStartArray("notPlanned");
        foreach (var one in plan.NotPlanned)
            Write(json, one);
        json.WriteEndArray();
        json.WriteStartObject("summary");
        json.WriteNumber("techniques", plan.Techniques);
        json.WriteNumber("planned", plan.Techniques - plan.NotPlanned.Length);
        json.WriteNumber("tests", plan.Tests.Length);
        json.WriteNumber("approximate", plan.Tests.Count(test => test.IsApproximate));
        json.WriteNumber("beyondMaximum", plan.Beyond);
        json.WriteEndObject();
    });

    private static void WriteOptions(Utf8JsonWriter json, PlanOptions options)
    {
        json.WriteStartObject("plan");
        json.WriteString("scope", options.Scope.Name);
        JsonReport.WriteStrings(json, "platforms", options.Platforms);
        if (options.Elevated is { } elevated)
            json.WriteBoolean("elevated", elevated);
        else
            json.WriteNull("elevated");
        json.WriteBoolean("offline", options.IsOffline);
        json.WriteNumber("maxPerTechnique", options.MaxPerTechnique);
        json.WriteString("window", string.Create(CultureInfo.InvariantCulture, $"{(long)options.Window.TotalSeconds}s"));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlannedTest planned)
    {
        var test = planned.Test;
        json.WriteStartObject();
        json.WriteNumber("order", planned.Order);
        json.WriteString("source", test.Library.Name);
        json.WriteString("id", test.Id);
        json.WriteString("technique", (planned.Technique?.Id ?? test.Technique).ToString());
        json.WriteString("libraryTechnique", test.Technique.ToString());
        json.WriteString("name", test.Name);
        json.WriteString("path", test.File);
        json.WriteNumber("line", test.Span.Line);
        JsonReport.WriteStrings(json, "platforms", test.Platforms ?? []);
        JsonReport.WriteStrings(json, "executors", test.Executors);
        JsonReport.WriteStrings(json, "inputs", test.Inputs);
        Write(json, "elevation", test.NeedsElevation);
        Write(json, "download", test.NeedsDownload);
        Write(json, "cleanup", test.HasCleanup);
        json.WriteBoolean("approximate", planned.IsApproximate);
        json.WriteStartArray("for");
        foreach (var one in planned.For)
        {
            json.WriteStartObject();
            json.WriteString("id", one.Technique.Id.ToString());
            json.WriteString("name", one.Technique.Name);
            json.WriteString("match", one.Match.Name);
            json.WriteBoolean("named", one.IsNamed);
            JsonReport.WriteStrings(json, "actors", one.Actors);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("rules");
        foreach (var expected in planned.Rules)
            Write(json, expected);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ExpectedRule expected)
    {
        json.WriteStartObject();
        json.WriteString("id", expected.Rule.Id);
        json.WriteString("title", expected.Rule.Title);
        json.WriteString("path", expected.Rule.Span.Path);
        json.WriteNumber("line", expected.Rule.Span.Line);
        json.WriteString("level", expected.Level.Name);
        json.WriteString("why", expected.IsNamed ? "names" : "claims");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, NotPlanned one)
    {
        json.WriteStartObject();
        json.WriteString("id", one.Technique.Id.ToString());
        json.WriteString("name", one.Technique.Name);
        JsonReport.WriteStrings(json, "actors", one.Actors);
        json.WriteStartArray("reasons");
        foreach (var (reason, tests) in one.Reasons)
        {
            json.WriteStartObject();
            json.WriteString("reason", reason.Name);
            json.WriteNumber("tests", tests);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Null where the library does not say.
    private static void Write(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } known)
            json.WriteBoolean(name, known);
        else
            json.WriteNull(name);
    }
}
