namespace Merlon.Core.Plan;

/// <summary>A price for each constraint of a problem; never below 0.</summary>
internal class Multipliers
{
    public Multipliers(CoverProblem problem) =>
        (Needs, Covers, Parts) = (new double[problem.Goals.Length], new double[problem.Elements], [.. problem.RollUps.Select(rollUp => new double[rollUp.Parts.Length])]);

    private Multipliers(Multipliers other) => (Needs, Covers, Parts) = ([.. other.Needs], [.. other.Covers], [.. other.Parts.Select(parts => parts.ToArray())]);

    /// <summary>By goal: of one more element.</summary>
    public double[] Needs { get; }

    /// <summary>By element: of an option that covers it.</summary>
    public double[] Covers { get; }

    /// <summary>By roll-up and part: of an option that covers the part for its whole.</summary>
    public double[][] Parts { get; }

    public Multipliers Copy() => new(this);

    public void Set(Multipliers other)
    {
        other.Needs.CopyTo(Needs, 0);
        other.Covers.CopyTo(Covers, 0);
        for (var index = 0; index < Parts.Length; index++)
            other.Parts[index].CopyTo(Parts[index], 0);
    }

    public void Move(Slopes slopes, double length)
    {
        for (var goal = 0; goal < Needs.Length; goal++)
            Needs[goal] = Math.Max(0, Needs[goal] + (length * slopes.Needs[goal] / slopes.Members[goal]));
        Move(Covers, slopes.Covers, length);
        for (var index = 0; index < Parts.Length; index++)
            Move(Parts[index], slopes.Parts[index], length);
    }

    private static void Move(double[] values, double[] slopes, double length)
    {
        for (var index = 0; index < values.Length; index++)
            values[index] = Math.Max(0, values[index] + (length * slopes[index]));
    }
}

/// <summary>By how much each constraint is violated where a relaxation is least.</summary>
internal sealed class Slopes(CoverProblem problem) : Multipliers(problem)
{
    public int[] Members { get; } = [.. problem.Goals.Select(goal => Math.Max(1, goal.Members.Length))];

    /// <summary>The sum of squares, without those that would push a price of 0 below it.</summary>
    public double Length { get; private set; }

    public void Clear()
    {
        Array.Clear(Needs);
        Array.Clear(Covers);
        foreach (var parts in Parts)
            Array.Clear(parts);
    }

    public void Measure(Multipliers at)
    {
        Length = Measure(at.Covers, Covers);
        for (var goal = 0; goal < Needs.Length; goal++)
            if (at.Needs[goal] > 0 || Needs[goal] > 0)
                Length += Needs[goal] * Needs[goal] / Members[goal];
        for (var index = 0; index < Parts.Length; index++)
            Length += Measure(at.Parts[index], Parts[index]);
    }

    private static double Measure(double[] prices, double[] slopes)
    {
        double sum = 0;
        for (var index = 0; index < slopes.Length; index++)
            if (prices[index] > 0 || slopes[index] > 0)
                sum += slopes[index] * slopes[index];
        return sum;
    }
}
