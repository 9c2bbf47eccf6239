using System.Collections.Frozen;
using Merlon.Core.Sigma;

namespace Merlon.Core.Matching;

/// <summary>Which Windows events the log sources of Sigma's taxonomy are: their channels and, of a category, the numbers of its events.</summary>
internal static class LogSourceOrigins
{
    private const string Sysmon = "Microsoft-Windows-Sysmon/Operational";

    private const string PowerShell = "Microsoft-Windows-PowerShell/Operational", PowerShellCore = "PowerShellCore/Operational", PowerShellClassic = "Windows PowerShell";

    private static readonly FrozenDictionary<string, (string Channel, int[] Ids)[]> Categories = new Dictionary<string, (string, int[])[]>
    {
        ["process_creation"] = [(Sysmon, [1]), ("Security", [4688])],
        ["file_change"] = [(Sysmon, [2])],
        ["network_connection"] = [(Sysmon, [3]), ("Security", [5156])],
        ["sysmon_status"] = [(Sysmon, [4, 16])],
        ["process_termination"] = [(Sysmon, [5]), ("Security", [4689])],
        ["driver_load"] = [(Sysmon, [6])],
        ["image_load"] = [(Sysmon, [7])],
        ["create_remote_thread"] = [(Sysmon, [8])],
        ["raw_access_thread"] = [(Sysmon, [9])],
        ["process_access"] = [(Sysmon, [10])],
        ["file_event"] = [(Sysmon, [11])],
        ["file_access"] = [("Microsoft-Windows-Kernel-File/Analytic", [])],
        ["file_rename"] = [("Microsoft-Windows-Kernel-File/Analytic", [])],
        ["registry_event"] = [(Sysmon, [12, 13, 14]), ("Security", [4657])],
        ["registry_add"] = [(Sysmon, [12]), ("Security", [4657])],
        ["registry_delete"] = [(Sysmon, [12]), ("Security", [4657])],
        ["registry_set"] = [(Sysmon, [13]), ("Security", [4657])],
        ["registry_rename"] = [(Sysmon, [14])],
        ["create_stream_hash"] = [(Sysmon, [15])],
        ["pipe_created"] = [(Sysmon, [17, 18])],
        ["wmi_event"] = [(Sysmon, [19, 20, 21])],
        ["dns_query"] = [(Sysmon, [22]), ("Microsoft-Windows-DNS-Client/Operational", [])],
        ["file_delete"] = [(Sysmon, [23, 26])],
        ["clipboard_capture"] = [(Sysmon, [24])],
        ["clipboard_change"] = [(Sysmon, [24])],
        ["process_tampering"] = [(Sysmon, [25])],
        ["file_delete_detected"] = [(Sysmon, [26])],
        ["file_block_executable"] = [(Sysmon, [27])],
        ["file_block_shredding"] = [(Sysmon, [28])],
        ["file_executable_detected"] = [(Sysmon, [29])],
        ["sysmon_error"] = [(Sysmon, [255])],
        ["ps_module"] = [(PowerShell, [4103]), (PowerShellCore, [4103])],
        ["ps_script"] = [(PowerShell, [4104]), (PowerShellCore, [4104])],
        ["ps_classic_start"] = [(PowerShellClassic, [400])],
        ["ps_classic_provider_start"] = [(PowerShellClassic, [600])],
        ["ps_classic_script"] = [(PowerShellClassic, [800])],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Other services are not known here, and then nothing is ruled out.
    private static readonly FrozenDictionary<string, string[]> Services = new Dictionary<string, string[]>
    {
        ["application"] = ["Application"],
        ["security"] = ["Security"],
        ["system"] = ["System"],
        ["sysmon"] = [Sysmon],
        ["powershell"] = [PowerShell, PowerShellCore],
        ["powershell-classic"] = [PowerShellClassic],
        ["taskscheduler"] = ["Microsoft-Windows-TaskScheduler/Operational"],
        ["wmi"] = ["Microsoft-Windows-WMI-Activity/Operational"],
        ["ntlm"] = ["Microsoft-Windows-NTLM/Operational"],
        ["dns-server"] = ["DNS Server"],
        ["bits-client"] = ["Microsoft-Windows-Bits-Client/Operational"],
        ["windefend"] = ["Microsoft-Windows-Windows Defender/Operational"],
        ["firewall-as"] = ["Microsoft-Windows-Windows Firewall With Advanced Security/Firewall"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool CanContain(LogSource? source, LogEvent e)
    {
        var origin = e.Origin;
        if (source is null || (source.Product is { } product && origin.Product is { } own && product.Value != own))
            return false;
        if (origin.Product != "windows" || source.Product is null)
            return true;
        return (source.Service is not { } service || !Services.TryGetValue(service.Value, out var channels) || origin.Channel is null || channels.Contains(origin.Channel, StringComparer.OrdinalIgnoreCase))
            && (source.Category is not { } category || !Categories.TryGetValue(category.Value, out var kinds) || kinds.Any(kind => IsOf(kind, origin)));
    }

    private static bool IsOf((string Channel, int[] Ids) kind, EventOrigin origin) =>
        (origin.Channel is null || kind.Channel.Equals(origin.Channel, StringComparison.OrdinalIgnoreCase)) && (origin.EventId is not { } id || kind.Ids.Length == 0 || kind.Ids.Contains(id));
}
