using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;
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
        var (path, format) = (entry.Required("path"), entry.Required("format"));
        var release = entry.Scalar("release");
        var releases = release is null ? pinned : [.. pinned.Select(one => Find(one.Domain, release)).OfType<AttackRelease>()];
        var found = format is null ? null : RuleFormats.Find(format.Value);
        if (format is not null && found is null)
            entry.Report(format.Span, $"'{format.Value}' is not a format of rules{Spelling.Hint(format.Value, RuleFormats.Names)}");
        var scope = entry.Word("searches", Searches);
        RuleSource? source = path is null || found is null ? null : new()
        {
            Name = entry.Text("source") ?? path.Value,
            Format = found,
            Span = path.Span,
            Releases = releases,
            HasOwnRelease = release is not null,
            DeploysSigma = entry.Word("deploys", ["sigma"]) is not null,
            MaxAgeDays = Days(entry),
            Exported = entry.Date("exported"),
            Names = ReadNames(entry),
            Scope = scope is null ? SearchScope.Correlation : (SearchScope)Searches.IndexOf(scope),
            ReadsIdsInNames = entry.Boolean("idsInNames") ?? false,
        };
        entry.End();
        if (path is null || source is null || files.Pattern(path) is not { } pattern)
            return null;
        if (pattern.IsExclusion)
            entry.Report(path.Span, $"'{path.Value}' leaves files out; name those that are to be read");
        if (source.DeploysSigma && source.Format is SigmaSource)
            entry.Report(path.Span, "Sigma rules do not say which Sigma rules run; name an inventory of the SIEM");
        return files.Diagnostics.Count == before ? new(source, new(pattern, path.Span)) : null;
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
