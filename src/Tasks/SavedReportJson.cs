using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Programs;

namespace Merlon.Tasks;

/// <summary>A saved report as JSON, member by member: a serializer's generic code is compiled anew in every build, which takes longer than all the rest of one with nothing changed.</summary>
internal static class SavedReportJson
{
    public static byte[] Write(SavedReport report)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteString("key", report.Key);
            json.WriteStartObject("watched");
            json.WriteString("root", report.Watched.Root);
            json.WriteString("configPath", report.Watched.ConfigPath);
            Write(json, "files", report.Watched.Files);
            Write(json, "rules", report.Watched.Rules);
            Write(json, "actors", report.Watched.Actors);
            Write(json, "tests", report.Watched.Tests);
            Write(json, "records", report.Watched.Records);
            Write(json, "searchFiles", report.Watched.Search.Files);
            Write(json, "searchPatterns", report.Watched.Search.Patterns);
            json.WriteEndObject();
            if (report.Base is { } stamp)
            {
                json.WriteStartObject("base");
                json.WriteString("own", stamp.Own);
                json.WriteString("configured", stamp.Configured);
                json.WriteString("found", stamp.Found);
                json.WriteEndObject();
            }
            json.WriteStartArray("findings");
            foreach (var finding in report.Findings)
                Write(json, finding);
            json.WriteEndArray();
            Write(json, "lines", report.Lines);
            json.WriteString("summary", report.Summary);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, SavedFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("id", finding.Id);
        json.WriteString("severity", finding.Severity);
        json.WriteString("file", finding.File);
        json.WriteNumber("line", finding.Line);
        json.WriteNumber("column", finding.Column);
        json.WriteString("message", finding.Message);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <returns>Null when a member is missing or of another kind.</returns>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    /// <exception cref="InvalidOperationException">A text in it is not valid Unicode.</exception>
    public static SavedReport? Read(byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        var root = json.RootElement;
        if (Text(root, "key") is not { } key || Find(root, "watched") is not { } watched || Read(watched) is not { } read
            || Texts(root, "lines") is not { } lines || Text(root, "summary") is not { } summary || Find(root, "findings") is not { ValueKind: JsonValueKind.Array } found)
            return null;
        BaseStamp? stamp = null;
        if (Find(root, "base") is { } kept)
        {
            if (Text(kept, "found") is not { } how)
                return null;
            stamp = new(Text(kept, "own"), Text(kept, "configured"), how);
        }
        var findings = ImmutableArray.CreateBuilder<SavedFinding>(found.GetArrayLength());
        foreach (var one in found.EnumerateArray())
            if (Text(one, "id") is { } id && Text(one, "severity") is { } severity && Text(one, "file") is { } file && Text(one, "message") is { } message
                && Number(one, "line") is { } line && Number(one, "column") is { } column && new SavedFinding(id, severity, file, line, column, message) is { IsPossible: true } finding)
                findings.Add(finding);
            else
                return null;
        return new(key, read, stamp, findings.MoveToImmutable(), lines, summary);
    }

    private static Watched? Read(JsonElement watched) =>
        Text(watched, "root") is { } root && Texts(watched, "files") is { } files && Texts(watched, "rules") is { } rules && Texts(watched, "actors") is { } actors
        && Texts(watched, "tests") is { } tests && Texts(watched, "records") is { } records && Texts(watched, "searchFiles") is { } searched && Texts(watched, "searchPatterns") is { } patterns
            ? new(root, Text(watched, "configPath"), files, rules, actors, tests, records) { Search = new(searched, patterns) } : null;

    private static JsonElement? Find(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement element, string name) => Find(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int? Number(JsonElement element, string name) => Find(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    private static ImmutableArray<string>? Texts(JsonElement element, string name)
    {
        if (Find(element, name) is not { ValueKind: JsonValueKind.Array } list)
            return null;
        var texts = ImmutableArray.CreateBuilder<string>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
            if (item is { ValueKind: JsonValueKind.String })
                texts.Add(item.GetString()!); // a string, as just seen
            else
                return null;
        return texts.MoveToImmutable();
    }
}
