using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Attack;

/// <summary>The releases in this assembly.</summary>
internal static class AttackReleases
{
    /// <summary>By domain and version.</summary>
    public static ImmutableArray<AttackRelease> Embedded { get; } =
    [
        Embed(AttackDomain.Enterprise, "16.1"), Embed(AttackDomain.Enterprise, "18.1"), Embed(AttackDomain.Enterprise, "19.1", isRebuilt: true),
        Embed(AttackDomain.Ics, "16.1"), Embed(AttackDomain.Ics, "18.1"), Embed(AttackDomain.Ics, "19.1"),
        Embed(AttackDomain.Mobile, "16.1"), Embed(AttackDomain.Mobile, "18.1"), Embed(AttackDomain.Mobile, "19.0", isRebuilt: true),
    ];

    /// <summary>
    /// The embedded release of that version. Release 19.1 of mobile is its 19.0, and says so in <see cref="AttackRelease.Version"/>:
    /// one version covers all domains in configuration, 19.1 changed nothing known in mobile, and no source of its own was to be had.
    /// </summary>
    public static bool TryGet(AttackDomain domain, string version, [NotNullWhen(true)] out AttackRelease? release)
    {
        var own = (domain, version) is (AttackDomain.Mobile, "19.1") ? "19.0" : version;
        release = Embedded.FirstOrDefault(one => one.Domain == domain && one.Version == own);
        return release is not null;
    }

    /// <summary>The newest embedded release of a domain.</summary>
    public static AttackRelease Newest(AttackDomain domain) => Embedded.Last(release => release.Domain == domain);

    public static Diagnostic NotEmbedded(AttackDomain domain, string version, SourceSpan span) =>
        AttackDiagnostics.ReleaseNotEmbedded.At(span,
            $"ATT&CK release '{version}' of {domain.Name} is not embedded; {string.Join(", ", Embedded.Where(release => release.Domain == domain).Select(release => release.Version))} are, and 'merlon attack import' makes a table of any other");

    private static AttackRelease Embed(AttackDomain domain, string version, bool isRebuilt = false)
    {
        var name = $"{domain.Name[..^"-attack".Length]}-{version}";
        return new(domain, version,
            new(() => Read($"{name}.tsv", TechniqueTable.Read)),
            new(() => Read($"{name}.groups.tsv", GroupTable.Read)),
            new(() => Read($"{name}.detection.tsv", DetectionTable.Read)))
        { IsRebuilt = isRebuilt };
    }

    // On the path of every command. ReadyToRun precompiles no framework generics over our own structs, and each costs a
    // millisecond to compile at run time: the parts that are read first sort, hash and list only objects.
    private static T Read<T>(string name, Func<TableReader, T> read)
    {
        using var compressed = typeof(AttackReleases).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded");
        using BrotliStream table = new(compressed, CompressionMode.Decompress);
        TableReader reader = new(table, name);
        var part = read(reader);
        return reader.Diagnostics is [var first, ..] ? throw new InvalidOperationException($"{name}, line {first.Span.Line}: {first.Message}") : part;
    }
}
