using Merlon.Core.Attack;
using Merlon.Core.Configuration;
using Merlon.Core.Programs;

namespace Merlon.Cli.Completion;

/// <summary>What may be typed for some options and arguments, looked up when somebody asks.</summary>
internal static class CompletionValues
{
    /// <summary>The profiles of the program here, then the groups of ATT&amp;CK.</summary>
    public static IEnumerable<string> Actors()
    {
        CheckRequest request = new() { Directory = Directory.GetCurrentDirectory(), Date = DateOnly.FromDateTime(DateTime.UtcNow), NeedsRules = false };
        var files = ProgramFiles.Find(request);
        return [.. files.Config is { } config ? Snapshot.ReadProfiles(files, config, [], []).Select(profile => profile.Name) : [], .. Newest.Groups.Where(group => group.IsLive).Select(group => group.Name)];
    }

    public static IEnumerable<string> Techniques() => Newest.Techniques.Where(technique => technique.IsLive).Select(technique => $"{technique.Id}");

    /// <summary>Ids of techniques, tactics, groups, software and campaigns.</summary>
    public static IEnumerable<string> AttackIds() =>
        [.. Techniques(), .. Newest.Tactics.Select(tactic => tactic.Id), .. Newest.Groups.Where(group => group.IsLive).Select(group => group.Id), .. Newest.Software.Where(one => one.IsLive).Select(one => one.Id), .. Newest.Campaigns.Where(one => one.IsLive).Select(one => one.Id)];

    public static IEnumerable<string> Releases() => AttackReleases.Embedded.Where(release => release.Domain == AttackDomain.Enterprise).Select(release => release.Version);

    public static IEnumerable<string> Platforms() => Newest.Techniques.SelectMany(technique => technique.Platforms).Append("cloud").Distinct();

    public static IEnumerable<string> Findings() => DiagnosticCatalog.All.Select(info => info.Id);

    private static AttackRelease Newest => AttackReleases.Newest(AttackDomain.Enterprise);
}
