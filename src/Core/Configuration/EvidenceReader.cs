using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Evidence;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Reads <c>logsources.yml</c> and <c>assets.yml</c>.</summary>
internal sealed class EvidenceReader(ConfigurationFiles files, ImmutableArray<string> platforms)
{
    private static readonly ImmutableArray<string> Criticalities = ["low", "medium", "high", "critical"];

    public LogSourceInventory? ReadLogSources(YamlScalar? written)
    {
        if (Open(written) is not { } fields)
            return null;
        var collected = fields.Maps("collected").Select(ReadLogSource).ToImmutableArray();
        fields.End();
        return new(collected);
    }

    public ImmutableArray<AssetGroup> ReadAssets(YamlScalar? written)
    {
        if (Open(written) is not { } fields)
            return [];
        var assets = fields.Maps("assets").Select(ReadAsset).ToImmutableArray();
        fields.End();
        return assets;
    }

    private YamlFields? Open(YamlScalar? written) =>
        written is not null && files.Resolve(written) is { } path && files.Open(path) is { } mapping ? new(mapping, ConfigurationDiagnostics.Shape, files.Diagnostics) : null;

    private static CollectedLogSource ReadLogSource(YamlFields entry)
    {
        CollectedLogSource source = new()
        {
            Product = entry.Text("product"),
            Category = entry.Text("category"),
            Service = entry.Text("service"),
            Without = entry.Texts("without").ToFrozenSet(StringComparer.Ordinal),
            Since = entry.Date("since"),
            Assets = entry.Texts("assets"),
            As = entry.Texts("as"),
        };
        entry.End();
        if (source is { Product: null, Category: null, Service: null })
            entry.Report(entry.Span, "entry names none of product, category and service, so it would match every rule; name one");
        return source;
    }

    private AssetGroup ReadAsset(YamlFields entry)
    {
        AssetGroup asset = new()
        {
            Name = entry.Required("name")?.Value ?? "",
            Platforms = entry.Words("platforms", platforms) ?? [],
            Number = entry.Integer("number", 0, int.MaxValue),
            Criticality = entry.Word("criticality", Criticalities) is { } word ? (Criticality)(Criticalities.IndexOf(word) + 1) : Criticality.Unknown,
            Owner = entry.Text("owner"),
        };
        entry.End();
        return asset;
    }
}
