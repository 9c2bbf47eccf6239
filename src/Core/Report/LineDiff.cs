using System.Collections.Immutable;

namespace Merlon.Core.Report;

/// <summary>A line that two texts share, or that one of them has.</summary>
/// <param name="Kind"><c>' '</c> for both, <c>'-'</c> for the first, <c>'+'</c> for the second.</param>
/// <param name="Before">How many lines of the first text stand before it.</param>
/// <param name="After">How many lines of the second text stand before it.</param>
internal readonly record struct DiffLine(char Kind, string Text, int Before, int After);

/// <summary>The shortest way from one text to another, by lines (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986).</summary>
internal static class LineDiff
{
    // Beyond this, what lies between the common ends is replaced as a whole: right too, only longer to read.
    private const int MaxChanges = 2000;

    public static ImmutableArray<DiffLine> Of(ImmutableArray<string> before, ImmutableArray<string> after)
    {
        var start = before.AsSpan().CommonPrefixLength(after.AsSpan());
        var end = 0;
        while (end < Math.Min(before.Length, after.Length) - start && before[^(end + 1)] == after[^(end + 1)])
            end++;
        var lines = ImmutableArray.CreateBuilder<DiffLine>();
        var (x, y) = (0, 0);
        void Add(char kind) =>
            lines.Add(kind == '+' ? new(kind, after[y], x, y++) : new(kind, before[x], x++, kind == ' ' ? y++ : y));
        for (var i = 0; i < start; i++)
            Add(' ');
        foreach (var kind in Kinds(before[start..^end], after[start..^end]))
            Add(kind);
        for (var i = 0; i < end; i++)
            Add(' ');
        return lines.ToImmutable();
    }

    private static List<char> Kinds(ImmutableArray<string> before, ImmutableArray<string> after)
    {
        if (Trace(before, after) is not { } trace)
            return [.. Enumerable.Repeat('-', before.Length), .. Enumerable.Repeat('+', after.Length)];
        List<char> kinds = [];
        var (x, y) = (before.Length, after.Length);
        for (var changes = trace.Count - 1; changes >= 0; changes--)
        {
            var (reached, diagonal) = (trace[changes], x - y);
            var isInsertion = IsInsertion(reached, changes, diagonal);
            var previous = changes == 0 ? 0 : isInsertion ? diagonal + 1 : diagonal - 1;
            var (previousX, previousY) = changes == 0 ? (0, 0) : (reached[changes + previous], reached[changes + previous] - previous);
            for (; x > previousX && y > previousY; x--, y--)
                kinds.Add(' ');
            if (changes > 0)
                kinds.Add(isInsertion ? '+' : '-');
            (x, y) = (previousX, previousY);
        }
        kinds.Reverse();
        return kinds;
    }

    // For each number of changes, how far down the first text one fewer reach on each diagonal; null beyond the limit.
    private static List<int[]>? Trace(ImmutableArray<string> before, ImmutableArray<string> after)
    {
        List<int[]> trace = [];
        var reached = new int[1];
        for (var changes = 0; changes <= Math.Min(before.Length + after.Length, MaxChanges); changes++)
        {
            trace.Add(reached);
            var next = new int[2 * changes + 3];
            for (var diagonal = -changes; diagonal <= changes; diagonal += 2)
            {
                var x = changes == 0 ? 0 : IsInsertion(reached, changes, diagonal) ? reached[changes + diagonal + 1] : reached[changes + diagonal - 1] + 1;
                while (x < before.Length && x - diagonal < after.Length && before[x] == after[x - diagonal])
                    x++;
                next[changes + 1 + diagonal] = x;
                if (x >= before.Length && x - diagonal >= after.Length)
                    return trace;
            }
            reached = next;
        }
        return null;
    }

    // Whether the farther way to a diagonal comes from the one above. Index of diagonal k: k plus the number of changes.
    private static bool IsInsertion(int[] reached, int changes, int diagonal) =>
        diagonal == -changes || (diagonal != changes && reached[changes + diagonal - 1] < reached[changes + diagonal + 1]);
}
