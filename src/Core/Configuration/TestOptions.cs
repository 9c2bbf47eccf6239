using System.Collections.Immutable;
using Merlon.Core.Evidence;
using Merlon.Core.Matching;

namespace Merlon.Core.Configuration;

/// <summary>The <c>tests</c> block: where tests of rules lie and what is demanded of them.</summary>
internal sealed record TestOptions
{
    /// <summary>Where files of test events may lie, besides the folders of rules.</summary>
    public required ImmutableArray<FilePattern> Paths { get; init; }

    /// <summary>Whether a rule with positive tests needs a negative one.</summary>
    public bool RequiresNegative { get; init; }

    /// <summary>What fields are called in the events.</summary>
    public FieldMappings Mappings { get; init; } = FieldMappings.Empty;

    /// <summary>Events in which nothing is wrong.</summary>
    public ImmutableArray<FilePattern> Benign { get; init; } = [];

    /// <summary>Rules that may match benign events.</summary>
    public ImmutableArray<AllowedAlert> Allowed { get; init; } = [];
}
