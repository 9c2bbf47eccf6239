using System.Globalization;
using System.Text.RegularExpressions;

namespace Merlon.Core.Emulation.Results;

/// <summary>The times of logs and alerts.</summary>
internal static partial class LogTime
{
    // So that a window can be added to it.
    private const int FirstYear = 1990, LastYear = 2200;

    /// <summary>
    /// Reads ISO 8601 with a 'T' or a space, with or without seconds and fractions, and with any offset; and seconds or milliseconds since 1970. A
    /// time without an offset is UTC: every log that is read here means that.
    /// </summary>
    /// <returns>In UTC; null for anything else.</returns>
    public static DateTimeOffset? TryParse(string? text)
    {
        text = text?.Trim() ?? "";
        if (Epoch().IsMatch(text) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return Within(DateTimeOffset.UnixEpoch.AddTicks((long)(number * (text.Split('.')[0].Length > 11 ? TimeSpan.TicksPerMillisecond : TimeSpan.TicksPerSecond))));
        if (Iso().Match(text) is not { Success: true } match)
            return null;
        string Part(string name, string absent) => match.Groups[name] is { Success: true, Value: { Length: > 0 } value } ? value : absent;
        var fraction = Part("f", "").PadRight(7, '0')[..7];
        var canonical = $"{Part("d", "")}T{Part("t", "")}:{Part("s", "00")}.{fraction}{Part("sign", "+")}{Part("oh", "00")}:{Part("om", "00")}";
        return DateTimeOffset.TryParseExact(canonical, "yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? Within(time) : null;
    }

    private static DateTimeOffset? Within(DateTimeOffset time) => time.Year is >= FirstYear and <= LastYear ? time.ToUniversalTime() : null;

    [GeneratedRegex(@"^[0-9]{10}([0-9]{3})?(\.[0-9]{1,9})?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Epoch();

    [GeneratedRegex(@"^(?<d>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?<t>[0-9]{2}:[0-9]{2})(:(?<s>[0-9]{2})([.,](?<f>[0-9]{1,9}))?)? ?([Zz]|UTC|(?<sign>[+-])(?<oh>[0-9]{2}):?(?<om>[0-9]{2})?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Iso();
}
