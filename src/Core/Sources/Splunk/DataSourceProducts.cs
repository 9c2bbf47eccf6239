using System.Collections.Immutable;

namespace Merlon.Core.Sources.Splunk;

/// <summary>
/// What the data sources of Splunk's security content watch, in Sigma's words, by the words that their names begin with (splunk/security_content,
/// <c>data_sources/</c>). Agents that run anywhere, and sensors of traffic between hosts, say nothing of a platform and are not here.
/// </summary>
internal static class DataSourceProducts
{
    // A name that is the beginning of another comes after it.
    private static readonly ImmutableArray<(string Beginning, string Product)> Beginnings =
    [
        ("Sysmon for Linux", "linux"),
        ("Sysmon EventID", "windows"),
        ("Sysmon Event ID", "windows"),
        ("Windows", "windows"),
        ("Powershell", "windows"),
        ("NTLM Operational", "windows"),
        ("Linux", "linux"),
        ("macOS", "macos"),
        ("VMWare ESXi", "esxi"),
        ("AWS", "aws"),
        ("ASL AWS", "aws"),
        ("Azure", "azure"),
        ("Google Cloud", "gcp"),
        ("GCP", "gcp"),
        ("O365", "m365"),
        ("Office 365", "m365"),
        ("M365", "m365"),
        ("Okta", "okta"),
        ("Kubernetes", "kubernetes"),
        ("Google Workspace", "google_workspace"),
        ("G Suite", "google_workspace"),
        ("GitHub", "github"),
        ("GitLab", "gitlab"),
        ("Cisco IOS", "cisco"),
        ("Cisco ASA", "cisco"),
    ];

    /// <summary>Each product once, in the order of the alphabet; a source that is not known adds nothing.</summary>
    public static ImmutableArray<string> Of(IEnumerable<string> dataSources) =>
        [.. dataSources.Select(Find).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    private static string? Find(string dataSource)
    {
        foreach (var (beginning, product) in Beginnings)
            if (dataSource.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) && (dataSource.Length == beginning.Length || !char.IsAsciiLetterOrDigit(dataSource[beginning.Length])))
                return product;
        return null;
    }
}
