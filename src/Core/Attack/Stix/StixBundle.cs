using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Merlon.Core.Diagnostics;
using Merlon.Core.Json;

namespace Merlon.Core.Attack.Stix;

/// <summary>What a release is made of in a STIX 2.0 or 2.1 bundle; other objects, and all prose, are passed over.</summary>
internal sealed class StixBundle
{
    // MITRE's largest is 54 MB; a gzip file can claim any size.
    private const int MaxBytes = 256 * 1024 * 1024;

    /// <summary>From the repository root.</summary>
    public required string Path { get; init; }

    public required ImmutableArray<StixObject> Objects { get; init; }

    public required ImmutableArray<StixRelationship> Relationships { get; init; }

    /// <summary>Of the file as it is stored, in lower-case hexadecimal; of a folder of what <c>sha256sum</c> prints for its files in the order of their paths from it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>For the saved answers of a TAXII server.</summary>
    public StixPages Pages { get; init; }

    /// <summary>The domains that it brings a matrix of. A bundle of MITRE's has one domain.</summary>
    public IEnumerable<AttackDomain> Matrices => Objects.Where(one => one.Type == StixType.Matrix).SelectMany(one => one.Domains).Distinct().Order();

    /// <summary>Reads a bundle, an array of objects, one object, or an envelope with <c>objects</c>; plain or gzip, which its first bytes tell.</summary>
    /// <param name="displayPath">From the repository root, for diagnostics.</param>
    /// <param name="sha256">What the file must hash to, if anything.</param>
    /// <returns>The bundle with warnings about objects that it leaves out, or null with an error.</returns>
    public static (StixBundle? Bundle, ImmutableArray<Diagnostic> Diagnostics) Read(Stream stream, string displayPath, string? sha256 = null)
    {
        try
        {
            var stored = StoredBytes.Read(stream, MaxBytes);
            var hash = Convert.ToHexStringLower(SHA256.HashData(stored.Span));
            if (sha256 is not null && !hash.Equals(sha256, StringComparison.OrdinalIgnoreCase))
                return (null, [Mismatch(displayPath, hash, sha256)]);
            var json = StoredBytes.Unpack(stored, MaxBytes);
            return Read(json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json, displayPath, hash);
        }
        catch (InvalidDataException error)
        {
            return (null, [AttackDiagnostics.UnreadableBundle.At(SourceSpan.StartOf(displayPath), $"STIX bundle cannot be read: {error.Message.TrimEnd('.')}")]);
        }
    }

    private static (StixBundle? Bundle, ImmutableArray<Diagnostic> Diagnostics) Read(ReadOnlyMemory<byte> json, string displayPath, string hash)
    {
        try
        {
            StixReader reader = new(json, displayPath);
            reader.Read();
            var isBroken = reader.Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
            return (isBroken ? null : new() { Path = displayPath, Objects = reader.Objects, Relationships = reader.Relationships, Sha256 = hash, Pages = reader.Pages }, reader.Diagnostics);
        }
        catch (JsonException error)
        {
            var why = error is NotUnicodeException ? error.Message : "it is not JSON from here on";
            return (null, [AttackDiagnostics.UnreadableBundle.At(JsonText.PlaceOf(error, json.Span, displayPath), $"STIX bundle cannot be read: {why}")]);
        }
    }

    public static Diagnostic Mismatch(string path, string actual, string configured) =>
        AttackDiagnostics.BundleHashMismatch.At(SourceSpan.StartOf(path), $"STIX bundle has SHA-256 {actual} and {configured} is configured");

    /// <summary>What the files of a folder hold, as if one did: which domain's bundle it is, is told by all of them.</summary>
    /// <param name="path">Of the folder, with which the paths of the files begin.</param>
    /// <param name="bundles">In the order of their paths.</param>
    public static StixBundle Join(string path, IReadOnlyCollection<StixBundle> bundles) => new()
    {
        Path = path,
        Objects = [.. bundles.SelectMany(bundle => bundle.Objects)],
        Relationships = [.. bundles.SelectMany(bundle => bundle.Relationships)],
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(
            bundles.Select(bundle => $"{bundle.Sha256}  {bundle.Path[path.TrimEnd('/', '\\').Length..].TrimStart('/')}\n"))))),
        Pages = bundles.Aggregate(StixPages.None, (pages, bundle) => pages | bundle.Pages),
    };
}

/// <summary>Which pages of a TAXII server's answer (TAXII 2.1, 3.7, envelope) a bundle was read from.</summary>
[Flags]
internal enum StixPages
{
    /// <summary>From none: a bundle is whole.</summary>
    None = 0,
    /// <summary>One that says that more follow.</summary>
    Earlier = 1,
    /// <summary>The last or only one.</summary>
    Last = 2,
}
