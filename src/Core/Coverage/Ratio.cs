using System.Globalization;

namespace Merlon.Core.Coverage;

/// <summary>So many of so many: every percentage is one of these, recountable by hand.</summary>
internal readonly record struct Ratio(int Covered, int Total)
{
    /// <summary>Tenths of a percent, rounded down; null for none of none.</summary>
    public int? PerMille => Total == 0 ? null : (int)((long)Covered * 1000 / Total);

    /// <summary><c>91.0%</c>, or <c>n/a</c>.</summary>
    public string Percent => PerMille is { } tenths ? string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10}%") : "n/a";

    /// <summary>Whether a floor holds, in integers. None of none fails no floor.</summary>
    public bool Reaches(int percent) => (long)Covered * 100 >= (long)percent * Total;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Covered}/{Total}");
}
