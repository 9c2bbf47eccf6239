using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>
/// Two releases, and a program under them, as a page of a forge. It is published: actors whose TLP is amber or red stand in it under their alias
/// or number, unless it is given names that are private.
/// </summary>
internal static class ReleaseDiffMarkdown
{
    // What the program has to do is more important than what ATT&CK changed.
    private const int ProgramRank = 0, ReleaseRank = 1;

    public static string Write(ReleaseDiffResult result, PublishedNames names)
    {
        StringBuilder head = new("## ATT&CK ");
        head.AppendJoin(", ", result.Diffs.Select(diff => $"{diff.Domain.Name} {MarkdownText.Text(diff.From.Version)} → {MarkdownText.Text(diff.To.Version)}")).Append('\n');
        if (result.Impact is { Actors.IsEmpty: false } impact)
        {
            head.Append("\nCoverage with the same rules, profiles and definition: all of the change is ATT&CK's.\n\n| actor | coverage | change |\n|---|---|---|\n");
            foreach (var actor in impact.Actors)
                head.Append($"| {MarkdownText.Text(VerdictParts.In(names.Of(actor.Name), actor.Domain))} | {actor.Base?.Covered.WithPercent} → {actor.Head?.Covered.WithPercent} | {actor.Change} |\n");
        }
        foreach (var line in result.Diffs.Select(diff => diff.To.Copyright).Distinct().TakeLast(1))
            head.Append($"\nATT&CK®: {line}\n");
        ImmutableArray<MarkdownSection> sections =
        [
            .. (result.Impact is null ? [] : ReleaseSection.Of(result.Impact, names)).Where(section => section.Count > 0).Select(section => Section("", section, ProgramRank)),
            .. result.Diffs.SelectMany(diff => ReleaseSection.Of(diff).Where(section => section.Count > 0).Select(section => Section($"{diff.Domain.Name}: ", section, ReleaseRank))),
        ];
        return MarkdownPage.Write(head.ToString(), sections, GateMarkdown.Longest);
    }

    private static MarkdownSection Section(string domain, ReleaseSection section, int rank) =>
        new($"\n<details><summary>{domain}{section.Heading}: {section.Count}</summary>\n\n", "line", "lines", [.. section.Lines.Select(line => new MarkdownRow($"- {MarkdownText.Text(line)}\n"))])
        {
            Rank = rank,
            Foot = "\n</details>\n",
        };
}
