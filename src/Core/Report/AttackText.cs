using System.Text;
using Merlon.Core.Attack;

namespace Merlon.Core.Report;

/// <summary>What a release says, for people.</summary>
internal static class AttackText
{
    public static string List(IReadOnlyCollection<AttackRelease> releases)
    {
        StringBuilder text = new();
        foreach (var release in releases)
            text.Append($"{release.Domain.Name,-17} {release.Version,-5} {release.Techniques.Count(technique => technique.IsLive && !technique.Id.IsSubTechnique)} techniques, {release.Techniques.Count(technique => technique.IsLive && technique.Id.IsSubTechnique)} sub-techniques, {release.Tactics.Length} tactics, {release.Groups.Count(group => group.IsLive)} groups, {release.Software.Count(software => software.IsLive)} software, {release.Campaigns.Count(campaign => campaign.IsLive)} campaigns{(release.IsRebuilt ? "; rebuilt from public sources" : "")}\n");
        // MITRE's terms: each copy of the facts carries the designation, what a command prints included.
        foreach (var line in releases.Select(release => release.Copyright).Distinct().TakeLast(1))
            text.Append($"ATT&CK®: {line}\n");
        return text.ToString();
    }

    public static string Show(AttackEntry entry)
    {
        StringBuilder text = new();
        text.Append($"{Printable.Text($"{entry.Id} {entry.Name} ({entry.Kind}, {entry.Release.Domain.Name} {entry.Release.Name})")}\n");
        foreach (var (label, values) in entry.Facts)
            if (values.Length > 0)
                text.Append($"  {label}: {Printable.Text(string.Join(", ", values))}\n");
        if (!entry.AlsoIn.IsEmpty)
            text.Append($"  also in: {string.Join(", ", entry.AlsoIn.Select(domain => domain.Name))}\n");
        return text.ToString();
    }
}
