using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Splunk;

/// <summary>A value of a saved search, which knows where in its file each of its characters stands.</summary>
/// <param name="text">The value, without what continues, quotes or escapes it.</param>
/// <param name="span">Of all of it in the file.</param>
/// <param name="runs">Where runs of characters begin that follow each other on a line, by index; empty where only the whole has a place.</param>
internal sealed class PlacedText(string text, SourceSpan span, ImmutableArray<PlacedRun> runs)
{
    public string Text { get; } = text;

    public SourceSpan Span { get; } = span;

    /// <summary>Whether it is longer than what is kept of it, so that nothing in it can be known.</summary>
    public bool IsCut { get; init; }

    /// <summary>The place of a part.</summary>
    /// <param name="start">0-based index into <see cref="Text"/>.</param>
    /// <param name="length">Number of characters; at least one.</param>
    public SourceSpan SpanOf(int start, int length)
    {
        if (runs.IsEmpty)
            return Span;
        var (line, column) = PlaceOf(start);
        var (endLine, endColumn) = PlaceOf(start + length - 1);
        return new(Span.Path, line, column, endLine, endColumn + 1);
    }

    /// <summary>What is found in a part, each at its own place.</summary>
    /// <param name="read">Of a text without escapes, and the place of all of it.</param>
    public IEnumerable<AttackTag> Tags(int start, int length, Func<string, SourceSpan, ImmutableArray<AttackTag>> read)
    {
        // As if the part stood on a line of its own: what escapes it in the file is no concern of who reads it.
        foreach (var tag in read(Text.Substring(start, length), new(Span.Path, 1, 1, 1, length + 1)))
            yield return tag with { Span = SpanOf(start + tag.Span.Column - 1, tag.Span.EndColumn - tag.Span.Column) };
    }

    private (int Line, int Column) PlaceOf(int index)
    {
        var (first, after) = (0, runs.Length);
        while (first + 1 < after)
        {
            var middle = (first + after) / 2;
            if (runs[middle].Start <= index)
                first = middle;
            else
                after = middle;
        }
        return (runs[first].Line, runs[first].Column + index - runs[first].Start);
    }
}

/// <summary>Characters of a value that stand one after the other in the file.</summary>
/// <param name="Start">0-based index of the first one in the value.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, of the first one.</param>
internal readonly record struct PlacedRun(int Start, int Line, int Column);
