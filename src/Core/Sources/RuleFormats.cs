using System.Collections.Immutable;
using Merlon.Core.Sources.Elastic;
using Merlon.Core.Sources.Inventory;
using Merlon.Core.Sources.Sentinel;
using Merlon.Core.Sources.Splunk;
using Merlon.Core.Sources.Tables;

namespace Merlon.Core.Sources;

/// <summary>The formats that rules can be read from.</summary>
internal static class RuleFormats
{
    /// <summary>In the order of the documentation.</summary>
    public static ImmutableArray<IRuleSource> All { get; } =
    [
        SigmaSource.Instance, new InventoryFile(),
        SplunkConf.Instance, SplunkRest.Instance, SplunkCsv.Instance, SplunkContent.Instance,
        new ElasticToml(), new ElasticNdjson(), new SentinelYaml(), new SentinelArm(),
        new CsvTables(), new JsonTables(), new YamlTables(), new TextTables(),
    ];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(format => format.Name)];

    public static IRuleSource? Find(string name) => All.FirstOrDefault(format => format.Name == name);
}
