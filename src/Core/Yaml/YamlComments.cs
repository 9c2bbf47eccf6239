using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Merlon.Core.Yaml;

/// <summary>A comment, from its '#' to the end of the line.</summary>
/// <param name="Text">With the '#'.</param>
/// <param name="IsAlone">Whether nothing else stands on its line.</param>
/// <param name="NextLine">1-based number of the next line that is neither blank nor a comment.</param>
/// <param name="FirstLine">1-based first line of the document that it stands in.</param>
/// <param name="LastLine">1-based last line of that document, or a number beyond the last of the file.</param>
internal sealed record YamlComment(SourceSpan Span, string Text, bool IsAlone, int NextLine, int FirstLine, int LastLine);

/// <summary>Finds comments as YAML does: a '#' within a quoted or a block scalar begins none.</summary>
internal static class YamlComments
{
    /// <summary>What every comment that speaks to Merlon begins with. A file without it is not read for comments at all.</summary>
    public const string Marker = "merlon-";

    public static ImmutableArray<YamlComment> Read(string path, string text)
    {
        if (!text.Contains(Marker, StringComparison.OrdinalIgnoreCase))
            return [];
        List<Token> comments = [];
        List<int> documents = [];
        var hasContent = false;
        Scanner scanner = new(new StringReader(text), skipComments: false);
        try
        {
            // At some errors the scanner stays for ever: it gives the same one again and again.
            while (scanner.MoveNext() && scanner.Current is not Error)
                Take(scanner.Current!); // MoveNext answered true
        }
        // As in YamlFile.Parse, which reports it: what follows is not read.
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException)
        {
        }
        var placed = new YamlComment[comments.Count];
        // From the last to the first, so that a comment above a comment looks no further than that.
        for (var i = placed.Length - 1; i >= 0; i--)
            placed[i] = Place(path, text, comments[i], documents, i + 1 < placed.Length ? placed[i + 1] : null);
        return [.. placed];

        void Take(Token token)
        {
            switch (token)
            {
                case Comment:
                    comments.Add(token);
                    break;
                case DocumentStart:
                    if (hasContent)
                        documents.Add((int)token.Start.Line);
                    hasContent = true;
                    break;
                case DocumentEnd:
                    if (hasContent)
                        documents.Add((int)token.Start.Line + 1);
                    hasContent = false;
                    break;
                case StreamStart or StreamEnd or BlockEnd or VersionDirective or TagDirective:
                    break;
                default:
                    hasContent = true;
                    break;
            }
        }
    }

    /// <param name="documents">The lines at which a document begins, but for the first.</param>
    private static YamlComment Place(string path, string text, Token comment, List<int> documents, YamlComment? next)
    {
        var (line, column) = ((int)comment.Start.Line, (int)comment.Start.Column);
        var (start, end) = ((int)comment.Start.Index, Math.Min(text.Length, (int)comment.End.Index));
        var document = documents.BinarySearch(line) is >= 0 and var exact ? exact + 1 : ~documents.BinarySearch(line);
        return new(
            new(path, line, column, line, column + end - start),
            text[start..end],
            text.AsSpan(start - column + 1, column - 1).IsWhiteSpace(),
            NextLine(text, end, line, next),
            document == 0 ? 1 : documents[document - 1],
            document == documents.Count ? int.MaxValue : documents[document] - 1);
    }

    private static int NextLine(string text, int index, int line, YamlComment? following)
    {
        // The comment itself ends its line.
        foreach (var next in text.AsSpan(index).EnumerateLines())
        {
            if (following is { IsAlone: true } && following.Span.Line == line)
                return following.NextLine;
            if (next.TrimStart() is { IsEmpty: false } and not ['#', ..])
                return line;
            line++;
        }
        return line;
    }
}
