using System.Net;

namespace Merlon.Core.Emulation.Results;

/// <summary>Names of hosts, which one log writes in full and another one not.</summary>
internal static class HostName
{
    /// <summary>What equal hosts have in common: the first label in lower case; an address as a whole. Null for an unknown host.</summary>
    public static string? LabelOf(string? host)
    {
        var name = host?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(name))
            return null;
        if (IPAddress.TryParse(name, out _))
            return name;
        var label = name.Split('.')[0];
        return label.Length == 0 ? name : label;
    }
}
