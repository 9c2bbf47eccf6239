using System.Collections.Immutable;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>Where what a trend says lies on a chart: units are pixels, from the upper left.</summary>
internal sealed class TrendChart
{
    public const int Width = 960;
    public const int Left = 56;
    public const int Right = 680;
    public const int MaxPoints = 2000;

    /// <summary>Between the labels of lines.</summary>
    public const int LabelHeight = 17;

    private readonly Trend _trend;
    private readonly long[] _positions;

    public TrendChart(Trend trend, ImmutableArray<TrendSeries> series)
    {
        (_trend, Series) = (trend, series);
        Top = Enumerable.Range(0, trend.Points.Length).Any(at => TrendMarks.At(trend, at) is not null) ? 110 : 70;
        Bottom = Top + Math.Max(300, series.Length * LabelHeight);
        Drawn = Thin(trend);
        _positions = Positions(trend);
        (Low, High, Step) = Range(series);
    }

    public ImmutableArray<TrendSeries> Series { get; }

    public int Top { get; }

    public int Bottom { get; }

    /// <summary>Lower and upper end of the scale, in tenths of a percent: multiples of <see cref="Step"/>.</summary>
    public int Low { get; }

    public int High { get; }

    /// <summary>Between the lines of the scale.</summary>
    public int Step { get; }

    /// <summary>Positions of the points that are drawn: all, or those at which something changes, and not more than <see cref="MaxPoints"/> of these.</summary>
    public ImmutableArray<int> Drawn { get; }

    /// <summary>Whether points lie where their dates are, and not at equal distances.</summary>
    public bool IsByTime { get; private set; }

    public double X(int point)
    {
        var (first, last) = (_positions[0], _positions[^1]);
        return first == last ? (Left + Right) / 2.0 : Left + (double)(_positions[point] - first) / (last - first) * (Right - Left);
    }

    public double Y(int perMille) => Bottom - (double)(perMille - Low) / (High - Low) * (Bottom - Top);

    /// <summary>The points that the axis names, few enough to be read.</summary>
    public ImmutableArray<int> Ticks()
    {
        var ticks = ImmutableArray.CreateBuilder<int>();
        for (var at = 0; at < _trend.Points.Length; at++)
            // Room for a day's ten digits, and for the last one, which is always named.
            if (at == _trend.Points.Length - 1 || ticks.Count == 0 || (X(at) - X(ticks[^1]) >= 100 && X(_trend.Points.Length - 1) - X(at) >= 100))
                ticks.Add(at);
        return ticks.ToImmutable();
    }

    // Tags are few, and in the order of a history dates can go back.
    private long[] Positions(Trend trend)
    {
        var seconds = trend.Points.Select(point => point.Commit.Date.ToUnixTimeSeconds()).ToArray();
        const int Day = 24 * 60 * 60;
        IsByTime = trend.Points is not [{ Tag: not null }, ..] && seconds.Length > 1 && seconds[^1] - seconds[0] >= Day && seconds.Zip(seconds.Skip(1)).All(pair => pair.Second >= pair.First - Day);
        if (!IsByTime)
            return [.. Enumerable.Range(0, seconds.Length).Select(at => (long)at)];
        for (var at = 1; at < seconds.Length; at++)
            seconds[at] = Math.Max(seconds[at], seconds[at - 1]);
        return seconds;
    }

    private static ImmutableArray<int> Thin(Trend trend)
    {
        var all = Enumerable.Range(0, trend.Points.Length).ToArray();
        if (all.Length <= MaxPoints)
            return [.. all];
        var changed = all.Where(at => at == 0 || at == all.Length - 1 || TrendText.IsChange(trend.Points[at - 1], trend.Points[at])).ToArray();
        var every = (changed.Length + MaxPoints - 1) / MaxPoints;
        // What begins or ends, and where something else begins to measure, is not left to chance.
        return [.. changed.Where((at, i) => i % every == 0 || at == all.Length - 1 || TrendMarks.At(trend, at) is not null || trend.Points[at].Numbers.IsEmpty != trend.Points[at - 1].Numbers.IsEmpty)];
    }

    private static (int Low, int High, int Step) Range(ImmutableArray<TrendSeries> series)
    {
        var values = series.SelectMany(one => one.Numbers).Select(number => number?.Covered.PerMille).OfType<int>().ToArray();
        if (values.Length == 0)
            return (0, 1000, 200);
        var (low, high) = (values.Min(), values.Max());
        // A change of a tenth should not look like a cliff.
        if (high - low < 100)
            (low, high) = (Math.Max(0, Math.Min(low, ((low + high) / 2) - 50)), Math.Min(1000, Math.Max(high, ((low + high) / 2) + 50)));
        var step = StepOf(high - low);
        return (low / step * step, Math.Min(1000, (high + step - 1) / step * step), step);
    }

    private static int StepOf(int span) => span switch { <= 120 => 20, <= 300 => 50, <= 600 => 100, _ => 200 };
}
