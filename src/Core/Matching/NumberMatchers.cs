using System.Globalization;
using Merlon.Core.Sigma;

namespace Merlon.Core.Matching;

/// <summary>Equal to a number, or a text that is the number as people write it.</summary>
internal sealed class NumberMatcher(decimal number) : SingleValueMatcher
{
    private readonly string _text = number.ToString("0.############################", CultureInfo.InvariantCulture);

    public override string Wanted => $"is {_text}";

    // Whatever way it is written in an event, it is there in this form too.
    public override string RequiredText => _text;

    public override MatchOutcome Match(EventValue value) =>
        MatchOutcomes.Of(value is { Kind: EventValueKind.Number, Number: { } own } ? own == number : value.Kind != EventValueKind.Truth && value.Text == _text);
}

/// <summary>Less or greater than a number; of a timestamp one of its parts is.</summary>
internal sealed class ComparisonMatcher(SigmaComparison comparison) : SingleValueMatcher
{
    public override string Wanted => string.Create(CultureInfo.InvariantCulture, $"{(comparison.TimestampPart is { } part ? $"has {(part == "hour" ? "an" : "a")} {part} that " : "")}is {Words} {comparison.Number}");

    private string Words => comparison.Operator switch
    {
        "lt" => "less than",
        "lte" => "at most",
        "gt" => "greater than",
        _ => "at least",
    };

    public override MatchOutcome Match(EventValue value) =>
        MatchOutcomes.Of((comparison.TimestampPart is { } part ? TimestampPartMatcher.PartOf(value, part) : NumberOf(value)) is { } number && Compare(number));

    private bool Compare(decimal number) => comparison.Operator switch
    {
        "lt" => number < comparison.Number,
        "lte" => number <= comparison.Number,
        "gt" => number > comparison.Number,
        _ => number >= comparison.Number,
    };

    // What is too large for a decimal is beyond any limit that a rule can have.
    private static decimal? NumberOf(EventValue value)
    {
        if (value.Number is { } known)
            return known;
        if (value.Kind == EventValueKind.Truth || value.Text.AsSpan().IndexOfAnyInRange('0', '9') < 0)
            return null;
        if (decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number;
        return double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var large) ? large > 0 ? decimal.MaxValue : decimal.MinValue : null;
    }
}

/// <summary>A timestamp whose part is a number. Parts are taken as they are written, whatever the zone.</summary>
internal sealed class TimestampPartMatcher(SigmaTimestampPart part) : SingleValueMatcher
{
    public override string Wanted => string.Create(CultureInfo.InvariantCulture, $"has the {part.Part} {part.Number}");

    public override MatchOutcome Match(EventValue value) => MatchOutcomes.Of(PartOf(value, part.Part) == part.Number);

    /// <summary>Null for what is no timestamp.</summary>
    public static decimal? PartOf(EventValue value, string part) => EventTime.Read(value) is not { } time ? null : part switch
    {
        "minute" => time.Minute,
        "hour" => time.Hour,
        "day" => time.Day,
        "week" => ISOWeek.GetWeekOfYear(time.DateTime),
        "month" => time.Month,
        _ => time.Year,
    };
}
