namespace Merlon.Core.Programs;

/// <summary>What head is compared with, and under which circumstances.</summary>
internal sealed record BaseRequest
{
    /// <summary>The revision that somebody named; null to find it.</summary>
    public string? Given { get; init; }

    /// <summary>Whether nobody watches the run: a base that cannot be found is then an error.</summary>
    public bool IsUnattended { get; init; }

    /// <summary>Whether somebody with the right to do so has accepted what the change does to policy.</summary>
    public bool AcceptsPolicy { get; init; }
}
