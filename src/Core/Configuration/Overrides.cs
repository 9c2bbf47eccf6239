using System.Collections.Immutable;

namespace Merlon.Core.Configuration;

/// <summary>What the command line or MSBuild says instead of merlon.yml, in the same words; null or empty for nothing.</summary>
internal sealed record Overrides
{
    public string? Release { get; init; }
    public string? Level { get; init; }
    public ImmutableArray<string> Platforms { get; init; } = [];
    public string? RollUp { get; init; }
    public string? Pre { get; init; }
    public string? Preset { get; init; }

    /// <summary>Actors by profile name, file name, or a group, software or campaign by name, alias or id.</summary>
    public ImmutableArray<string> Actors { get; init; } = [];
}
