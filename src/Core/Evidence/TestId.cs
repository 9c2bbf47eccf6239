namespace Merlon.Core.Evidence;

/// <summary>Ids of emulation tests: the GUID of Atomic Red Team, or what another tool calls its own.</summary>
internal static class TestId
{
    private const int Longest = 64;

    /// <summary>The id in the one form that is compared: lower case, a GUID with its hyphens.</summary>
    /// <returns>Null for what cannot be an id.</returns>
    public static string? Of(string? written)
    {
        var text = written?.Trim();
        if (text is not { Length: > 0 and <= Longest })
            return null;
        if (Guid.TryParseExact(text, "D", out var guid) || Guid.TryParseExact(text, "N", out guid))
            return Of(guid);
        return char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? text.ToLowerInvariant() : null;
    }

    public static string Of(Guid guid) => guid.ToString("D", System.Globalization.CultureInfo.InvariantCulture);
}
