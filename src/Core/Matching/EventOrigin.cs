namespace Merlon.Core.Matching;

/// <summary>What an event says of its log. Each part is null where it does not say.</summary>
/// <param name="Product">As Sigma names it, <c>windows</c>.</param>
/// <param name="Channel">Of Windows, <c>Microsoft-Windows-Sysmon/Operational</c>.</param>
/// <param name="Provider">Of Windows, <c>Microsoft-Windows-Sysmon</c>.</param>
/// <param name="EventId">Of Windows.</param>
internal sealed record EventOrigin(string? Product, string? Channel, string? Provider, int? EventId)
{
    public static EventOrigin Of(LogEvent e)
    {
        var channel = e.FindText("Channel");
        var provider = e.FindText("Provider_Name");
        var id = e.FindText("EventID") ?? (channel is null ? null : e.FindText("event.code"));
        int? number = int.TryParse(id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        return new(ProductOf(e, channel), channel, provider, number);
    }

    private static string? ProductOf(LogEvent e, string? channel) =>
        channel is not null && e.Find("EventID").IsThere ? "windows" : (e.FindText("host.os.type") ?? e.FindText("host.os.family"))?.ToLowerInvariant() switch
        {
            "windows" => "windows",
            "linux" => "linux",
            "macos" or "darwin" => "macos",
            _ => null,
        };
}
