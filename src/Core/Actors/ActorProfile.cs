using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Actors;

/// <summary>What a profile file says of an actor, or what a name on the command line stands for.</summary>
internal sealed record ActorProfile
{
    public required string Name { get; init; }

    /// <summary>What published outputs call an actor whose <see cref="Tlp"/> keeps its name back.</summary>
    public string? Alias { get; init; }

    /// <summary>Its place among all profiles of the program, from 1; 0 for one that is not read from a file.</summary>
    public int Number { get; init; }

    /// <summary>The name in its file.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>Its lists as written, for fixes; null where a list is not there.</summary>
    public YamlSequence? FromList { get; init; }

    /// <inheritdoc cref="FromList"/>
    public YamlSequence? TechniqueList { get; init; }

    /// <summary>Ids of groups, software and campaigns.</summary>
    public required ImmutableArray<ProfileText> From { get; init; }

    public string? Description { get; init; }

    /// <summary>Whom it attacks; for people.</summary>
    public ImmutableArray<string> Sectors { get; init; } = [];

    /// <summary>The day of the last review, and where it is written.</summary>
    public (DateOnly Day, SourceSpan Span)? Reviewed { get; init; }

    /// <summary>After how many days the profile wants a review, and where that is written; null where it does not say so.</summary>
    public (int Days, SourceSpan Span)? ReviewInterval { get; init; }

    /// <summary>Traffic Light Protocol 2.0: <c>clear</c>, <c>green</c>, <c>amber</c>, <c>red</c>.</summary>
    public string Tlp { get; init; } = "clear";

    /// <summary>Whether a group's campaigns count as the group's own.</summary>
    public bool IncludesCampaigns { get; init; } = true;

    public SoftwareInclusion Software { get; init; }

    /// <summary><c>true</c> or <c>false</c>; null where the file does not say so.</summary>
    public ProfileText? WrittenCampaigns { get; init; }

    /// <summary><c>false</c>, <c>true</c> or <c>count</c>; null where the file does not say so.</summary>
    public ProfileText? WrittenSoftware { get; init; }

    public Targets Targets { get; init; } = Targets.None;

    public ImmutableArray<ProfileTechnique> Techniques { get; init; } = [];

    public ImmutableArray<Exclusion> Exclusions { get; init; } = [];

    /// <summary>Whether the name may stand in what is published.</summary>
    public bool IsPublic => Tlp is "clear" or "green";

    /// <summary>What published outputs call it.</summary>
    public string PublicName => IsPublic ? Name : Alias ?? string.Create(CultureInfo.InvariantCulture, $"Actor {Number}");
}

/// <summary>A text of a profile and where it stands.</summary>
internal readonly record struct ProfileText(string Value, SourceSpan Span);

/// <summary>A technique that the profile adds, or marks.</summary>
/// <param name="Weight">1 unless given; orders gaps and nothing else.</param>
internal sealed record ProfileTechnique(TechniqueId Id, SourceSpan Span, bool Required, int Weight)
{
    /// <summary>Where it is reported.</summary>
    public string? Source { get; init; }

    public string? Note { get; init; }
}

/// <summary>What becomes of the techniques of the software that an actor uses.</summary>
internal enum SoftwareInclusion
{
    Out,
    /// <summary>Counted on a line of their own.</summary>
    Line,
    /// <summary>In the denominator.</summary>
    Count,
}

internal enum ExclusionKind
{
    NotApplicable,
    NotDetectable,
    /// <summary>Stays in the denominator, and silent in priorities.</summary>
    Accepted,
}

/// <summary>A technique that a profile or merlon.yml leaves out, or accepts as a gap.</summary>
/// <param name="Until">The last day on which it holds; null for no end.</param>
internal sealed record Exclusion(TechniqueId Id, ExclusionKind Kind, string Reason, DateOnly? Until, SourceSpan Span)
{
    public bool HoldsOn(DateOnly day) => Until is not { } last || day <= last;
}
