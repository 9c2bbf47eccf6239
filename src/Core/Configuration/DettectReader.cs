using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>
/// Reads DeTT&amp;CT's administration of data sources as a log source inventory. A data source is collected from the day on which it was connected
/// when some device sends it and it can be searched: <c>date_connected</c> is there, <c>device_completeness</c> is above 0 and
/// <c>available_for_data_analytics</c> is not false. Keys that it does not know are the user's own, as DeTT&amp;CT allows.
/// </summary>
internal sealed class DettectReader(ImmutableArray<AttackRelease> releases, ImmutableArray<string> platforms, List<Diagnostic> diagnostics)
{
    /// <summary>The key that tells such a file from <c>logsources.yml</c>.</summary>
    public const string Mark = "file_type";

    private const string FileType = "data-source-administration";

    private static readonly ImmutableArray<string> Versions = ["1.0", "1.1", "1"];

    private readonly DataComponentSources _components = new(releases);
    private readonly DettectPlatforms _platforms = new(platforms, diagnostics);

    /// <param name="mark">The entry of <see cref="Mark"/>.</param>
    /// <returns>Null, with a finding, when the file is another one.</returns>
    public LogSourceInventory? Read(YamlMapping file, YamlEntry mark)
    {
        if (mark.Value is not YamlScalar { Value: FileType })
            return Reject(mark.Value.Span, $"{Mark} is {TextOf(mark.Value)}; a log source inventory is read from '{FileType}'");
        if (file.Find("version") is not YamlScalar version || !Versions.Contains(version.Value))
            return Reject(file.FindEntry("version") is { } entry ? entry.Value.Span : mark.Key.Span, $"version is {TextOf(file.Find("version"))}; 1.0 and 1.1 can be read");
        if (file.Find("data_sources") is not YamlSequence sources)
            return Reject(file.FindEntry("data_sources") is { } list ? list.Value.Span : mark.Key.Span, $"data_sources is {TextOf(file.Find("data_sources"))}; a list of data sources is read");
        YamlFields fields = new(file, DettectDiagnostics.Shape, diagnostics);
        _platforms.Read(fields);
        return new([.. sources.Items.Select(item => fields.AsMap(item, "an item of data_sources")).OfType<YamlFields>().SelectMany(ReadDataSource)]);
    }

    // Version 1.0 has one state of a data source, 1.1 one for each kind of systems.
    private IEnumerable<CollectedLogSource> ReadDataSource(YamlFields source)
    {
        if (source.Required("data_source_name") is not { } name)
            return [];
        return (source.Node("data_source") is null ? [source] : source.Maps("data_source")).SelectMany(details => ReadDetails(name, details)).ToArray();
    }

    private IEnumerable<CollectedLogSource> ReadDetails(YamlScalar name, YamlFields details)
    {
        var connected = details.Date("date_connected");
        var devices = details.Map("data_quality")?.Integer("device_completeness", 0, 5);
        var isSearched = details.Node("available_for_data_analytics") is null || details.Boolean("available_for_data_analytics") == true;
        var systems = _platforms.Of(DettectPlatforms.Scalars(details, "applicable_to"));
        var products = DettectPlatforms.Scalars(details, "products").Select(product => product.Value).Where(product => !product.Equals("None", StringComparison.OrdinalIgnoreCase)).ToImmutableArray();
        if (connected is null || devices is null or 0 || !isSearched || systems.IsEmpty)
            return [];
        var found = systems.SelectMany(platform => _components.Find(name.Value, platform, products).Select(source => (platform, source))).ToArray();
        if (found.Length == 0)
            diagnostics.Add(DettectDiagnostics.Unmapped.At(name.Span, WhyUnmapped(name.Value, systems, products)));
        return found.GroupBy(one => one.source, one => one.platform).Select(group => new CollectedLogSource
        {
            Product = group.Key.Product,
            Category = group.Key.Category,
            Service = group.Key.Service,
            Without = FrozenSet<string>.Empty,
            Since = connected,
            Platforms = [.. group],
        });
    }

    private string WhyUnmapped(string name, ImmutableArray<string> systems, ImmutableArray<string> products) =>
        _components.NameOf(name) is { } component ? $"no Sigma log source is known for {component} on {string.Join(", ", systems)}{(products.IsEmpty ? "" : $" from {string.Join(", ", products)}")}; name it in a logsources.yml if rules read it"
        : $"'{name}' is not a data component of ATT&CK {releases[0].Name}{Spelling.Hint(name, [.. releases.SelectMany(release => release.DataComponents).Select(one => one.Name).Distinct()])}";

    private LogSourceInventory? Reject(SourceSpan span, string message)
    {
        diagnostics.Add(DettectDiagnostics.Unreadable.At(span, message));
        return null;
    }

    private static string TextOf(YamlNode? node) => node switch
    {
        null or YamlScalar { IsNull: true } => "missing",
        YamlScalar scalar => $"'{scalar.Value}'",
        _ => node.Kind,
    };
}
