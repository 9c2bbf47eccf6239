using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors.Import;

/// <summary>An actor as a file describes it. All text is a stranger's.</summary>
internal sealed record ImportedActor
{
    public required string Name { get; init; }

    public required SourceSpan Span { get; init; }

    /// <summary>What kind of file says so: <c>Navigator layer 3.0</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Ids of groups, software or campaigns that the file gives it. ATT&amp;CK need not know them: Tidal's own begin with G3.</summary>
    public ImmutableArray<string> Ids { get; init; } = [];

    /// <summary>The UUID of a value of a galaxy cluster.</summary>
    public string? ClusterId { get; init; }

    public ImmutableArray<string> Aliases { get; init; } = [];

    public string? Description { get; init; }

    /// <summary>Whom it attacks.</summary>
    public ImmutableArray<string> Sectors { get; init; } = [];

    /// <summary>Where it attacks: ISO codes or names, as the file has them.</summary>
    public ImmutableArray<string> Countries { get; init; } = [];

    /// <summary>In the order of the file; an id may stand several times.</summary>
    public ImmutableArray<ImportedTechnique> Techniques { get; init; } = [];

    public bool IsCalled(string text) => Same(Name, text) || Same(ImportedNames.Short(Name), text) || Ids.Any(id => Same(id, text)) || Aliases.Any(alias => Same(alias, text));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <param name="Id">As it is written.</param>
/// <param name="Comment">What the file says about it; may be empty.</param>
internal sealed record ImportedTechnique(string Id, SourceSpan Span, string Comment)
{
    /// <summary>What one source's relations mean: as in a profile, one that has a technique and a sub-technique of it means the sub-technique.</summary>
    public static IEnumerable<ImportedTechnique> OfSource(IEnumerable<ImportedTechnique> relations, ImportContext context)
    {
        var all = relations.Select(one => (One: one, Id: TechniqueId.TryParse(one.Id, out var id) ? id : (TechniqueId?)null)).ToArray();
        var parents = all.Where(pair => pair.Id is { IsSubTechnique: true }).Select(pair => (TechniqueId?)context.ParentOf(pair.Id!.Value)).ToHashSet(); // has one
        return all.Where(pair => pair.Id is null || !parents.Contains(pair.Id)).Select(pair => pair.One);
    }
}
