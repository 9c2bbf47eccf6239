using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Configuration;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>Which commits are measured, and by what.</summary>
internal sealed record TrendOptions
{
    /// <summary>How many points there are where nobody asks for more or fewer.</summary>
    public const int DefaultMax = 500;

    /// <summary>The newest commit; null for HEAD.</summary>
    public string? Revision { get; init; }

    /// <summary>A point for each tag instead of each commit: of all tags, or of those that <see cref="Revision"/> contains.</summary>
    public bool ByTags { get; init; }

    /// <summary>The first UTC day; null for no bound but <see cref="Max"/>.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>How many of the newest points, at least 1; null for <see cref="DefaultMax"/>, or all where <see cref="Since"/> bounds them.</summary>
    public int? Max { get; init; }

    /// <summary>Whether each commit is measured by its own configuration, profiles and release, and not all by those of today.</summary>
    public bool IsOwn { get; init; }
}

/// <summary>Coverage over a history.</summary>
/// <param name="Config">Of today, or the newest that a commit of its own has.</param>
/// <param name="Date">The day on which exclusions hold, at every point.</param>
/// <param name="Points">Oldest first.</param>
/// <param name="IsOwn">As <see cref="TrendOptions.IsOwn"/>.</param>
internal sealed record Trend(MerlonConfig Config, DateOnly Date, ImmutableArray<TrendPoint> Points, bool IsOwn)
{
    /// <summary>Whether there are older commits or tags than <see cref="TrendOptions.Max"/> lets in.</summary>
    public bool HasOlder { get; init; }
}

/// <summary>A commit, measured.</summary>
internal sealed record TrendPoint
{
    public required GitCommit Commit { get; init; }

    /// <summary>The tag that the point is for; null for one of a commit.</summary>
    public string? Tag { get; init; }

    /// <summary>The UTC day of the commit.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Commit.Date.UtcDateTime);

    /// <summary>The ATT&amp;CK release; null where the configuration is not known.</summary>
    public string? Release { get; init; }

    /// <summary>As <see cref="Snapshot.DefinitionHash"/>: numbers of equal hashes can be compared. Null where the configuration is not known.</summary>
    public string? Definition { get; init; }

    /// <summary>How many files of rules could not be read as a whole: what is lost covers nothing.</summary>
    public int Unreadable { get; init; }

    /// <summary>By domain, then in the order of the profiles, with the union of several at each domain's end. Empty where <see cref="Defect"/> says why.</summary>
    public ImmutableArray<TrendNumber> Numbers { get; init; } = [];

    /// <summary>Why the commit cannot be measured; null where it could be.</summary>
    public Diagnostic? Defect { get; init; }
}

/// <summary>What is covered of an actor at a point.</summary>
/// <param name="Profile">Null for the union of all actors.</param>
internal sealed record TrendNumber(ActorProfile? Profile, AttackDomain Domain, Ratio Covered)
{
    public string Name => Profile?.Name ?? "union";

    public bool IsUnion => Profile is null;
}

/// <summary>What came of asking for a trend.</summary>
internal sealed record TrendResult
{
    /// <summary>Null when there is nothing to show; <see cref="Diagnostics"/> says why.</summary>
    public Trend? Trend { get; init; }

    /// <summary>What kept the trend from being made, or what was found in today's profiles.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>What is to be said of the history itself, a line each.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}
