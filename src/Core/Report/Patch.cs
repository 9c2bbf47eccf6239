using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Lint;

namespace Merlon.Core.Report;

/// <summary>What fixes change, as a patch that <c>git apply</c> takes at the root: unified format, lines ended by LF alone, so that a CR is part of its line.</summary>
internal static class Patch
{
    private const int Context = 3;

    /// <param name="isColoured">For a terminal, which does not get what it would obey; git takes no such patch.</param>
    public static string Write(IEnumerable<FixedFile> files, bool isColoured)
    {
        StringBuilder patch = new();
        foreach (var file in files)
        {
            patch.Append($"{Terminal.Bold($"--- {NameOf($"a/{file.Path}")}", isColoured)}\n{Terminal.Bold($"+++ {NameOf($"b/{file.Path}")}", isColoured)}\n");
            foreach (var hunk in Hunks(LineDiff.Of(LinesOf(file.Before), LinesOf(file.Bytes))))
                WriteHunk(patch, hunk, isColoured);
        }
        return patch.ToString();
    }

    private static void WriteHunk(StringBuilder patch, ImmutableArray<DiffLine> hunk, bool isColoured)
    {
        var header = $"@@ -{Range(hunk[0].Before, hunk.Count(line => line.Kind != '+'))} +{Range(hunk[0].After, hunk.Count(line => line.Kind != '-'))} @@";
        patch.Append($"{(isColoured ? $"\e[36m{header}\e[0m" : header)}\n");
        foreach (var (kind, text, _, _) in hunk)
        {
            var line = text.EndsWith('\n') ? text[..^1] : text;
            patch.Append(!isColoured ? $"{kind}{line}" : Coloured(kind, Printable.Text(line.TrimEnd('\r')))).Append('\n');
            if (!text.EndsWith('\n'))
                patch.Append("\\ No newline at end of file\n");
        }
    }

    private static string Coloured(char kind, string line) => kind switch
    {
        '-' => $"\e[31m-{line}\e[0m",
        '+' => $"\e[32m+{line}\e[0m",
        _ => $" {line}",
    };

    // A part of no lines is named by the line before it.
    private static string Range(int start, int count) => count == 1 ? $"{start + 1}" : $"{(count == 0 ? start : start + 1)},{count}";

    // Changes with so little between them that their contexts would meet share a hunk.
    private static IEnumerable<ImmutableArray<DiffLine>> Hunks(ImmutableArray<DiffLine> lines)
    {
        for (var at = 0; Next(lines, at) is >= 0 and var first;)
        {
            var last = first;
            while (Next(lines, last + 1) is >= 0 and var next && next - last <= 2 * Context + 1)
                last = next;
            at = Math.Min(last + Context + 1, lines.Length);
            yield return lines[Math.Max(first - Context, 0)..at];
        }
    }

    private static int Next(ImmutableArray<DiffLine> lines, int from)
    {
        while (from < lines.Length && lines[from].Kind == ' ')
            from++;
        return from < lines.Length ? from : -1;
    }

    // As git writes names: in quotes what would end the name or the line, and a tab after one with blanks.
    private static string NameOf(string path)
    {
        if (!path.Any(c => c is '"' or '\\' || char.IsControl(c)))
            return path.Contains(' ', StringComparison.Ordinal) ? $"{path}\t" : path;
        StringBuilder quoted = new("\"");
        foreach (var part in Encoding.UTF8.GetBytes(path))
            _ = part is (byte)'"' or (byte)'\\' ? quoted.Append('\\').Append((char)part)
                : part is >= 0x20 and < 0x7F ? quoted.Append((char)part) : quoted.Append('\\').Append(Convert.ToString(part, 8).PadLeft(3, '0'));
        return quoted.Append('"').ToString();
    }

    // Each with its LF, which only the last may lack. A byte order mark is a character of the first.
    private static ImmutableArray<string> LinesOf(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var lines = ImmutableArray.CreateBuilder<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }
        return lines.ToImmutable();
    }
}
