using System.Text.Json;
using Merlon.Core.Json;

namespace Merlon.Core.Git;

/// <summary>What GitHub tells a workflow: a few variables, and the event as JSON.</summary>
/// <remarks>https://docs.github.com/actions/reference/workflows-and-actions/variables and /webhooks/webhook-events-and-payloads.</remarks>
internal static class GitHubEvent
{
    public static PipelineBase Read(Func<string, string?> variable, Func<string, byte[]?> readFile)
    {
        using var document = TryParse(variable("GITHUB_EVENT_PATH") is { Length: > 0 } path ? readFile(path) : null);
        var payload = document?.RootElement;
        var name = variable("GITHUB_EVENT_NAME");
        return new()
        {
            TargetBranch = PipelineBase.BranchOf(NonEmpty(variable("GITHUB_BASE_REF")) ?? (name == "merge_group" ? Text(payload, "merge_group", "base_ref") : Text(payload, "pull_request", "base", "ref"))),
            DefaultBranch = PipelineBase.BranchOf(Text(payload, "repository", "default_branch")),
            Head = PipelineBase.CommitOf(variable("GITHUB_SHA")),
            HeadRef = variable("GITHUB_REF"),
            Commit = PipelineBase.CommitOf(name switch
            {
                "merge_group" => Text(payload, "merge_group", "base_sha"),
                // What was pushed over is on no branch any more, and no clone has it.
                "push" when Find(payload, "forced")?.ValueKind == JsonValueKind.False => Text(payload, "before"),
                _ => null,
            }),
            Source = PipelineBase.CommitOf(Text(payload, "pull_request", "head", "sha")),
            // On pull_request_target the ref is that of the target branch itself.
            IsMergeOfTarget = PipelineBase.IsMerge(variable("GITHUB_REF")),
        };
    }

    private static string? NonEmpty(string? text) => text is "" ? null : text;

    private static JsonDocument? TryParse(byte[]? bytes)
    {
        if (bytes is null || bytes.Length > PipelineBase.MaxEventBytes)
            return null;
        try
        {
            return JsonText.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Find(JsonElement? element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            element = element is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(name, out var value) ? value : null;
        return element;
    }

    private static string? Text(JsonElement? element, params ReadOnlySpan<string> names) => Find(element, names) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
