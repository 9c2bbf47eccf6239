using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs;

/// <summary>The findings outside of rules that <c>lint</c> mends: revoked ids in profiles and in the exclusions of merlon.yml.</summary>
/// <param name="files">With a usable configuration.</param>
internal sealed class RevokedInProfiles(ProgramFiles files, MerlonConfig config)
{
    private readonly ImmutableArray<string> _profiles = files.FindProfiles();

    /// <summary>The files that may be changed. What merlon.yml extends belongs to other programs too.</summary>
    public IEnumerable<string> Paths => files.ConfigPath is { } own ? _profiles.Append(own) : _profiles;

    /// <param name="changed">Bytes that some files have instead of those in the tree, by path.</param>
    public IEnumerable<Diagnostic> Find(IReadOnlyDictionary<string, byte[]> changed)
    {
        List<Diagnostic> found = [];
        foreach (var path in _profiles)
            if (BytesOf(path, changed) is { } bytes && ProfileReader.Read(path, bytes, config.Releases, []) is { } profile)
                foreach (var release in config.Releases)
                    found.AddRange(ExclusionDates.CheckUse(new ActorResolver(release, found).Resolve(profile)));
        if (files.ConfigPath is { } own && BytesOf(own, changed) is { } text)
            found.AddRange(config.Releases.SelectMany(release => RevokedIds.Check(Exclusions(own, text), release)));
        return found.Where(finding => finding.Info == ActorDiagnostics.RevokedObject).DistinctBy(finding => finding.Span);
    }

    private byte[]? BytesOf(string path, IReadOnlyDictionary<string, byte[]> changed) =>
        changed.TryGetValue(path, out var bytes) ? bytes : files.Tree.TryRead(path, YamlFile.MaxBytes, out _);

    // The configuration was read without a finding, and a fix changes nothing but ids.
    private static ImmutableArray<Exclusion> Exclusions(string path, byte[] bytes) =>
        YamlFile.Parse(path, bytes).Documents is [{ Root: YamlMapping root }] && root.Find("coverage") is YamlMapping coverage
            ? ProfileReader.ReadExclusions(new(coverage, ConfigurationDiagnostics.Shape, []), "exclude") : [];
}
