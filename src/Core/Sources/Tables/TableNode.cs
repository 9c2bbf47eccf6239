using System.Collections.Frozen;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Tables;

/// <summary>A record of any format, or a part of one: a text, a map, a list, or nothing.</summary>
internal abstract class TableNode
{
    public abstract SourceSpan Span { get; }

    /// <summary>A single value as text; null for maps and lists, and where there is none.</summary>
    public virtual string? Text => null;

    /// <summary>Whether values lie below names.</summary>
    public virtual bool IsMap => false;

    /// <summary>What is in a list; null for everything else.</summary>
    public virtual IEnumerable<TableNode>? Items => null;

    /// <summary>The names of a map, for hints.</summary>
    public virtual IEnumerable<string> Names => [];

    /// <summary>What lies at a name of a map; null where nothing does.</summary>
    public virtual TableNode? Find(string name) => null;

    /// <summary>The place of a part of the text; the whole text's where it can't be told.</summary>
    public virtual SourceSpan PlaceOf(int start, int length) => Within(Span, Text?.Length ?? 0, start, length);

    /// <summary>Everything at a path. Lists are gone through, on the way and at its end.</summary>
    public IEnumerable<TableNode> At(TablePath path) => At(this, path, 0);

    private static IEnumerable<TableNode> At(TableNode node, TablePath path, int index) =>
        node.Items is { } items ? items.SelectMany(item => At(item, path, index))
        : index == path.Names.Length ? [node]
        : node.Find(path.Names[index]) is { } next ? At(next, path, index + 1) : [];

    // A text stands on its line as it is, with quotes around it or without.
    protected static SourceSpan Within(SourceSpan span, int whole, int start, int length)
    {
        var around = span.Line == span.EndLine ? span.EndColumn - span.Column - whole : -1;
        if (around is not (0 or 2))
            return span;
        var column = span.Column + (around / 2) + start;
        return span with { Column = column, EndColumn = column + length };
    }
}

/// <summary>One text with its place.</summary>
internal sealed class TableText(string text, SourceSpan span) : TableNode
{
    public override SourceSpan Span => span;

    public override string Text => text;
}

/// <summary>The cells of a row, by the names of their columns.</summary>
internal sealed class TableRow(SourceSpan span, FrozenDictionary<string, int> columns, Func<int, TableNode?> cell) : TableNode
{
    public override SourceSpan Span => span;

    public override bool IsMap => true;

    public override IEnumerable<string> Names => columns.Keys;

    public override TableNode? Find(string name) => columns.TryGetValue(name, out var index) ? cell(index) : null;
}
