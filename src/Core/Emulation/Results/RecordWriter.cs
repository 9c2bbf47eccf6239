using System.Globalization;
using System.Text;
using Merlon.Core.Actors.Import;
using Merlon.Core.Evidence;

namespace Merlon.Core.Emulation.Results;

/// <summary>Writes the records of an exercise: the same exercise gives the same bytes, one line a result.</summary>
internal static class RecordWriter
{
    private const int LongestName = 100;

    public static string Write(Exercise exercise)
    {
        StringBuilder text = new();
        void Line(string line) => text.Append(line).Append('\n');
        Line("# yaml-language-server: $schema=../docs/schema/validation.json");
        Line("# Written by 'merlon emulate import'. Only 'alerted' validates, and only as long as the content of the rule has this hash.");
        Line($"exercise: {Text(exercise.Name)}");
        Line($"date: {exercise.Date:yyyy-MM-dd}");
        Line("by: import");
        Line($"attack: {Text(exercise.Release.Version)}");
        Line("sources:");
        foreach (var source in exercise.Sources)
            Line($"  - {Of(source)}");
        Line($"alerts: {Of(exercise.Alerts)}");
        Line($"window: {Of(exercise.Window)}");
        Line($"skew: {Of(exercise.Skew)}");
        Line(exercise.Results.IsEmpty ? "results: []" : "results:");
        foreach (var result in exercise.Results)
            Line($"  - {Of(result)}");
        return text.ToString();
    }

    private static string Of(ExerciseFile file) => $"{{ name: {Text(file.Name)}, sha256: {file.Sha256} }}";

    private static string Of(ExerciseResult result)
    {
        StringBuilder text = new("{ ");
        if (result.Rule is { } rule)
            text.Append(CultureInfo.InvariantCulture, $"rule: {Id(rule.Id)}, content: {rule.Content}, ");
        text.Append(CultureInfo.InvariantCulture, $"technique: {result.Technique}");
        if (result.Test is { } test)
            text.Append(CultureInfo.InvariantCulture, $", test: {Id(test)}");
        if (result.Host is { } host)
            text.Append(CultureInfo.InvariantCulture, $", host: {Text(host)}");
        text.Append(CultureInfo.InvariantCulture, $", outcome: {result.Outcome.Name}");
        if (result.Reason is { } reason)
            text.Append(CultureInfo.InvariantCulture, $", reason: {Text(reason)}");
        return text.Append(" }").ToString();
    }

    // Nothing else reads as a GUID in YAML.
    private static string Id(string id) => Guid.TryParseExact(id, "D", out _) ? id : Text(id);

    private static string Text(string text) => StrangersText.Scalar(text, LongestName);

    private static string Of(TimeSpan time) => time.TotalSeconds switch
    {
        var seconds when seconds > 0 && seconds % 3600 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}h"),
        var seconds when seconds > 0 && seconds % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m"),
        var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
    };
}
