using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;

namespace Merlon.Core.Actors.Import;

/// <summary>
/// Layers of the ATT&amp;CK Navigator, formats 2.0 to 4.5, one or an array of them. Tools write layers that the Navigator itself would complain
/// of: without a version, a name, tactics or scores. Those are read; what another meaning could be given to is refused.
/// </summary>
internal sealed class LayerImporter : IActorImporter
{
    public string Name => "layer";

    public bool Recognises(ImportFile file) => file.Json?.RootElement switch
    {
        { ValueKind: JsonValueKind.Object } root => IsLayer(root),
        { ValueKind: JsonValueKind.Array } root => root.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first && IsLayer(first),
        _ => false,
    };

    public IReadOnlyCollection<ImportedActor> Read(ImportFile file, ImportContext context)
    {
        if (file.Json is not { RootElement: var root })
            throw new ImportException("it is not JSON, as a layer is");
        return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select(layer => Read(layer, file, context))] : [Read(root, file, context)];
    }

    // The 'objects' and 'values' are those of STIX and MISP.
    private static bool IsLayer(JsonElement element) => element.TryGetProperty("techniques", out _)
        || ((element.TryGetProperty("domain", out _) || element.TryGetProperty("versions", out _)) && !element.TryGetProperty("objects", out _) && !element.TryGetProperty("values", out _));

    private static ImportedActor Read(JsonElement layer, ImportFile file, ImportContext context)
    {
        if (layer.ValueKind != JsonValueKind.Object)
            throw new ImportException("a layer is an object with 'techniques'", file.Of(layer));
        var version = VersionOf(layer, file);
        CheckDomain(layer, file, context);
        ImmutableArray<ImportedTechnique> techniques = [];
        if (layer.TryGetProperty("techniques", out var entries) && entries.ValueKind != JsonValueKind.Null)
            techniques = new LayerEntries(file, context).Read(entries.ValueKind == JsonValueKind.Array ? entries : throw new ImportException("'techniques' of the layer is no array", file.Of(entries)));
        return new()
        {
            Name = layer.Text("name") is { } name && name.Trim().Length > 0 ? name : Path.GetFileNameWithoutExtension(file.Path),
            Span = file.Of(layer),
            Source = version.Length == 0 ? "Navigator layer" : $"Navigator layer {version}",
            Techniques = techniques,
        };
    }

    // 4.0 put 'versions' in the place of 'version'.
    private static string VersionOf(JsonElement layer, ImportFile file)
    {
        var written = layer.TryGetProperty("versions", out var versions) && versions.ValueKind == JsonValueKind.Object && versions.TryGetProperty("layer", out var inner) ? inner
            : versions.ValueKind is JsonValueKind.String or JsonValueKind.Number ? versions
            : layer.TryGetProperty("version", out var outer) ? outer : default;
        var text = written.ValueKind switch { JsonValueKind.String => written.GetString()!, JsonValueKind.Number => written.GetRawText(), _ => "" }; // a string has one
        var parts = text.Split('.');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
            return "";
        var minor = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var second) ? second : 0;
        return major is >= 2 and <= 4 ? string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}")
            : throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"it is a layer of format {major}.{minor}, and 2.0 to 4.5 are known"), file.Of(written));
    }

    private static void CheckDomain(JsonElement layer, ImportFile file, ImportContext context)
    {
        if (!layer.TryGetProperty("domain", out var written) || written.ValueKind == JsonValueKind.Null)
            return;
        var text = written.ValueKind == JsonValueKind.String ? written.GetString()! : written.ToString(); // a string has one
        // The names before 4.0.
        var name = text.StartsWith("mitre-", StringComparison.Ordinal) ? $"{text["mitre-".Length..]}-attack" : text;
        if (!AttackDomains.TryParse(name, out var domain))
            throw new ImportException($"its domain '{text}' is none of ATT&CK's: enterprise-attack, ics-attack, mobile-attack", file.Of(written));
        if (context.Releases.All(release => release.Domain != domain))
            throw new ImportException($"it is a layer of {domain.Name}, which is not one of attack.domains; add it there", file.Of(written));
    }
}
