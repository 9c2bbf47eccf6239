using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Merlon.Core.Actors;
using Merlon.Core.Actors.Import;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs.Init;

/// <summary>A profile to begin with: an object of ATT&amp;CK by its id.</summary>
internal static class StartingProfile
{
    // Where no rule says anything: a group whose techniques most people's rules touch.
    private const string Fallback = "G0046";

    private const int LongestName = 100;

    /// <param name="asked">Names, aliases or ids; empty for the group of which the rules name most techniques.</param>
    /// <returns>Paths from the program's folder with their texts; null, with findings, for somebody who is unknown.</returns>
    public static ImmutableArray<(string Path, string Text)>? Write(ImmutableArray<string> asked, AttackRelease release, IEnumerable<DetectionRule> rules, List<Diagnostic> diagnostics)
    {
        if (asked.IsEmpty)
            return Suggest(release, rules) is var (group, named) ? [Of(group, group.Techniques.IsEmpty || named == 0 ? ["an example"]
                : [string.Create(CultureInfo.InvariantCulture, $"of all groups the one of which your rules name most techniques, {named} of {group.Techniques.Length}"), "that says nothing of whom you have to expect"])] : [];
        var found = asked.Select(name => (Name: name, Object: ActorChoice.FindObject(name, [release]))).ToArray();
        diagnostics.AddRange(found.Where(one => one.Object is null).Select(one => ActorChoice.Unknown(one.Name, [], [release])));
        return diagnostics.Count > 0 ? null : [.. found.Select(one => one.Object!).DistinctBy(one => one.Id).Select(one => Of(one, []))]; // those without are findings
    }

    private static (Group Group, int Named)? Suggest(AttackRelease release, IEnumerable<DetectionRule> rules)
    {
        var named = rules.Where(rule => rule.Defect is null).SelectMany(rule => rule.Techniques).Select(tag => tag.Technique).ToHashSet();
        var best = release.Groups.Where(group => group.IsLive).Select(group => (Group: group, Named: group.Techniques.Count(named.Contains)))
            .OrderByDescending(one => one.Named).ThenByDescending(one => one.Group.Id == Fallback).ThenBy(one => one.Group.Id, StringComparer.Ordinal).FirstOrDefault();
        return best.Group is null ? null : best;
    }

    private static (string, string) Of(AttackObject actor, string[] remarks)
    {
        StringBuilder text = new();
        if (remarks.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"# {StrangersText.Short(actor.Name)} is {string.Join("; ", remarks)}.\n# Write down the groups, malware and campaigns that aim at you, in a file each: 'from' takes their ids of ATT&CK,\n# 'merlon actor suggest' ranks groups by sector, and 'merlon actor import' reads layers, STIX, CSV and more.\n");
        text.Append(CultureInfo.InvariantCulture, $"name: {StrangersText.Scalar(actor.Name, LongestName)}\nfrom: [{actor.Id}]\n");
        return ($"actors/{FileName(actor)}.yml", text.ToString());
    }

    private static string FileName(AttackObject actor)
    {
        StringBuilder name = new();
        foreach (var character in actor.Name)
            if (char.IsAsciiLetterOrDigit(character))
                name.Append(char.ToLowerInvariant(character));
            else if (name is [.., not '-'])
                name.Append('-');
        return name.ToString().Trim('-') is { Length: > 0 } plain ? plain : actor.Id.ToLowerInvariant();
    }
}
