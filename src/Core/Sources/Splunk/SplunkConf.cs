using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Splunk;

/// <summary>
/// <c>savedsearches.conf</c>. Files of one name in the folders <c>default</c> and <c>local</c> of an app are layers of each other: <c>local</c> wins
/// setting by setting, and what neither says of a search is what <c>[default]</c> says.
/// </summary>
internal sealed class SplunkConf : IRuleSource
{
    public static SplunkConf Instance { get; } = new();

    public string Name => "splunk-conf";

    public int MaxBytes => 256 << 20;

    public RuleFile Read(string path, Stream content, RuleSource source) => new ConfReader(path, content).Read(source);

    public IEnumerable<DetectionRule> Join(IReadOnlyList<RuleFile> files, ICollection<Diagnostic> diagnostics)
    {
        if (files is not [var first, ..])
            return [];
        SavedSearchRules rules = new(first.Source, diagnostics);
        return [.. files.OfType<ConfFile>().GroupBy(file => ConfLayer.Of(file.Path).App, (app, layers) => (App: app, Layers: layers.OrderByDescending(file => ConfLayer.Of(file.Path).Precedence).ToArray()))
            .SelectMany(app => Of(app.App, app.Layers, rules, diagnostics))];
    }

    /// <param name="layers">The one that wins first.</param>
    private static IEnumerable<DetectionRule> Of(ConfApp app, ConfFile[] layers, SavedSearchRules rules, ICollection<Diagnostic> diagnostics)
    {
        var stanzas = layers.Reverse().SelectMany(layer => layer.Stanzas).ToArray();
        foreach (var header in stanzas.Where(stanza => stanza.IsBroken))
            if (rules.Wants(Search(header, [header])))
                diagnostics.Add(InventoryDiagnostics.BadRecord.At(header.Span, "the header of this stanza does not end with ']'; close it"));
        ConfStanza[] defaults = [.. layers.Select(layer => layer.Defaults)];
        foreach (var named in stanzas.Where(stanza => !stanza.IsBroken).GroupBy(stanza => stanza.Name, StringComparer.Ordinal))
            if (rules.Read(Search(named.First(), [.. named.Reverse(), .. defaults])) is { } rule)
                yield return rule;

        SavedSearch Search(ConfStanza header, ConfStanza[] parts)
        {
            Dictionary<string, PlacedText> settings = new(StringComparer.Ordinal);
            foreach (var part in parts)
                foreach (var (key, value) in part.Settings)
                    settings.TryAdd(key, value);
            return new(header.Name, SavedSearch.IdOf(app.Name, app.User, header.Name), header.Span, settings);
        }
    }
}

/// <summary>Which app a file belongs to.</summary>
/// <param name="Path">What its layers have in common, and no other file.</param>
/// <param name="Name">The app; null for a file that is in none.</param>
/// <param name="User">Whose private searches they are; null where they are the app's.</param>
internal readonly record struct ConfApp(string Path, string? Name, string? User = null);

/// <summary>What the path of a file says of its app.</summary>
/// <param name="Precedence">The higher one wins.</param>
internal readonly record struct ConfLayer(ConfApp App, int Precedence)
{
    public static ConfLayer Of(string path)
    {
        // etc/apps/<app>/local/savedsearches.conf, etc/users/<user>/<app>/local/savedsearches.conf.
        if (path.Split('/') is not [.. var app, ("default" or "local") and var layer, var file])
            return new(new(path, null), 0);
        var user = app is [.., "users", var someone, _] ? someone : null;
        return new(new($"{string.Join('/', app)}\0{file}", app is [.., var name] ? name : null, user), layer == "local" ? 1 : 0);
    }
}
