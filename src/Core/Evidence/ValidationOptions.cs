namespace Merlon.Core.Evidence;

/// <summary>The <c>validation</c> block of merlon.yml.</summary>
internal sealed record ValidationOptions
{
    /// <summary>For how many days after its exercise a record holds.</summary>
    public int MaxAgeDays { get; init; } = 180;

    /// <summary>How long after the end of a test an alert still counts.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How far the clocks of a test and an alert may differ.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether records that a person wrote count.</summary>
    public bool AllowsHand { get; init; }
}
