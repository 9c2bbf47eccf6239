using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Json;

namespace Merlon.Core.Attack.Stix;

/// <summary>Reads the objects of one bundle.</summary>
/// <param name="json">UTF-8, without a byte-order mark.</param>
internal sealed class StixReader(ReadOnlyMemory<byte> json, string path)
{
    private readonly JsonPlaces _places = new(json, path);
    private readonly ImmutableArray<StixObject>.Builder _objects = ImmutableArray.CreateBuilder<StixObject>();
    private readonly ImmutableArray<StixRelationship>.Builder _relationships = ImmutableArray.CreateBuilder<StixRelationship>();
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    public ImmutableArray<StixObject> Objects => _objects.ToImmutable();

    public ImmutableArray<StixRelationship> Relationships => _relationships.ToImmutable();

    public StixPages Pages { get; private set; }

    public ImmutableArray<Diagnostic> Diagnostics => _diagnostics.ToImmutable();

    /// <exception cref="JsonException">The text is not JSON, or a text in it is not Unicode.</exception>
    public void Read()
    {
        using var document = JsonText.Parse(json);
        var root = document.RootElement;
        var isObject = root.ValueKind == JsonValueKind.Object;
        var objects = isObject && root.TryGetProperty("objects", out var list) ? list : root;
        if (objects.ValueKind == JsonValueKind.Array)
        {
            if (isObject && !root.TryGetProperty("type", out _))
                Pages = root.IsTrue("more") ? StixPages.Earlier : StixPages.Last;
            foreach (var element in objects.EnumerateArray())
                ReadElement(element);
        }
        else if (isObject && root.TryGetProperty("collections", out var collections) && collections.ValueKind == JsonValueKind.Array)
            Report(root, $"this is an index of {(collections.GetArrayLength() == 1 ? "1 collection" : $"{collections.GetArrayLength()} collections")}, which says where bundles are and holds no objects; import a bundle that it names");
        else if (isObject && root.TryGetProperty("type", out var type) && !type.ValueEquals("bundle"))
            ReadElement(root);
        else
            Report(objects, "this is neither an array of objects nor has it one called 'objects'");
    }

    private void ReadElement(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || element.Text("type") is not { } type)
            Report(element, "this object has no type");
        else if (type == "relationship")
            ReadRelationship(element);
        else if (StixTypes.Find(type) is { } known)
            ReadObject(element, known);
    }

    private void ReadRelationship(JsonElement element)
    {
        if (StixRelations.Find(element.Text("relationship_type") ?? "") is not { } relation)
            return;
        if (element.StixId("id") is { } id && element.StixId("source_ref") is { } source && element.StixId("target_ref") is { } target)
            _relationships.Add(new(id, new(relation, source, target), element.Status() == ObjectStatus.Live, element.Modified()));
        else
            Report(element, $"relationship '{element.Text("id")}' lacks the STIX id of itself or of one of its ends");
    }

    private void ReadObject(JsonElement element, StixType type)
    {
        var name = element.Text("name");
        if (element.StixId("id") is not { } id)
            Report(element, $"'{element.Text("id")}' is no STIX id");
        else if (name is not { Length: > 0 })
            Report(element, $"'{element.Text("id")}' has no name");
        else if (StixFacts.Of(element, type, id, path) is var one && HasUsableId(one))
            _objects.Add(one);
        else
            _diagnostics.Add(AttackDiagnostics.ObjectLeftOut.At(_places.Of(element), $"'{name}' ({element.Text("id")}) is left out: it has no ATT&CK id"));
    }

    private static bool HasUsableId(StixObject one) => one.Type switch
    {
        StixType.Technique => TechniqueId.TryParse(one.AttackId, out _),
        StixType.DataComponent or StixType.Collection or StixType.Matrix => true,
        _ => one.AttackId.Length > 0,
    };

    private void Report(JsonElement element, string problem) =>
        _diagnostics.Add(AttackDiagnostics.UnreadableBundle.At(_places.Of(element), $"STIX bundle cannot be read: {problem}"));
}
