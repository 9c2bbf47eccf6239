using System.Collections.Frozen;

namespace Merlon.Core.Matching;

/// <summary>What an event says of its log. Each part is null where it does not say.</summary>
/// <param name="Product">As Sigma names it, <c>windows</c>.</param>
/// <param name="Channel">Of Windows, <c>Microsoft-Windows-Sysmon/Operational</c>.</param>
/// <param name="Provider">Of Windows, <c>Microsoft-Windows-Sysmon</c>.</param>
/// <param name="EventId">Of Windows.</param>
internal sealed record EventOrigin(string? Product, string? Channel, string? Provider, int? EventId)
{
    // Modules of Beats and Elastic Agent whose events come from the host that they name; that of others is where they were collected.
    private static readonly FrozenSet<string> OfHosts = FrozenSet.Create("system", "auditd", "auditd_manager", "endpoint", "endgame", "file_integrity", "osquery", "osquery_manager", "crowdstrike", "sentinel_one", "m365_defender");

    // Modules whose events are of one of Sigma's products. 'cloud.provider' says where a host runs, of whatever product its events are.
    private static readonly FrozenDictionary<string, string> Modules = new Dictionary<string, string>
    {
        ["windows"] = "windows",
        ["sysmon"] = "windows",
        ["aws"] = "aws",
        ["azure"] = "azure",
        ["gcp"] = "gcp",
        ["google_workspace"] = "gcp",
        ["okta"] = "okta",
        ["github"] = "github",
        ["onelogin"] = "onelogin",
        ["zeek"] = "zeek",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static EventOrigin Of(LogEvent e)
    {
        var channel = e.FindText("Channel");
        var provider = e.FindText("Provider_Name");
        var id = e.FindText("EventID") ?? (channel is null ? null : e.FindText("event.code"));
        int? number = int.TryParse(id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        return new(ProductOf(e, channel), channel, provider, number);
    }

    private static string? ProductOf(LogEvent e, string? channel) =>
        channel is not null && e.Find("EventID").IsThere ? "windows"
        : e.FindText("event.module")?.ToLowerInvariant() is { } module && !OfHosts.Contains(module) ? Modules.GetValueOrDefault(module)
        : (e.FindText("host.os.type") ?? e.FindText("host.os.family"))?.ToLowerInvariant() switch
        {
            "windows" => "windows",
            "linux" or "debian" or "redhat" or "suse" => "linux",
            "macos" or "darwin" => "macos",
            _ => null,
        };
}
