using System.Text.Json;

namespace Merlon.Core.Tests;

/// <summary>What <c>gate --format json</c> and <c>diff --format json</c> say, a line for each thing, for tests to compare.</summary>
internal static class Said
{
    public static string In(string json)
    {
        using var document = JsonDocument.Parse(json);
        return In(document.RootElement);
    }

    /// <summary>Floors that hold have no line.</summary>
    public static string In(JsonElement gate)
    {
        List<string> lines = [$"{(gate.GetProperty("passed").GetBoolean() ? "passed" : "failed")}, base {Text(gate, "base", "ref")} by {Text(gate, "base", "how")}"];
        lines.AddRange(Each(gate, "lost").Select(loss => $"lost {Claim(loss)}"));
        lines.AddRange(Each(gate, "lowered").Select(loss => $"lowered {Claim(loss)}"));
        lines.AddRange(Each(gate, "gained").Select(gain => $"gained {Text(gain, "technique")} {Text(gain, "actor")}{(gain.GetProperty("byTagOnly").GetBoolean() ? " by tag only" : "")}: {Changes(gain)}"));
        lines.AddRange(Each(gate, "lastRules").Select(last => $"last rule of {Text(last, "technique")} on {Joined(last, "platforms")}: {Text(last, "path")}"));
        lines.AddRange(Each(gate, "floors").Where(floor => !floor.GetProperty("passed").GetBoolean()).Select(floor =>
            $"floor {Text(floor, "actor")}{(Text(floor, "tactic") + Text(floor, "platform") is { Length: > 0 } part ? $" {part}" : "")} {Text(floor, "covered")}/{Text(floor, "techniques")} of {Text(floor, "target")} {Text(floor, "severity")}{(Text(floor, "why") is { Length: > 0 } why ? $": {why}" : "")}"));
        lines.AddRange(Each(gate, "policy").Select(line => $"policy {Text(line, "effect")} {Text(line, "path")}:{Text(line, "line")} {Text(line, "key")}: {Text(line, "base")} -> {Text(line, "head")}"));
        lines.AddRange(Each(gate, "other").Select(other => string.Join(' ', new[] { "other", Text(other, "kind"), Text(other, "actor"), Text(other, "technique") }.Where(word => word.Length > 0)) + $": {Text(other, "detail")}"));
        lines.AddRange(Each(gate, "diagnostics").Select(found => $"{Text(found, "id")} {Text(found, "severity")} {Text(found, "path")}:{Text(found, "line")}"));
        return string.Join('\n', lines);
    }

    /// <summary>The message of the only finding with this id.</summary>
    public static string MessageOf(string json, string id)
    {
        using var document = JsonDocument.Parse(json);
        return Text(Each(document.RootElement, "diagnostics").Single(found => Text(found, "id") == id), "message");
    }

    private static string Claim(JsonElement loss) =>
        $"{Text(loss, "technique")} {Text(loss, "actor")}{(Joined(loss, "platforms") is { Length: > 0 } platforms ? $" on {platforms}" : "")} {Text(loss, "severity")}{(loss.GetProperty("accepted").GetBoolean() ? " accepted" : "")}{(loss.GetProperty("stillCovered").GetBoolean() ? " still covered" : "")}: {Changes(loss)}";

    private static string Changes(JsonElement claim) => string.Join("; ", Each(claim, "changes").Select(change => $"{Text(change, "cause")} {Text(change, "path")}:{Text(change, "line")}"));

    private static string Joined(JsonElement element, string name) => string.Join(", ", Each(element, name).Select(item => item.GetString()));

    private static JsonElement.ArrayEnumerator Each(JsonElement element, string name) => element.GetProperty(name).EnumerateArray();

    // Nothing for null.
    private static string Text(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            element = element.GetProperty(name);
        return element.ToString();
    }
}
