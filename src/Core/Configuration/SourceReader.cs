using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Sources;
using Merlon.Core.Sources.Tables;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Reads an entry of <c>rules</c> that is a map: <c>{ path: export/splunk.json, format: splunk-rest, deploys: sigma }</c>.</summary>
/// <param name="pinned">The program's releases, for entries that name none.</param>
internal sealed class SourceReader(ConfigurationFiles files, ImmutableArray<AttackRelease> pinned)
{
    private static readonly ImmutableArray<string> Searches = ["correlation", "alerts", "all"];

    /// <returns>Null, with a finding, when it cannot be used.</returns>
    public SourceEntry? Read(YamlFields entry)
    {
        var before = files.Diagnostics.Count;
        var path = entry.Required("path");
        var source = ReadSource(entry, path);
        entry.End();
        if (path is null || source is null || files.Pattern(path) is not { } pattern)
            return null;
        if (pattern.IsExclusion)
            entry.Report(path.Span, $"'{path.Value}' leaves files out; name those that are to be read");
        return files.Diagnostics.Count == before ? new(source, new(pattern, path.Span)) : null;
    }

    /// <summary>An entry that nobody wrote into a file: without <c>path</c>.</summary>
    /// <param name="name">What outputs call it.</param>
    /// <returns>Null, with findings, when it cannot be used.</returns>
    public static RuleSource? ReadOptions(string name, IEnumerable<(string Key, string Value)> options, ISourceTree tree, ImmutableArray<AttackRelease> pinned, List<Diagnostic> diagnostics)
    {
        var start = SourceSpan.StartOf("");
        var before = diagnostics.Count;
        YamlFields entry = new(new(start, [.. options.Select(option => new YamlEntry(new(start, option.Key, isPlain: true), new YamlScalar(start, option.Value, isPlain: true)))]), ConfigurationDiagnostics.Shape, diagnostics);
        var source = new SourceReader(new(tree, diagnostics), pinned).ReadSource(entry, new(start, name, isPlain: true));
        entry.End();
        return diagnostics.Count == before ? source : null;
    }

    private RuleSource? ReadSource(YamlFields entry, YamlScalar? path)
    {
        var format = entry.Required("format");
        var release = entry.Scalar("release");
        ImmutableArray<AttackRelease> releases = release is null ? pinned : [.. pinned.Select(one => Find(one.Domain, release)).OfType<AttackRelease>()];
        var found = format is null ? null : RuleFormats.Find(format.Value);
        if (format is not null && found is null)
            entry.Report(format.Span, $"'{format.Value}' is not a format of rules{Spelling.Hint(format.Value, RuleFormats.Names)}");
        var scope = entry.Word("searches", Searches);
        var (name, deploys) = (entry.Text("source"), entry.Word("deploys", ["sigma"]));
        var (maxAge, exported, names, ids) = (Days(entry), entry.Date("exported"), ReadNames(entry), entry.Boolean("idsInNames"));
        var map = ReadMap(entry, found);
        if (path is null || found is null)
            return null;
        if (deploys is not null && found is SigmaSource)
            entry.Report(path.Span, "Sigma rules do not say which Sigma rules run; name an inventory of the SIEM");
        return new()
        {
            Name = name ?? path.Value,
            Format = found,
            Span = path.Span,
            Releases = releases,
            HasOwnRelease = release is not null,
            DeploysSigma = deploys is not null,
            MaxAgeDays = maxAge,
            Exported = exported,
            Names = names,
            Scope = scope is null ? SearchScope.Correlation : (SearchScope)Searches.IndexOf(scope),
            ReadsIdsInNames = ids ?? false,
            Map = map,
        };
    }

    // In the entry itself, or in a file that it names.
    private TableMap? ReadMap(YamlFields entry, IRuleSource? format)
    {
        var node = entry.Node("map");
        if (format is null)
            return null;
        if (format is not TableSource table)
        {
            if (node is not null)
                entry.Report(entry.PlaceOf("map") ?? node.Span, $"{format.Name} knows where its rules have what, so it takes no map; remove it");
            return null;
        }
        if (node is null && entry.PlaceOf("map") is null)
            entry.Missing("map");
        var fields = node is YamlMapping ? entry.AsMap(node, "map")
            : node is not null && entry.AsScalar(node, "map") is { } path && files.Resolve(path) is { } file && files.Open(file) is { } opened ? new(opened, ConfigurationDiagnostics.Shape, files.Diagnostics) : null;
        return fields is null ? null : new TableMapReader(fields, table.Shape).Read();
    }

    private AttackRelease? Find(AttackDomain domain, YamlScalar release)
    {
        if (AttackReleases.TryGet(domain, release.Value, out var found))
            return found;
        files.Diagnostics.Add(AttackReleases.NotEmbedded(domain, release.Value, release.Span));
        return null;
    }

    private static int? Days(YamlFields entry)
    {
        if (entry.Duration("maxAge") is not { } age)
            return null;
        if (age.Ticks > 0 && entry.Text("maxAge")!.EndsWith('d')) // it had a value
            return age.Days;
        entry.Report(entry.Scalar("maxAge")!.Span, $"maxAge is '{entry.Text("maxAge")}'; write a number of days such as 7d"); // it had a value
        return null;
    }

    private static Regex? ReadNames(YamlFields entry)
    {
        if (entry.Scalar("names") is not { } written)
            return null;
        try
        {
            return new(written.Value, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            entry.Report(written.Span, $"'{written.Value}' is not a regular expression that can be used; write one without look-around and back-references");
            return null;
        }
    }
}
