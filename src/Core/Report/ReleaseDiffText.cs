using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Gate;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>Two releases, and a program under them, for people: numbers first, then what changed.</summary>
internal static class ReleaseDiffText
{
    public static string Write(ReleaseDiffResult result)
    {
        StringBuilder text = new();
        foreach (var diff in result.Diffs)
        {
            ImmutableArray<ReleaseSection> sections = [.. ReleaseSection.Of(diff).Where(section => section.Count > 0)];
            text.Append($"{diff.Domain.Name} {Printable.Text(diff.From.Version)} -> {Printable.Text(diff.To.Version)}\n");
            Append(text, sections, "no change");
            text.Append('\n');
        }
        if (result.Impact is { } impact)
            AppendImpact(text, impact);
        foreach (var line in result.Diffs.Select(diff => diff.To.Copyright).Distinct().TakeLast(1))
            text.Append($"ATT&CK®: {line}\n");
        return text.ToString();
    }

    private static void AppendImpact(StringBuilder text, ReleaseImpact impact)
    {
        text.Append($"{Printable.Text(impact.Snapshot.Config.Name)}: what that does to this program\n");
        Append(text, [.. ReleaseSection.Of(impact, PublishedNames.Private).Where(section => section.Count > 0)], "no tag, actor or floor changes");
        if (!impact.Actors.IsEmpty)
            text.Append("  coverage, with the same rules, profiles and definition: all of the change is ATT&CK's\n");
        foreach (var actor in impact.Actors)
            text.Append($"    {Printable.Text(VerdictParts.In(actor.Name, actor.Domain))}: {Coverage(actor)}\n");
        text.Append('\n');
    }

    /// <summary><c>29/55 (52.7%) -> 30/56 (53.5%), +1, +0.8 points</c>.</summary>
    public static string Coverage(ActorChange actor) =>
        $"{actor.Base?.Covered.WithPercent} -> {actor.Head?.Covered.WithPercent}{(actor.Change is { Length: > 0 } change ? $", {change}" : "")}";

    private static void Append(StringBuilder text, ImmutableArray<ReleaseSection> sections, string nothing)
    {
        if (sections.IsEmpty)
            text.Append($"  {nothing}\n");
        foreach (var section in sections)
            text.Append($"  {section.Heading}: {section.Count}\n");
        foreach (var section in sections)
        {
            text.Append($"\n  {section.Heading}\n");
            foreach (var line in section.Lines)
                text.Append($"    {Printable.Text(line)}\n");
        }
    }
}
