using System.Text.Json;
using Merlon.Core.Actors.Import;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;

namespace Merlon.Core.Emulation.Results;

/// <summary>
/// What Caldera's report and event log say alike of a step. Commands, which old versions write in base64 and new ones as text, and outputs, of
/// which there are several shapes, are not looked at: they tell nothing that a record keeps.
/// </summary>
internal static class CalderaStep
{
    public static Execution? Read(ImportFile file, JsonElement step, JsonElement? ability, JsonElement? attack, string? name, string? host, string time, ICollection<Diagnostic> diagnostics)
    {
        // The agent's own time is that of the command. Without it the command ran between its order and its result.
        var told = LogTime.TryParse(step.TextOf("agent_reported_time"));
        var ordered = told ?? LogTime.TryParse(step.TextOf("delegated") ?? step.TextOf("delegated_timestamp"));
        var ended = told ?? LogTime.TryParse(step.TextOf(time));
        if ((ordered ?? ended) is not { } start)
        {
            diagnostics.Add(ExerciseDiagnostics.LeftOut.At(file.Of(step), "step is left out: it has no time"));
            return null;
        }
        var (skip, failure) = StatusOf(step.TextOf("status"));
        return new()
        {
            Span = file.Of(step),
            Name = name ?? "",
            Test = TestId.Of(ability?.TextOf("ability_id")),
            Technique = TechniqueId.TryParse(attack?.TextOf("technique_id"), out var id) ? id : null,
            Host = host,
            Start = start,
            Stop = ended > start ? ended.Value : start,
            Skip = skip,
            Failure = failure,
        };
    }

    // 0 is success and 124 a timeout: the command ran.
    private static (string? Skip, string? Failure) StatusOf(string? status) => status switch
    {
        null or "0" or "124" => (null, null),
        "-1" => ("paused", null),
        "-2" => ("discarded", null),
        "-3" => ("never fetched by the agent", null),
        "-4" => ("agent not trusted", null),
        "-5" => ("held back for its visibility", null),
        "1" => (null, "ended with an error"),
        _ => (null, $"status {StrangersText.Short(status)}"),
    };
}
