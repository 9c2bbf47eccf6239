using System.Globalization;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>The days of a rule: <c>date</c> and <c>modified</c>.</summary>
internal static class SigmaDate
{
    private static readonly string[] Forms = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d"];

    private static readonly string[] TakenForms = ["yyyy-MM-dd", "yyyy/M/d"];

    /// <summary>Reads a day in any form that begins with the year, which leaves no doubt which day is meant. A time of day after it is passed over.</summary>
    public static bool TryParse(string text, out DateOnly day)
    {
        var end = text.AsSpan().IndexOfAny('T', 't', ' ');
        return DateOnly.TryParseExact(end < 0 ? text : text.AsSpan(0, end), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    /// <summary><c>2026-11-01</c>, the only form that Sigma has.</summary>
    public static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day under a key; null where there is none, or one in a form that tools refuse.</summary>
    public static DateOnly? Find(SigmaRule rule, string key) => rule.FindText(key) is YamlScalar text && TryParse(text.Value, out var day) && IsTaken(text) ? day : null;

    // As Sigma 2 or Sigma 1 writes a day, or what YAML itself reads as one.
    private static bool IsTaken(YamlScalar text) =>
        Yaml11.TypeOf(text) == Yaml11Type.Date || DateOnly.TryParseExact(text.Value, TakenForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
