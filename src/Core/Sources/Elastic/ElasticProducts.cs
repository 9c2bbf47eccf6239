using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Merlon.Core.Sources.Elastic;

/// <summary>The products that Elastic's rules watch, in Sigma's words, by their tags and integrations.</summary>
internal static class ElasticProducts
{
    private const string System = "OS: ", DataSource = "Data Source: ";

    // Names as tags have them, and those of integration packages, without regard to case.
    private static readonly FrozenDictionary<string, string> ByName = new Dictionary<string, string>
    {
        ["Windows"] = "windows",
        ["Linux"] = "linux",
        ["macOS"] = "macos",
        ["AWS"] = "aws",
        ["Amazon Web Services"] = "aws",
        ["Azure"] = "azure",
        ["Microsoft Entra ID"] = "azure",
        ["Microsoft 365"] = "m365",
        ["o365"] = "m365",
        ["GCP"] = "gcp",
        ["Google Cloud Platform"] = "gcp",
        ["Google Workspace"] = "google_workspace",
        ["google_workspace"] = "google_workspace",
        ["Okta"] = "okta",
        ["Kubernetes"] = "kubernetes",
        ["GitHub"] = "github",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <param name="tags">Of a rule: <c>OS: Windows</c>, <c>Data Source: Okta</c>, or the bare words of older ones.</param>
    public static ImmutableArray<string> Of(IEnumerable<string> tags) => [.. tags.Select(WithoutKind).OfType<string>().Select(name => ByName.GetValueOrDefault(name)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    public static IEnumerable<string> DataSources(IEnumerable<string> tags) =>
        tags.Where(tag => tag.StartsWith(DataSource, StringComparison.OrdinalIgnoreCase)).Select(tag => tag[DataSource.Length..].Trim()).Where(name => name.Length > 0);

    private static string? WithoutKind(string tag) =>
        tag.StartsWith(System, StringComparison.OrdinalIgnoreCase) ? tag[System.Length..].Trim()
        : tag.StartsWith(DataSource, StringComparison.OrdinalIgnoreCase) ? tag[DataSource.Length..].Trim()
        : tag.Contains(": ", StringComparison.Ordinal) ? null : tag.Trim();
}
