using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors;

/// <summary>What says that somebody should look at a profile again.</summary>
internal static class Reviews
{
    /// <summary>The interval of a profile that says when it was reviewed and not how often.</summary>
    public const int DefaultDays = 365;

    private const int MostNamed = 5;

    public static DiagnosticInfo StaleProfile { get; } = new()
    {
        Id = "MRL4013",
        Title = "Profile is older than its review interval",
        Severity = Severity.Warning,
        Rationale = """
            Actors change what they use. After `review` days, 365 unless the profile says otherwise, somebody should read what is new about the
            actor and write the day into `reviewed`. A profile without that day is left alone, unless it sets an interval.
            """,
    };

    public static DiagnosticInfo NewerTechniques { get; } = new()
    {
        Id = "MRL4014",
        Title = "Newer ATT&CK release has more techniques of a profile's source",
        Severity = Severity.Info,
        Rationale = """
            ATT&CK has learned more about a group, software or campaign that the profile cites than the pinned release knows. Coverage is
            measured against the pinned one; a newer one is embedded, and `attack.release` chooses it. An id that only replaces another is not meant.
            """,
    };

    public static ImmutableArray<DiagnosticInfo> All { get; } = [StaleProfile, NewerTechniques];

    /// <summary>The findings about a profile that is read from a file.</summary>
    public static IEnumerable<Diagnostic> Check(ActorProfile profile, IEnumerable<AttackRelease> releases, DateOnly day) =>
        profile.Span.Path.Length == 0 ? [] : [.. CheckAge(profile, day), .. releases.SelectMany(release => CheckRelease(profile, release))];

    private static IEnumerable<Diagnostic> CheckAge(ActorProfile profile, DateOnly day)
    {
        if (profile.Reviewed is var (reviewed, span))
        {
            var interval = profile.ReviewInterval?.Days ?? DefaultDays;
            if (day.DayNumber - reviewed.DayNumber > interval)
                yield return StaleProfile.At(span, string.Create(CultureInfo.InvariantCulture, $"{profile.Name} was reviewed {day.DayNumber - reviewed.DayNumber} days ago, and its interval is {interval}; review it and write the day"));
        }
        else if (profile.ReviewInterval is { } asked)
            yield return StaleProfile.At(asked.Span, $"{profile.Name} has an interval of review and no day of the last one; review it and write the day as 'reviewed'");
    }

    private static IEnumerable<Diagnostic> CheckRelease(ActorProfile profile, AttackRelease pinned)
    {
        var newest = AttackReleases.Newest(pinned.Domain);
        if (!newest.IsNewerThan(pinned))
            yield break;
        foreach (var source in profile.From)
        {
            var known = ListedBy(pinned, profile, source).Select(id => newest.FinalReplacement(id)?.Id ?? id).ToHashSet();
            ImmutableArray<TechniqueId> more = [.. ListedBy(newest, profile, source).Where(id => !known.Contains(id))];
            if (!more.IsEmpty)
                yield return NewerTechniques.At(source.Span, string.Create(CultureInfo.InvariantCulture,
                    $"{source.Value} has {more.Length} more {(more.Length == 1 ? "technique" : "techniques")} in ATT&CK {newest.Version} than in {pinned.Version}, which is pinned: {string.Join(", ", more.Take(MostNamed))}{(more.Length > MostNamed ? $" and {more.Length - MostNamed} others" : "")}"));
        }
    }

    private static IEnumerable<TechniqueId> ListedBy(AttackRelease release, ActorProfile profile, ProfileText source) => new ActorResolver(release, [])
        .Resolve(new() { Name = profile.Name, Span = profile.Span, From = [source], IncludesCampaigns = profile.IncludesCampaigns }).Techniques.Select(technique => technique.Id);
}
