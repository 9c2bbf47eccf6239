using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint;

/// <summary>Makes fixes that change one text, or one line. Null where the text is not written in a way that allows it: then it takes a person.</summary>
internal static class TextFix
{
    public static Fix? Replace(YamlScalar scalar, string newValue, bool isSafe) =>
        scalar.EditTo(newValue) is { } edit ? new($"Write '{newValue}'", isSafe, edit) : null;

    /// <summary>Takes an item out of a block list with its line. The last item stays: a list without items would be null.</summary>
    public static Fix? RemoveItem(YamlSequence list, int index, bool isSafe) =>
        list.Items.Length > 1 && LineOf(list, index) is { } line ? new($"Remove '{((YamlScalar)list.Items[index]).Value}'", isSafe, new Edit(line, "")) : null; // a line is of a scalar

    /// <summary>Writes a new item above another one of a block list.</summary>
    public static Fix? InsertItem(YamlSequence list, int index, string value, bool isSafe) =>
        LineOf(list, index) is { } line
            ? new($"Add '{value}'", isSafe, new Edit(line with { EndLine = line.Line }, $"{new string(' ', list.Span.Column - 1)}- {value}\n"))
            : null;

    /// <summary>Takes a key of the outermost map out with its line.</summary>
    public static Fix? RemoveEntry(YamlEntry entry, bool isSafe) =>
        entry is { Key.Span: { Column: 1 } key, Value: YamlScalar { Span: var value } } && value.Line == key.Line && value.EndLine == key.Line
            ? new($"Remove '{entry.Key.Value}'", isSafe, new Edit(key with { EndLine = key.Line + 1, EndColumn = 1 }, ""))
            : null;

    // The line of an item that has it for itself. Anything else before the item than its dash, such as an anchor, may be meant for other places.
    private static SourceSpan? LineOf(YamlSequence list, int index) =>
        !list.IsFlow && list.Items[index] is YamlScalar { Span: var span } && span.Line == span.EndLine && span.Line >= list.Span.Line && span.Column == list.Span.Column + 2
            ? span with { Column = 1, EndLine = span.Line + 1, EndColumn = 1 }
            : null;
}
