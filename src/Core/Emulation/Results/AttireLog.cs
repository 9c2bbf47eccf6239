using System.Text.Json;
using Merlon.Core.Actors.Import;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;

namespace Merlon.Core.Emulation.Results;

/// <summary>ATTiRe 1.1: the log of Invoke-AtomicRedTeam's ATTiRe logger, and of converters from other tools. A procedure is a test, from its first step's start to its last step's stop.</summary>
internal sealed class AttireLog : IExecutionReader
{
    public string Name => "ATTiRe";

    public bool Recognises(ImportFile file) => file.Json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.Field("procedures") is not null;

    public IEnumerable<Execution> Read(ImportFile file, ICollection<Diagnostic> diagnostics)
    {
        var root = file.Json!.RootElement; // recognised
        var target = root.Field("execution-data")?.Field("target");
        var host = target?.TextOf("host") ?? target?.TextOf("ip");
        foreach (var procedure in root.Objects("procedures"))
        {
            var steps = procedure.Objects("steps").ToArray();
            var starts = steps.Select(step => LogTime.TryParse(step.TextOf("time-start"))).OfType<DateTimeOffset>().ToArray();
            if (starts.Length == 0)
            {
                diagnostics.Add(ExerciseDiagnostics.LeftOut.At(file.Of(procedure), "procedure is left out: none of its steps has a time-start"));
                continue;
            }
            var (start, stop) = (starts.Min(), steps.Select(step => LogTime.TryParse(step.TextOf("time-stop"))).OfType<DateTimeOffset>().Concat(starts).Max());
            yield return new()
            {
                Span = file.Of(procedure),
                Name = procedure.TextOf("procedure-name") ?? "",
                Test = TestId.Of(procedure.Field("procedure-id")?.TextOf("id")),
                Technique = TechniqueId.TryParse(procedure.TextOf("mitre-technique-id"), out var id) ? id : null,
                Host = host,
                Start = start,
                Stop = stop,
                Failure = steps.Select(step => AtomicCsvLog.FailureOf(step.TextOf("exit-code"))).FirstOrDefault(failure => failure is not null),
            };
        }
    }
}
