using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors.Import;

/// <summary>STIX 2.0 and 2.1 bundles of anybody: intrusion sets, threat actors, campaigns and software with the attack patterns that they use.</summary>
internal sealed class StixImporter : IActorImporter
{
    public string Name => "stix";

    public bool Recognises(ImportFile file) => file.Json?.RootElement switch
    {
        { ValueKind: JsonValueKind.Object } root => root.Text("type") == "bundle" || root.TryGetProperty("objects", out _),
        { ValueKind: JsonValueKind.Array } root => root.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first && first.Text("type") is not null && first.Text("id") is not null,
        _ => false,
    };

    public IReadOnlyCollection<ImportedActor> Read(ImportFile file, ImportContext context) => file.Json?.RootElement switch
    {
        { ValueKind: JsonValueKind.Object } root when root.TryGetProperty("objects", out var list) && list.ValueKind == JsonValueKind.Array => new StixActors(list, file, context).Read(),
        { ValueKind: JsonValueKind.Array } root => new StixActors(root, file, context).Read(),
        _ => throw new ImportException("a STIX bundle is JSON with an array 'objects'"),
    };
}

/// <summary>The actors of a bundle. Of two versions of an object the newer one counts; relationships that no longer hold are passed over.</summary>
internal sealed class StixActors(JsonElement objects, ImportFile file, ImportContext context)
{
    // The kinds of actors, the first that is there being meant.
    private static readonly ImmutableArray<ImmutableArray<string>> Kinds = [["intrusion-set", "threat-actor"], ["campaign"], ["malware", "tool"]];

    private readonly Dictionary<string, JsonElement> _known = Newest(objects);
    private readonly ILookup<string, Relation> _uses = Relations(objects, "uses").Where(relation => relation.Target.StartsWith("attack-pattern--", StringComparison.Ordinal)).ToLookup(relation => relation.Source);
    private readonly ILookup<string, string> _campaigns = Relations(objects, "attributed-to").ToLookup(relation => relation.Target, relation => relation.Source);
    private bool _hasPlaces;

    public IReadOnlyCollection<ImportedActor> Read()
    {
        ImmutableArray<ImmutableArray<KeyValuePair<string, JsonElement>>> kinds =
        [
            .. Kinds.Select(kind => _known.Where(pair => kind.Contains(pair.Value.Text("type") ?? "") && pair.Value.Status() == ObjectStatus.Live).ToImmutableArray()).Where(found => !found.IsEmpty),
        ];
        if (kinds.IsEmpty)
            throw new ImportException("the bundle has no intrusion set, threat actor, campaign or software that is live");
        // A name that is asked for may be of any kind; where it is nobody's, all are listed.
        var chosen = context.Options.Actor is not { } name ? kinds[0]
            : kinds.Select(found => found.Where(pair => Describe(pair.Key, pair.Value).IsCalled(name)).ToImmutableArray()).FirstOrDefault(found => !found.IsEmpty) is { IsDefault: false } called ? called
            : [.. kinds.SelectMany(found => found)];
        // Places are counted from the start of the file; several actors are only listed.
        _hasPlaces = chosen.Length == 1;
        return [.. chosen.Select(pair => Describe(pair.Key, pair.Value) with { Span = PlaceOf(pair.Value), Techniques = [.. TechniquesOf(pair.Key)] })];
    }

    private ImportedActor Describe(string id, JsonElement one) => new()
    {
        Name = one.Text("name") ?? id,
        Span = SourceSpan.StartOf(file.Path),
        Source = "STIX bundle",
        Ids = (one.AttackId() ?? one.Text("x_mitre_id")) is { } own ? [own] : [],
        Aliases = [.. one.Texts("aliases").Concat(one.Texts("x_mitre_aliases")).Where(alias => alias != one.Text("name")).Distinct()],
        Description = one.Text("description"),
    };

    // Its campaigns' are its own, as in a profile.
    private IEnumerable<ImportedTechnique> TechniquesOf(string id) => ImportedTechnique.OfSource(_uses[id].Select(relation => Read(relation, "")), context)
        .Concat(_campaigns[id].Distinct().Select(_known.GetValueOrDefault).Where(one => one.ValueKind == JsonValueKind.Object && one.Text("type") == "campaign" && one.Status() == ObjectStatus.Live)
            .SelectMany(campaign => ImportedTechnique.OfSource(_uses[campaign.Text("id")!].Select(relation => Read(relation, $"campaign {campaign.Text("name")}")), context))); // known by its id

    private ImportedTechnique Read(Relation relation, string comment) => new(
        _known.TryGetValue(relation.Target, out var pattern) ? IdOf(pattern) ?? pattern.Text("name") ?? relation.Target
            : StixJson.ParseId(relation.Target) is { } uuid && context.FindByStixId(uuid) is { } technique ? $"{technique.Id}" : relation.Target,
        PlaceOf(relation.Element), comment);

    private SourceSpan PlaceOf(JsonElement element) => _hasPlaces ? file.Of(element) : SourceSpan.StartOf(file.Path);

    // ATT&CK's own reference first; a name space of the organisation, OpenCTI's property, and CAPEC beside it.
    private static string? IdOf(JsonElement pattern) => pattern.AttackId()
        ?? pattern.Items("external_references").Select(reference => reference.Text("external_id")).Append(pattern.Text("x_mitre_id")).FirstOrDefault(id => TechniqueId.TryParse(id, out _))
        ?? pattern.Text("x_mitre_id");

    private static Dictionary<string, JsonElement> Newest(JsonElement objects)
    {
        Dictionary<string, JsonElement> known = new(StringComparer.Ordinal);
        foreach (var one in objects.EnumerateArray())
            if (one.ValueKind == JsonValueKind.Object && one.Text("id") is { } id && (!known.TryGetValue(id, out var other) || other.Modified() <= one.Modified()))
                known[id] = one;
        return known;
    }

    private static IEnumerable<Relation> Relations(JsonElement objects, string kind) => objects.EnumerateArray()
        .Where(one => one.ValueKind == JsonValueKind.Object && one.Text("type") == "relationship" && one.Text("relationship_type") == kind && one.Status() == ObjectStatus.Live)
        .Select(one => new Relation(one.Text("source_ref") ?? "", one.Text("target_ref") ?? "", one));

    private readonly record struct Relation(string Source, string Target, JsonElement Element);
}
