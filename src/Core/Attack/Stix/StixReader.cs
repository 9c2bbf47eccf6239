using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Attack.Stix;

/// <summary>Reads the objects of one bundle.</summary>
internal sealed class StixReader(ReadOnlyMemory<byte> json, string path)
{
    private readonly ImmutableArray<StixObject>.Builder _objects = ImmutableArray.CreateBuilder<StixObject>();
    private readonly ImmutableArray<StixRelationship>.Builder _relationships = ImmutableArray.CreateBuilder<StixRelationship>();
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
    private int _read;

    public ImmutableArray<StixObject> Objects => _objects.ToImmutable();

    public ImmutableArray<StixRelationship> Relationships => _relationships.ToImmutable();

    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.ToImmutable();

    /// <exception cref="JsonException">The text is not JSON.</exception>
    public void Read()
    {
        var text = json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var objects = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("objects", out var list) ? list : root;
        if (objects.ValueKind != JsonValueKind.Array)
            Report(null, Severity.Error, "it is neither an array of objects nor has it one called 'objects'");
        else
            foreach (var element in objects.EnumerateArray())
                ReadElement(element, ++_read);
    }

    private void ReadElement(JsonElement element, int number)
    {
        try
        {
            if (element.ValueKind != JsonValueKind.Object || element.Text("type") is not { } type)
                Report(null, Severity.Error, $"object {number} has no type");
            else if (type == "relationship")
                ReadRelationship(element);
            else if (StixTypes.Find(type) is { } known)
                ReadObject(element, known);
        }
        catch (InvalidOperationException)
        {
            // JsonElement checks the halves of surrogate pairs only when a string is taken.
            Report(null, Severity.Error, "a string holds half of a surrogate pair");
        }
    }

    private void ReadRelationship(JsonElement element)
    {
        if (StixRelations.Find(element.Text("relationship_type") ?? "") is not { } relation)
            return;
        if (element.StixId("id") is { } id && element.StixId("source_ref") is { } source && element.StixId("target_ref") is { } target)
            _relationships.Add(new(id, new(relation, source, target), element.Status() == ObjectStatus.Live, element.Modified()));
        else
            Report(element.Text("id"), Severity.Error, $"'{element.Text("id")}' lacks the STIX id of itself or of one of its ends");
    }

    private void ReadObject(JsonElement element, StixType type)
    {
        var name = element.Text("name") ?? "";
        if (element.StixId("id") is not { } id)
            Report(element.Text("id"), Severity.Error, $"'{element.Text("id")}' is no STIX id");
        else if (StixFacts.Of(element, type, id, path) is var one && name.Length == 0)
            Report(element.Text("id"), Severity.Error, $"'{element.Text("id")}' has no name");
        else if (!HasUsableId(one))
            Report(element.Text("id"), Severity.Warning, $"'{name}' has no ATT&CK id ({element.Text("id")}) and is left out");
        else
            _objects.Add(one);
    }

    private static bool HasUsableId(StixObject one) => one.Type switch
    {
        StixType.Technique => TechniqueId.TryParse(one.AttackId, out _),
        StixType.DataComponent or StixType.Collection or StixType.Matrix => true,
        _ => one.AttackId.Length > 0,
    };

    private void Report(string? stixId, Severity severity, string message)
    {
        var line = stixId is null ? 1 : LineOf(stixId);
        _diagnostics.Add(AttackDiagnostics.UnreadableBundle.At(new(path, line, 1, line, 1), $"STIX bundle cannot be read: {message}") with { Severity = severity });
    }

    // The parsed document keeps no positions; one is wanted rarely enough to search for it. The first mention of the id may be another object's.
    private int LineOf(string stixId)
    {
        var index = json.Span.IndexOf(Encoding.UTF8.GetBytes($"\"id\": \"{stixId}\""));
        return json.Span[..Math.Max(index < 0 ? json.Span.IndexOf(Encoding.UTF8.GetBytes($"\"{stixId}\"")) : index, 0)].Count((byte)'\n') + 1;
    }
}
