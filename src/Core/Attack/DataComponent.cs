using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>A kind of telemetry, such as Process Creation.</summary>
internal sealed record DataComponent
{
    /// <summary><c>DC0032</c>; empty before release 18, which gave data components their ids.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Those that ATT&amp;CK lists for it and those that an analytic reads for it, sorted. Empty before release 18.</summary>
    public ImmutableArray<LogSource> LogSources { get; init; } = [];

    /// <summary>The UUID of the STIX object.</summary>
    public required Guid StixId { get; init; }
}

/// <summary>Where telemetry comes from. Both parts are free text, and inconsistent: <c>NSM:Flow</c> and <c>NSM:FLow</c>.</summary>
/// <param name="Name"><c>WinEventLog:Sysmon</c>.</param>
/// <param name="Channel"><c>EventCode=1</c>; <c>None</c> in ICS and Mobile; may be empty.</param>
internal sealed record LogSource(string Name, string Channel) : IComparable<LogSource>
{
    public int CompareTo(LogSource? other) =>
        string.CompareOrdinal(Name, other?.Name) is not 0 and var order ? order : string.CompareOrdinal(Channel, other?.Channel);
}

/// <summary>A log source as an analytic reads it.</summary>
/// <param name="DataComponent">Id of the data component that it yields; empty when the release has no such one.</param>
internal sealed record LogSourceReference(string DataComponent, LogSource LogSource) : IComparable<LogSourceReference>
{
    public int CompareTo(LogSourceReference? other) =>
        string.CompareOrdinal(DataComponent, other?.DataComponent) is not 0 and var order ? order : LogSource.CompareTo(other?.LogSource);
}
