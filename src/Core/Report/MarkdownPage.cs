using System.Collections.Immutable;
using System.Text;

namespace Merlon.Core.Report;

/// <summary>Something of a section that is shown in whole or not at all.</summary>
/// <param name="Text">Safe Markdown of whole lines.</param>
/// <param name="Number">How many things it tells of.</param>
internal sealed record MarkdownRow(string Text, int Number = 1);

/// <summary>A part of a page.</summary>
/// <param name="Head">Safe Markdown of whole lines, before the rows.</param>
/// <param name="One">What the rows tell of: <c>loss</c>, <c>losses</c>.</param>
internal sealed record MarkdownSection(string Head, string One, string Many, ImmutableArray<MarkdownRow> Rows)
{
    /// <summary>After the rows.</summary>
    public string Foot { get; init; } = "";

    /// <summary>What is most important has the lowest.</summary>
    public required int Rank { get; init; }
}

/// <summary>Fits sections into a page of a limited length: the least important lose rows first, and each says how many it lost.</summary>
internal static class MarkdownPage
{
    // Of each section these are shown before another one takes all the room.
    private const int First = 3;

    /// <param name="longest">In UTF-16 units.</param>
    public static string Write(string head, IReadOnlyList<MarkdownSection> sections, int longest)
    {
        // Whatever happens there is room for what says how much is missing.
        var room = longest - head.Length - sections.Sum(section => section.Head.Length + section.Foot.Length + Rest(section, 0).Length);
        var shown = new int[sections.Count];
        foreach (var most in new[] { First, int.MaxValue })
            foreach (var (section, index) in sections.Select((section, index) => (section, index)).OrderBy(pair => pair.section.Rank))
                while (shown[index] < Math.Min(most, section.Rows.Length) && section.Rows[shown[index]].Text.Length <= room)
                    room -= section.Rows[shown[index]++].Text.Length;
        StringBuilder text = new(head);
        foreach (var (section, count) in sections.Zip(shown))
        {
            text.Append(section.Head).AppendJoin("", section.Rows.Take(count).Select(row => row.Text));
            if (count < section.Rows.Length)
                text.Append(Rest(section, count));
            text.Append(section.Foot);
        }
        return text.ToString();
    }

    private static string Rest(MarkdownSection section, int shown)
    {
        var number = section.Rows.Skip(shown).Sum(row => row.Number);
        return $"\n_{VerdictParts.Count(number, $"more {section.One}", $"more {section.Many}")}_\n";
    }
}
