using Merlon.Core.Evidence;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Reads the <c>validation</c> block but for its patterns: how long records hold and how alerts are matched.</summary>
internal static class ValidationReader
{
    public static ValidationOptions Read(YamlFields? validation)
    {
        ValidationOptions standard = new();
        if (validation is null)
            return standard;
        return new()
        {
            MaxAgeDays = Days(validation, "maxAge") ?? standard.MaxAgeDays,
            Window = Clock(validation, "window") is { Ticks: > 0 } window ? window : standard.Window,
            Skew = Clock(validation, "skew") ?? standard.Skew,
            AllowsHand = validation.Boolean("hand") ?? standard.AllowsHand,
        };
    }

    private static int? Days(YamlFields fields, string key)
    {
        if (fields.Duration(key) is not { } duration)
            return null;
        if (duration.Ticks > 0 && fields.Text(key)!.EndsWith('d')) // it had a value
            return duration.Days;
        fields.Report(fields.Scalar(key)!.Span, $"{key} is '{fields.Text(key)}'; write a number of days such as 180d"); // it had a value
        return null;
    }

    // Beyond a day alerts and tests have nothing to do with each other.
    private static TimeSpan? Clock(YamlFields fields, string key)
    {
        if (fields.Duration(key) is not { } duration)
            return null;
        if (duration <= TimeSpan.FromDays(1) && (duration.Ticks > 0 || key == "skew"))
            return duration;
        fields.Report(fields.Scalar(key)!.Span, $"{key} is '{fields.Text(key)}'; write up to a day, such as 15m"); // it had a value
        return null;
    }
}
