using System.Collections.Immutable;

namespace Merlon.Core.Attack;

/// <summary>How ATT&amp;CK says that a technique can be detected. Since 18; before, a release has none.</summary>
internal sealed record DetectionStrategy
{
    /// <summary><c>DET0455</c>.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The live techniques that it detects, sorted: one as a rule, none in two strategies of enterprise 19.1.</summary>
    public ImmutableArray<TechniqueId> Techniques { get; init; } = [];

    public ImmutableArray<Analytic> Analytics { get; init; } = [];

    /// <summary>The UUID of the STIX object.</summary>
    public required Guid StixId { get; init; }
}

/// <summary>One way to run a strategy, on one platform as a rule.</summary>
internal sealed record Analytic
{
    /// <summary><c>AN1252</c>.</summary>
    public required string Id { get; init; }

    /// <summary>As released, sorted; <c>None</c> in ICS.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    /// <summary>What it reads, sorted; empty for most techniques before a compromise.</summary>
    public ImmutableArray<LogSourceReference> LogSources { get; init; } = [];

    /// <summary>The UUID of the STIX object.</summary>
    public required Guid StixId { get; init; }
}
