using System.Text.Json;
using Merlon.Core.Actors.Import;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;

namespace Merlon.Core.Emulation.Results;

/// <summary>The report of a Caldera operation: the steps of each agent, and the abilities that it skipped. A step that cleans up is no test.</summary>
internal sealed class CalderaReport : IExecutionReader
{
    public string Name => "the report of a Caldera operation";

    public bool Recognises(ImportFile file) => file.Json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.Field("steps") is not null && root.Field("host_group") is not null;

    public IEnumerable<Execution> Read(ImportFile file, ICollection<Diagnostic> diagnostics)
    {
        var root = file.Json!.RootElement; // recognised
        var agents = root.Objects("host_group").ToArray();
        var hosts = agents.Select(agent => (Paw: agent.TextOf("paw"), Host: agent.TextOf("host"))).Where(agent => agent.Paw is not null).DistinctBy(agent => agent.Paw).ToDictionary(agent => agent.Paw!, agent => agent.Host, StringComparer.Ordinal);
        var cleanups = agents.SelectMany(agent => agent.Objects("links")).Where(link => link.TextOf("cleanup") is "1" or "true").Select(link => link.TextOf("id")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        Dictionary<string, TechniqueId> techniques = new(StringComparer.Ordinal);
        foreach (var (paw, step) in root.Properties("steps").SelectMany(agent => agent.Value.Objects("steps").Select(step => (agent.Name, step))))
            if (!cleanups.Contains(step.TextOf("link_id") ?? "") && CalderaStep.Read(file, step, step, step.Field("attack"), step.TextOf("name"), hosts.GetValueOrDefault(paw) ?? paw, "run", diagnostics) is { } execution)
            {
                if (execution is { Test: { } test, Technique: { } technique })
                    techniques.TryAdd(test, technique);
                yield return execution;
            }
        var start = LogTime.TryParse(root.TextOf("start"));
        foreach (var (paw, skipped) in root.Objects("skipped_abilities").SelectMany(map => map.EnumerateObject()).SelectMany(agent => SkippedBy(agent).Select(skipped => (agent.Name, skipped))))
            if (start is { } begin)
                yield return Skipped(file, skipped, techniques, hosts.GetValueOrDefault(paw) ?? paw, begin);
    }

    private static IEnumerable<JsonElement> SkippedBy(JsonProperty agent) => agent.Value.ValueKind == JsonValueKind.Array ? agent.Value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : [];

    // What was skipped has no technique of its own: another agent may have run it.
    private static Execution Skipped(ImportFile file, JsonElement skipped, Dictionary<string, TechniqueId> techniques, string host, DateTimeOffset start)
    {
        var test = TestId.Of(skipped.TextOf("ability_id"));
        return new()
        {
            Span = file.Of(skipped),
            Name = skipped.TextOf("ability_name") ?? "",
            Test = test,
            Technique = test is not null && techniques.TryGetValue(test, out var technique) ? technique : null,
            Host = host,
            Start = start,
            Stop = start,
            Skip = StrangersText.Short(skipped.TextOf("reason") ?? "skipped"),
        };
    }
}
