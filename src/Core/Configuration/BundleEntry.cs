using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>One bundle of <c>attack.bundles</c>, as it is written.</summary>
/// <param name="Path">From the root.</param>
/// <param name="Span">Of the path as written.</param>
/// <param name="Sha256">What the file must hash to: 64 hexadecimal digits; null where nothing is pinned.</param>
/// <param name="Url">Where <c>attack update</c> gets it; null where it does not. With the scheme https and without user information.</param>
internal sealed record BundleEntry(string Path, SourceSpan Span, YamlScalar? Sha256, Uri? Url)
{
    private const int HashLength = 64;

    /// <summary>Of the keys <c>path</c> and <c>url</c>.</summary>
    public (SourceSpan? Path, SourceSpan? Url) Keys { get; private init; }

    /// <summary>The bundles of a whole file, in its order; fewer, with findings, when some cannot be used.</summary>
    public static ImmutableArray<BundleEntry> ReadAll(YamlMapping file, ConfigurationFiles files) =>
        [.. (new YamlFields(file, ConfigurationDiagnostics.Shape, files.Diagnostics).Map("attack")?.Maps("bundles") ?? []).Select(entry => Read(entry, files)).OfType<BundleEntry>()];

    /// <returns>Null, with a finding, when it cannot be used.</returns>
    public static BundleEntry? Read(YamlFields entry, ConfigurationFiles files)
    {
        var before = files.Diagnostics.Count;
        var (path, sha256, url) = (entry.Required("path"), entry.Scalar("sha256"), entry.Scalar("url"));
        entry.End();
        if (sha256 is not null && !(sha256.Value.Length == HashLength && sha256.Value.All(char.IsAsciiHexDigit)))
            entry.Report(sha256.Span, $"'{sha256.Value}' is not a SHA-256; write its {HashLength} hexadecimal digits");
        var address = url is null ? null : ReadUrl(entry, url);
        return path is not null && files.Resolve(path) is { } resolved && files.Diagnostics.Count == before
            ? new(resolved, path.Span, sha256, address) { Keys = (entry.PlaceOf("path"), entry.PlaceOf("url")) } : null;
    }

    private static Uri? ReadUrl(YamlFields entry, YamlScalar written)
    {
        // What lies in a repository is no secret; it is not printed either.
        if (Uri.TryCreate(written.Value, UriKind.Absolute, out var url) && url.UserInfo.Length > 0)
            entry.Report(written.Span, "the address holds a user name or password; write it without");
        else if (url is null || url.Scheme != Uri.UriSchemeHttps || url.Host.Length == 0 || written.Value.AsSpan().ContainsAny(" \t\r\n\\"))
            entry.Report(written.Span, $"'{written.Value}' is not an address of the form https://host/path");
        else
            return url;
        return null;
    }
}
