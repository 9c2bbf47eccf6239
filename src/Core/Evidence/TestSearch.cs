using System.Collections.Immutable;

namespace Merlon.Core.Evidence;

/// <summary>Where tests were looked for that no pattern of the configuration finds: only reading the rules tells.</summary>
/// <param name="Files">From the root; some are not there.</param>
/// <param name="Patterns">From the root.</param>
internal sealed record TestSearch(ImmutableArray<string> Files, ImmutableArray<string> Patterns)
{
    public static TestSearch None { get; } = new([], []);

    public bool IsEmpty => Files.IsEmpty && Patterns.IsEmpty;
}
