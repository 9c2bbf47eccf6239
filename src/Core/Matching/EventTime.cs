using System.Globalization;

namespace Merlon.Core.Matching;

/// <summary>Reads timestamps. A time without a zone is taken as UTC; nothing is converted, since Sigma's parts of a timestamp are those that are written.</summary>
internal static class EventTime
{
    // Where programs write when an event happened, the most exact first.
    private static readonly string[] Names = ["TimeCreated_SystemTime", "@timestamp", "UtcTime", "TimeCreated", "EventTime", "eventTime", "timestamp", "Timestamp", "time", "_time", "ts"];

    // Seconds since 1970 from 2001 to 2286, which no other number of an event is likely to be.
    private const decimal FirstSecond = 1_000_000_000, LastSecond = 10_000_000_000;

    public static DateTimeOffset? Of(LogEvent e)
    {
        foreach (var name in Names)
            foreach (var value in e.Find(name).Values)
                if (Read(value) is { } time)
                    return time;
        return null;
    }

    /// <summary>ISO 8601 and the like with the year first; or seconds or milliseconds since 1970.</summary>
    public static DateTimeOffset? Read(EventValue value)
    {
        if (value.Kind == EventValueKind.Truth)
            return null;
        if (decimal.TryParse(value.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number is >= FirstSecond and < LastSecond ? DateTimeOffset.UnixEpoch.AddTicks((long)(number * TimeSpan.TicksPerSecond))
                : number is >= FirstSecond * 1000 and < LastSecond * 1000 ? DateTimeOffset.UnixEpoch.AddTicks((long)(number * TimeSpan.TicksPerMillisecond)) : null;
        return value.Text is [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', '-' or '/', ..] && value.Text.Length <= 40
            && DateTimeOffset.TryParse(WithSevenDigits(value.Text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time) ? time : null;
    }

    // A tick is the seventh digit of a second; some programs write nine, which the framework refuses.
    private static string WithSevenDigits(string text)
    {
        var start = text.IndexOf('.') + 1;
        var end = start;
        while (start > 0 && end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end - start > 7 ? text.Remove(start + 7, end - start - 7) : text;
    }
}
