using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Reads <c>logsources.yml</c> and <c>assets.yml</c>.</summary>
/// <param name="platforms">Every platform of the releases.</param>
internal sealed class EvidenceReader(ConfigurationFiles files, ImmutableArray<AttackRelease> releases, ImmutableArray<string> platforms)
{
    private static readonly ImmutableArray<string> Criticalities = ["low", "medium", "high", "critical"];

    /// <summary>Reads <c>logsources.yml</c>, or DeTT&amp;CT's administration of data sources.</summary>
    /// <param name="assets">What its entries name.</param>
    public LogSourceInventory? ReadLogSources(YamlScalar? written, ImmutableArray<AssetGroup> assets)
    {
        if (Open(written) is not { } mapping)
            return null;
        if (mapping.FindEntry(DettectReader.Mark) is { } mark)
            return new DettectReader(releases, platforms, files.Diagnostics).Read(mapping, mark);
        YamlFields fields = new(mapping, ConfigurationDiagnostics.Shape, files.Diagnostics);
        var collected = fields.Maps("collected").Select(entry => ReadLogSource(entry, assets)).ToImmutableArray();
        fields.End();
        return new(collected);
    }

    public ImmutableArray<AssetGroup> ReadAssets(YamlScalar? written)
    {
        if (Open(written) is not { } mapping)
            return [];
        YamlFields fields = new(mapping, ConfigurationDiagnostics.Shape, files.Diagnostics);
        var assets = fields.Maps("assets").Select(ReadAsset).ToImmutableArray();
        fields.End();
        return assets;
    }

    private YamlMapping? Open(YamlScalar? written) => written is not null && files.Resolve(written) is { } path ? files.Open(path) : null;

    private static CollectedLogSource ReadLogSource(YamlFields entry, ImmutableArray<AssetGroup> assets)
    {
        CollectedLogSource source = new()
        {
            Product = entry.Text("product"),
            Category = entry.Text("category"),
            Service = entry.Text("service"),
            Without = entry.Texts("without").ToFrozenSet(StringComparer.Ordinal),
            Since = entry.Date("since"),
            Platforms = PlatformsOf(entry, assets),
            As = entry.Texts("as"),
        };
        entry.End();
        if (source is { Product: null, Category: null, Service: null })
            entry.Report(entry.Span, "entry names none of product, category and service, so it would match every rule; name one");
        return source;
    }

    // Those of the groups that an entry names. A group that names none would make the log source count everywhere or nowhere.
    private static ImmutableArray<string>? PlatformsOf(YamlFields entry, ImmutableArray<AssetGroup> assets)
    {
        if (entry.Scalars("assets") is not { IsEmpty: false } names)
            return null;
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (var name in names)
            if (assets.FirstOrDefault(group => group.Name == name.Value) is not { } group)
                entry.Report(name.Span, assets.IsEmpty ? $"'{name.Value}' is a group of no file; set coverage.assets" : $"'{name.Value}' is not an asset group{Spelling.Hint(name.Value, [.. assets.Select(one => one.Name)])}");
            else if (group.Platforms.IsEmpty)
                entry.Report(name.Span, $"asset group '{name.Value}' names no platforms, so it is not known where this counts; give it some");
            else
                found.UnionWith(group.Platforms);
        return [.. found];
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
