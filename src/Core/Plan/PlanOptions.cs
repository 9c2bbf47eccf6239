namespace Merlon.Core.Plan;

/// <summary>What work costs and who does it: the <c>plan</c> block.</summary>
internal sealed record PlanOptions
{
    /// <summary>Person-days of a task that is easy: to adopt a rule.</summary>
    public int LowDays { get; init; } = 1;

    /// <summary>Person-days to write a rule.</summary>
    public int MediumDays { get; init; } = 3;

    /// <summary>Person-days to collect a log source.</summary>
    public int HighDays { get; init; } = 15;

    public int Engineers { get; init; } = 2;

    /// <summary>The share of their time that engineers have for this: above 0, up to 1.</summary>
    public decimal Productive { get; init; } = 0.6m;

    /// <summary>From the root: a folder of community rules; null for none.</summary>
    public string? Library { get; init; }

    /// <summary>Person-days that there are in so many calendar days, rounded down.</summary>
    public int Capacity(int calendarDays) => (int)decimal.Floor(calendarDays * Engineers * Productive);

    /// <summary>Calendar days that so many person-days take, rounded up.</summary>
    public int CalendarDays(int personDays) => (int)Math.Min(int.MaxValue, decimal.Ceiling(personDays / (Engineers * Productive)));

    public int DaysOf(Effort effort) => effort switch { Effort.Low => LowDays, Effort.Medium => MediumDays, _ => HighDays };
}
