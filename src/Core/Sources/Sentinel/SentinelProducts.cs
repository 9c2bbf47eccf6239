using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Merlon.Core.Sources.Sentinel;

/// <summary>The products that Sentinel's rules watch, in Sigma's words, by the connectors and the tables that they need. What several products write to, as Defender's tables, says nothing.</summary>
internal static class SentinelProducts
{
    // Connectors and tables, without regard to case.
    private static readonly FrozenDictionary<string, string> ByName = new Dictionary<string, string>
    {
        ["SecurityEvents"] = "windows",
        ["SecurityEvent"] = "windows",
        ["WindowsSecurityEvents"] = "windows",
        ["WindowsForwardedEvents"] = "windows",
        ["WindowsEvent"] = "windows",
        ["WindowsFirewall"] = "windows",
        ["WindowsFirewallAma"] = "windows",
        ["Syslog"] = "linux",
        ["SyslogAma"] = "linux",
        ["AzureActiveDirectory"] = "azure",
        ["AzureActiveDirectoryIdentityProtection"] = "azure",
        ["AzureActivity"] = "azure",
        ["AzureKeyVault"] = "azure",
        ["AzureFirewall"] = "azure",
        ["AzureSql"] = "azure",
        ["AzureStorageAccount"] = "azure",
        ["AzureNSG"] = "azure",
        ["WAF"] = "azure",
        ["DDOS"] = "azure",
        ["AzureKubernetes"] = "kubernetes",
        ["Office365"] = "m365",
        ["OfficeATP"] = "m365",
        ["OfficeIRM"] = "m365",
        ["AWS"] = "aws",
        ["AWSS3"] = "aws",
        ["AWSCloudTrail"] = "aws",
        ["GCPIAMDataConnector"] = "gcp",
        ["GCPAuditLogsDefinition"] = "gcp",
        ["GCPAuditLogs"] = "gcp",
        ["GCPDNSDataConnector"] = "gcp",
        ["Okta"] = "okta",
        ["OktaSSO"] = "okta",
        ["OktaSSOv2"] = "okta",
        ["GoogleWorkspaceReportsAPI"] = "google_workspace",
        ["GWorkspaceDefinition"] = "google_workspace",
        ["GitHubEcAuditLogPolling"] = "github",
        ["GitHubWebhook"] = "github",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static ImmutableArray<string> Of(IEnumerable<string> sources) => [.. sources.Select(name => ByName.GetValueOrDefault(name)).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
}
