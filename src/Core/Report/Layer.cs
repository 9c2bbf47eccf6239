using System.Collections.Immutable;
using Merlon.Core.Attack;

namespace Merlon.Core.Report;

/// <summary>
/// A layer for the ATT&amp;CK Navigator, format 4.5. A cell is a technique within a tactic: each annotation has both, valid in the release, so
/// that the Navigator paints what was written. Scores are integers on a gradient from 0 to 100, since a score just under a maximum blanks the matrix.
/// </summary>
internal sealed record Layer
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required AttackRelease Release { get; init; }

    /// <summary>Each technique once, live in the release.</summary>
    public required ImmutableArray<LayerTechnique> Techniques { get; init; }

    /// <summary>From score 0 to 100.</summary>
    public required ImmutableArray<string> Gradient { get; init; }

    public required ImmutableArray<(string Label, string Colour)> Legend { get; init; }

    /// <summary>Platforms in scope; empty for all.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    /// <summary>Whether every technique in scope has a score, 0 where there is nothing, so that an annotation alone is no reason to show sub-techniques.</summary>
    public bool IsWhole { get; init; }

    public ImmutableArray<(string Name, string Value)> Metadata { get; init; } = [];

    /// <summary>Where the Navigator can load the release with what was merged over it; null where nobody said.</summary>
    public string? DataUrl { get; init; }

    /// <summary>What every text goes through before it is published.</summary>
    public PublishedNames Names { get; init; } = PublishedNames.Private;

    /// <summary>
    /// The platforms in scope that the release has, and those without which the Navigator would hide what is painted: PRE measured apart,
    /// and the platforms of a parent that shares none with its sub-technique, since it hides the sub-techniques of what it hides.
    /// </summary>
    public ImmutableArray<string> ShownPlatforms
    {
        get
        {
            // What has no platform at all (ICS) is shown only where nothing is filtered.
            if (Platforms.IsEmpty || Techniques.Any(one => one.Technique.Platforms.IsEmpty))
                return [];
            SortedSet<string> shown = new(Release.Techniques.Where(technique => technique.IsLive).SelectMany(technique => technique.Platforms).Intersect(Platforms), StringComparer.Ordinal);
            foreach (var technique in Techniques.Select(one => one.Technique).SelectMany(one => one.Id.IsSubTechnique && Release.Find(Release.ParentOf(one.Id)) is { } parent ? [one, parent] : new[] { one }))
                if (!technique.Platforms.Any(shown.Contains))
                    shown.UnionWith(technique.Platforms);
            return [.. shown];
        }
    }

    /// <summary>Painted techniques with a cell that MITRE's matrix does not have, by id: the Navigator keeps what it does not know, and shows nothing of it.</summary>
    public ImmutableArray<TechniqueId> OwnTechniques => Release.Unmerged is not { } unmerged ? [] :
    [
        .. Techniques.Where(one => one.IsPainted).Select(one => one.Technique)
            .Where(technique => unmerged.Find(technique.Id) is not { IsLive: true } other || technique.Tactics.Except(other.Tactics).Any()).Select(technique => technique.Id).Order(),
    ];

    /// <summary>How many cells are annotated.</summary>
    public int Cells => Techniques.Sum(technique => technique.Technique.Tactics.Length);

    /// <summary>How many cells have a colour of their own or a score above 0.</summary>
    public int Painted => Techniques.Where(technique => technique.IsPainted).Sum(technique => technique.Technique.Tactics.Length);

    public string Write() => LayerJson.Write(this);
}

/// <summary>An annotated technique, in all its tactics.</summary>
/// <param name="Score">0 to 100; null for one that is turned off.</param>
/// <param name="Comment">Lines with '\n' between them; empty for none.</param>
internal sealed record LayerTechnique(Technique Technique, int? Score, string Comment)
{
    /// <summary>Instead of that of the score; null for that. The gradient's middle colours are not hit exactly.</summary>
    public string? Colour { get; init; }

    public ImmutableArray<(string Name, string Value)> Metadata { get; init; } = [];

    public ImmutableArray<(string Label, string Url)> Links { get; init; } = [];

    public bool IsPainted => Score is { } score && (score > 0 || Colour is not null);

    /// <summary>Greyed out: it is not measured, and the comment says why.</summary>
    public static LayerTechnique Off(Technique technique, string comment) => new(technique, null, comment);
}
