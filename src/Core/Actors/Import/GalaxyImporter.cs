using System.Collections.Immutable;
using System.Text.Json;
using Merlon.Core.Attack.Stix;

namespace Merlon.Core.Actors.Import;

/// <summary>
/// Clusters of MISP galaxies. Those made of ATT&amp;CK name techniques by their STIX UUIDs (<c>related</c>, type <c>uses</c>); Tidal's and the
/// threat actors' say whom an actor attacks, and no techniques.
/// </summary>
internal sealed class GalaxyImporter : IActorImporter
{
    private static readonly ImmutableArray<string> SectorKeys = ["target_categories", "targeted-sector", "cfr-target-category"];
    private static readonly ImmutableArray<string> CountryKeys = ["observed_countries", "targeted-country", "cfr-suspected-victims"];
    private static readonly ImmutableArray<string> IdKeys = ["external_id", "group_attack_id", "campaign_attack_id", "software_attack_id"];

    public const string FormatName = "misp";

    public string Name => FormatName;

    public bool Recognises(ImportFile file) => file.Json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("values", out _);

    public IReadOnlyCollection<ImportedActor> Read(ImportFile file, ImportContext context)
    {
        if (file.Json?.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Array)
            throw new ImportException("a MISP galaxy cluster is JSON with an array 'values'");
        var galaxy = root.Text("name") is { Length: > 0 } name ? $"MISP galaxy cluster '{name}'" : "MISP galaxy cluster";
        return [.. values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.Object).Select(value => ReadValue(value, galaxy, file, context)).OfType<ImportedActor>()];
    }

    private static ImportedActor? ReadValue(JsonElement value, string galaxy, ImportFile file, ImportContext context)
    {
        if (value.Text("value") is not { } name || name.Trim().Length == 0)
        {
            context.Diagnostics.Add(ImportDiagnostics.LeftOut.At(file.Of(value), "this value of the cluster is left out: it has no name in 'value'"));
            return null;
        }
        var meta = value.TryGetProperty("meta", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        return new()
        {
            Name = name,
            Span = file.Of(value),
            Source = galaxy,
            ClusterId = value.Text("uuid"),
            Ids = [.. Texts(meta, IdKeys)],
            Aliases = [.. Texts(meta, ["synonyms"]).Where(alias => alias != name)],
            Description = value.Text("description"),
            Sectors = [.. Texts(meta, SectorKeys)],
            Countries = [.. Texts(meta, CountryKeys)],
            Techniques = [.. ImportedTechnique.OfSource(value.Items("related").Where(related => related.Text("type") is "uses").Select(related => ReadUse(related, file, context)).OfType<ImportedTechnique>(), context)],
        };
    }

    // What is no technique is software, or an actor that is alike.
    private static ImportedTechnique? ReadUse(JsonElement related, ImportFile file, ImportContext context) =>
        Guid.TryParse(related.Text("dest-uuid"), out var id) && context.FindByStixId(id) is { } technique ? new($"{technique.Id}", file.Of(related), "") : null;

    private static IEnumerable<string> Texts(JsonElement meta, ImmutableArray<string> keys) => meta.ValueKind != JsonValueKind.Object ? []
        : keys.SelectMany(key => meta.Text(key) is { Length: > 0 } text ? [text] : meta.Texts(key)).Select(text => text.Trim()).Where(text => text.Length > 0).Distinct();
}
