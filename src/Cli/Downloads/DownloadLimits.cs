namespace Merlon.Cli.Downloads;

/// <summary>How much, how long and how often.</summary>
internal sealed record DownloadLimits
{
    /// <summary>MITRE's largest bundle has 54 MB.</summary>
    public long MaxBytes { get; init; } = 128L << 20;

    /// <summary>Of one address, the first one counted.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>For the connection, TLS counted.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For anything to come: the headers, or the next part of the content.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For one attempt, however steadily it comes.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Before the second attempt; twice as long before each one after.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A server that asks for a longer wait is not asked again.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(2);

    public int Redirects { get; init; } = 5;
}
