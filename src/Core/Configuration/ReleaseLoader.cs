using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Reads the <c>attack</c> block: which release, with which bundles over it, for which domains.</summary>
internal sealed class ReleaseLoader(ConfigurationFiles files)
{
    public const string DefaultVersion = "19.1";

    private const int MaxTableBytes = 64 << 20;

    private static readonly ImmutableArray<string> DomainNames = ["enterprise-attack", "ics-attack", "mobile-attack"];

    /// <summary>What was merged over the releases.</summary>
    public ImmutableArray<StixBundle> Bundles { get; private set; } = [];

    /// <summary>What finds the files of those that are folders.</summary>
    public ImmutableArray<PathPattern> Folders => [.. _folders];

    /// <inheritdoc cref="MerlonConfig.NavigatorData"/>
    public string? NavigatorData { get; private set; }

    private readonly List<PathPattern> _folders = [];

    /// <returns>One release for each domain; fewer, with findings, when some cannot be had.</returns>
    public ImmutableArray<AttackRelease> Load(YamlFields? attack, string? version)
    {
        var written = attack?.Scalar("release");
        var domains = attack?.Words("domains", DomainNames) is { IsEmpty: false } names ? names : ["enterprise-attack"];
        var bundles = (attack?.Maps("bundles") ?? []).Select(ReadBundle).ToArray();
        NavigatorData = ReadUrl(attack?.Scalar("navigatorData"));
        attack?.End();
        if (bundles.Contains(null))
            return [];
        Bundles = [.. bundles.OfType<StixBundle>()];
        var span = written?.Span ?? SourceSpan.StartOf("");
        // What the command line names is no place in a file.
        var wanted = version is null ? written : new YamlScalar(SourceSpan.StartOf(""), version, isPlain: true);
        var releases = ImmutableArray.CreateBuilder<AttackRelease>();
        foreach (var name in domains.Distinct())
            if (AttackDomains.TryParse(name, out var domain) && Find(domain, wanted, span) is { } release && Merge(release) is { } merged)
                releases.Add(merged);
        return releases.ToImmutable();
    }

    private AttackRelease? Find(AttackDomain domain, YamlScalar? wanted, SourceSpan span)
    {
        var version = wanted?.Value ?? DefaultVersion;
        if (AttackReleases.TryGet(domain, version, out var embedded))
            return embedded;
        if (wanted is null || !version.EndsWith(".tsv", StringComparison.Ordinal))
        {
            files.Diagnostics.Add(AttackReleases.NotEmbedded(domain, version, span));
            return null;
        }
        if (files.Resolve(wanted) is not { } path)
            return null;
        var (first, groups, detection) = AttackTable.PathsOf(path);
        string[] parts = [first, groups, detection];
        foreach (var part in parts)
            files.Add(part);
        Dictionary<string, byte[]> read = [];
        foreach (var part in parts)
            if (files.Tree.TryRead(part, MaxTableBytes, out var error) is { } bytes)
                read[part] = bytes;
            else
                files.Diagnostics.Add(error!); // TryRead gives bytes or an error.
        if (read.Count < parts.Length)
            return null;
        var (release, diagnostics) = AttackTable.Read(part => new MemoryStream(read[part]), path);
        files.Diagnostics.AddRange(diagnostics);
        if (release is null || release.Domain == domain)
            return release;
        files.Diagnostics.Add(ConfigurationDiagnostics.BadValue.At(span, $"'{version}' is a table of {release.Domain.Name}, and attack.domains has {domain.Name}"));
        return null;
    }

    private StixBundle? ReadBundle(YamlFields written)
    {
        if (BundleEntry.Read(written, files) is not { } entry)
            return null;
        if (!files.Tree.Exists(entry.Path) && PathPattern.TryParse($"{entry.Path}/**/*.json", "") is { } pattern && files.Tree.Find([pattern]).Paths is { IsEmpty: false } parts)
        {
            _folders.Add(pattern);
            return ReadFolder(entry.Path, parts, entry.Sha256?.Value);
        }
        return ReadFile(entry.Path, entry.Sha256?.Value, entry.Url is not null);
    }

    private StixBundle? ReadFile(string path, string? sha256, bool hasUrl = false)
    {
        files.Add(path);
        if (files.Tree.TryRead(path, int.MaxValue - 64, out var error) is not { } bytes)
        {
            // TryRead gives bytes or an error.
            files.Diagnostics.Add(!hasUrl || files.Tree.Exists(path) ? error! : error! with { Message = $"{error!.Message}; 'merlon attack update' downloads it" });
            return null;
        }
        var (bundle, diagnostics) = StixBundle.Read(new MemoryStream(bytes), path, sha256);
        files.Diagnostics.AddRange(diagnostics);
        return bundle;
    }

    private StixBundle? ReadFolder(string path, ImmutableArray<string> parts, string? sha256)
    {
        if (parts.Length > StixFolder.MaxFiles)
        {
            files.Diagnostics.Add(AttackDiagnostics.UnreadableBundle.At(SourceSpan.StartOf(path), $"STIX bundle cannot be read: the folder holds more than {StixFolder.MaxFiles} .json files"));
            return null;
        }
        var read = parts.Select(part => ReadFile(part, null)).ToArray();
        if (read.Contains(null))
            return null;
        var joined = StixBundle.Join(path, [.. read.OfType<StixBundle>()]);
        if (sha256 is null || joined.Sha256.Equals(sha256, StringComparison.OrdinalIgnoreCase))
            return joined;
        files.Diagnostics.Add(StixBundle.Mismatch(path, joined.Sha256, sha256));
        return null;
    }

    // It stands in layers, which are published.
    private string? ReadUrl(YamlScalar? written)
    {
        if (written is null)
            return null;
        var isUrl = Uri.TryCreate(written.Value.Replace("{domain}", DomainNames[0], StringComparison.Ordinal), UriKind.Absolute, out var url) && url.Scheme is "https" or "http";
        if (isUrl && url is { UserInfo: "" })
            return written.Value;
        files.Diagnostics.Add(ConfigurationDiagnostics.BadValue.At(written.Span, isUrl
            ? "this URL holds the name of a user or a password, which every layer would show; write it without" : $"'{written.Value}' is no URL of a STIX bundle; write one that begins with https://"));
        return null;
    }

    private AttackRelease? Merge(AttackRelease release)
    {
        if (Bundles.IsEmpty)
            return release;
        var (merged, diagnostics) = StixImport.ToRelease(Bundles, release.Domain, null, release);
        files.Diagnostics.AddRange(diagnostics);
        return merged;
    }
}
