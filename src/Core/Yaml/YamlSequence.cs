using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Yaml;

/// <summary>A list.</summary>
/// <param name="isFlow">Whether it is written in brackets.</param>
internal sealed class YamlSequence(SourceSpan span, ImmutableArray<YamlNode> items, bool isFlow = false) : YamlNode(span)
{
    public ImmutableArray<YamlNode> Items { get; } = items;

    public bool IsFlow { get; } = isFlow;

    /// <summary>Whether it has an anchor or comes through an alias: other places mean it too, so that it is not to be changed for one of them.</summary>
    public bool IsShared { get; init; }

    public override string Kind => "a list";

    public override YamlNode MovedTo(SourceSpan span) => new YamlSequence(span, Items, IsFlow) { IsShared = true };

    /// <summary>What takes an item out, and nothing else but its own line. Null where it is the last one, as a list without items would be null, or is not written in a way that allows it.</summary>
    public Edit? EditWithout(int index) =>
        Items.Length > 1 && !IsShared && (IsFlow ? FlowPartOf(index) : LineOf(index)) is { } part ? new(part, "") : null;

    /// <summary>What writes several values in an item's place, quoted as it is. Null where the item is not written in a way that allows it.</summary>
    /// <param name="values">At least one.</param>
    public Edit? EditTo(int index, ImmutableArray<string> values)
    {
        if (IsShared || Items[index] is not YamlScalar scalar || scalar.EditTo(values[0]) is not { } single || values.Any(value => scalar.EditTo(value) is null))
            return null;
        if (values.Length == 1)
            return single;
        if (!IsFlow && LineOf(index) is null)
            return null;
        var between = IsFlow ? ", " : $"\n{new string(' ', Span.Column - 1)}- ";
        return new(scalar.Span, string.Join(between, values.Select(value => $"{scalar.Quote}{value}{scalar.Quote}")));
    }

    /// <summary>
    /// The line of an item of a block list that has it for itself. Anything else before the item than its dash, such as an anchor, may be meant
    /// for other places.
    /// </summary>
    public SourceSpan? LineOf(int index) =>
        !IsFlow && !IsShared && Items[index] is YamlScalar { Span: var item } && item.Line == item.EndLine && item.Column == Span.Column + 2
            ? item with { Column = 1, EndLine = item.Line + 1, EndColumn = 1 }
            : null;

    // An item in brackets with one of the commas beside it. No comment can stand between two items of one line.
    private SourceSpan? FlowPartOf(int index)
    {
        if (Items[index] is not YamlScalar { IsAsWritten: true, Span: var item })
            return null;
        if (index > 0 && Items[index - 1].Span is var before && before.EndLine == item.Line)
            return item with { Line = before.EndLine, Column = before.EndColumn };
        if (index == 0 && Items[1] is YamlScalar { IsAsWritten: true, Span: var after } && after.Line == item.EndLine)
            return item with { EndLine = after.Line, EndColumn = after.Column };
        var isFirstOnLine = (index == 0 ? Span.Line : Items[index - 1].Span.EndLine) < item.Line;
        var isLastOnLine = (index == Items.Length - 1 ? Span.EndLine : Items[index + 1].Span.Line) > item.EndLine;
        return isFirstOnLine && isLastOnLine ? item with { Column = 1, EndLine = item.EndLine + 1, EndColumn = 1 } : null;
    }
}
