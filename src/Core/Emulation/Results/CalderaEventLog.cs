using System.Text.Json;
using Merlon.Core.Actors.Import;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Emulation.Results;

/// <summary>Caldera's event log of an operation. It does not tell which steps clean up: those are further runs of the same test.</summary>
internal sealed class CalderaEventLog : IExecutionReader
{
    public string Name => "the event log of a Caldera operation";

    public bool Recognises(ImportFile file) => file.Json?.RootElement is { ValueKind: JsonValueKind.Array } root
        && (root.GetArrayLength() == 0 || root.EnumerateArray().Any(item => item.Field("ability_metadata") is not null));

    public IEnumerable<Execution> Read(ImportFile file, ICollection<Diagnostic> diagnostics)
    {
        foreach (var step in file.Json!.RootElement.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)) // recognised
        {
            var (ability, agent) = (step.Field("ability_metadata"), step.Field("agent_metadata"));
            if (CalderaStep.Read(file, step, ability, step.Field("attack_metadata"), ability?.TextOf("ability_name"), agent?.TextOf("host") ?? agent?.TextOf("paw"), "finished_timestamp", diagnostics) is { } execution)
                yield return execution;
        }
    }
}
