using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;

namespace Merlon.Core.Actors.Import;

/// <summary>STIX 2.0 and 2.1 bundles of anybody: intrusion sets, threat actors, campaigns and software with the attack patterns that they use.</summary>
internal sealed class StixImporter : IActorImporter
{
    // The kinds of actors, the first that is there being meant.
    private static readonly ImmutableArray<ImmutableArray<string>> Kinds = [["intrusion-set", "threat-actor"], ["campaign"], ["malware", "tool"]];

    public string Name => "stix";

    public bool Recognises(ImportFile file) => file.Json?.RootElement switch
    {
        { ValueKind: JsonValueKind.Object } root => root.Text("type") == "bundle" || root.TryGetProperty("objects", out _),
        { ValueKind: JsonValueKind.Array } root => root.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first && first.Text("type") is not null && first.Text("id") is not null,
        _ => false,
    };

    public IReadOnlyCollection<ImportedActor> Read(ImportFile file, ImportContext context)
    {
        var objects = file.Json?.RootElement switch
        {
            { ValueKind: JsonValueKind.Object } root when root.TryGetProperty("objects", out var list) && list.ValueKind == JsonValueKind.Array => list,
            { ValueKind: JsonValueKind.Array } root => root,
            _ => throw new ImportException("a STIX bundle is JSON with an array 'objects'"),
        };
        var known = Newest(objects);
        var uses = Relations(objects, "uses").ToLookup(relation => relation.Source);
        var campaigns = Relations(objects, "attributed-to").Where(relation => IsCampaign(relation.Source)).ToLookup(relation => relation.Target, relation => relation.Source);
        var actors = Kinds.Select(kind => known.Where(pair => kind.Contains(pair.Value.Text("type") ?? "") && (IsNamed(pair.Value, context) || pair.Value.Status() == ObjectStatus.Live)).ToArray())
            .Where(found => found.Length > 0).ToArray();
        // A name that is asked for may be of any kind.
        var chosen = context.Options.Actor is null ? actors.FirstOrDefault() ?? [] : actors.SelectMany(found => found).ToArray();
        if (chosen.Length == 0)
            throw new ImportException("the bundle has no intrusion set, threat actor, campaign or software that is live");
        return [.. chosen.Select(pair => Read(pair.Key, pair.Value, campaigns[pair.Key].Distinct().Where(id => known.GetValueOrDefault(id) is { ValueKind: JsonValueKind.Object } one && one.Status() == ObjectStatus.Live)))];

        bool IsCampaign(string id) => id.StartsWith("campaign--", StringComparison.Ordinal);

        ImportedActor Read(string id, JsonElement one, IEnumerable<string> attributed) => new()
        {
            Name = one.Text("name") ?? id,
            Span = file.Of(one),
            Source = "STIX bundle",
            Ids = (one.AttackId() ?? one.Text("x_mitre_id")) is { } own ? [own] : [],
            Aliases = [.. one.Texts("aliases").Concat(one.Texts("x_mitre_aliases")).Where(alias => alias != one.Text("name")).Distinct()],
            Description = one.Text("description"),
            Techniques =
            [
                .. ImportedTechnique.OfSource(uses[id].Select(relation => Technique(relation, ""))),
                .. attributed.SelectMany(campaign => ImportedTechnique.OfSource(uses[campaign].Select(relation => Technique(relation, $"campaign {known[campaign].Text("name")}")))),
            ],
        };

        ImportedTechnique Technique(Relation relation, string comment) =>
            new(known.TryGetValue(relation.Target, out var pattern) ? IdOf(pattern) ?? pattern.Text("name") ?? relation.Target : Known(relation.Target), file.Of(relation.Element), comment);

        string Known(string id) => StixJson.ParseId(id) is { } uuid && context.FindByStixId(uuid) is { } technique ? $"{technique.Id}" : id;
    }

    private static bool IsNamed(JsonElement one, ImportContext context) => context.Options.Actor is { } name && one.Text("name") is { } own && string.Equals(own, name, StringComparison.OrdinalIgnoreCase);

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

    // Software that an actor uses is no technique.
    private static IEnumerable<Relation> Relations(JsonElement objects, string kind) => objects.EnumerateArray()
        .Where(one => one.ValueKind == JsonValueKind.Object && one.Text("type") == "relationship" && one.Text("relationship_type") == kind && one.Status() == ObjectStatus.Live)
        .Select(one => new Relation(one.Text("source_ref") ?? "", one.Text("target_ref") ?? "", one))
        .Where(relation => kind != "uses" || relation.Target.StartsWith("attack-pattern--", StringComparison.Ordinal));

    private readonly record struct Relation(string Source, string Target, JsonElement Element);
}
