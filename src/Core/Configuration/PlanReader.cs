using System.Globalization;
using Merlon.Core.Plan;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Reads the <c>plan</c> block.</summary>
internal static class PlanReader
{
    // Nobody plans beyond; sums stay far from the end of an integer.
    private const int MostDays = 1000, MostEngineers = 1000;

    public static PlanOptions Read(YamlFields? plan, ConfigurationFiles files)
    {
        PlanOptions standard = new();
        if (plan is null)
            return standard;
        var days = plan.Map("days");
        PlanOptions options = new()
        {
            LowDays = days?.Integer("low", 1, MostDays) ?? standard.LowDays,
            MediumDays = days?.Integer("medium", 1, MostDays) ?? standard.MediumDays,
            HighDays = days?.Integer("high", 1, MostDays) ?? standard.HighDays,
            Engineers = plan.Integer("engineers", 1, MostEngineers) ?? standard.Engineers,
            Productive = Share(plan, "productive") ?? standard.Productive,
            Library = plan.Scalar("library") is { } library ? files.Resolve(library) : null,
        };
        days?.End();
        plan.End();
        return options;
    }

    private static decimal? Share(YamlFields fields, string key)
    {
        if (fields.Scalar(key) is not { } scalar)
            return null;
        if (scalar.IsPlain && decimal.TryParse(scalar.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0.01m and <= 1)
            return share;
        fields.Report(scalar.Span, $"{key} is '{scalar.Value}'; write a share from 0.01 to 1, such as 0.6");
        return null;
    }
}
