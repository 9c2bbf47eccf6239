using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint;

/// <summary>Makes fixes that change one text, or one line. Null where the text is not written in a way that allows it: then it takes a person.</summary>
internal static class TextFix
{
    public static Fix? Replace(YamlScalar scalar, string newValue, bool isSafe) =>
        scalar.EditTo(newValue) is { } edit ? new($"Write '{newValue}'", isSafe, edit) : null;

    /// <summary>Takes an item out of a list. The last item stays.</summary>
    public static Fix? RemoveItem(YamlSequence list, int index, bool isSafe) =>
        list.EditWithout(index) is { } edit ? new($"Remove '{((YamlScalar)list.Items[index]).Value}'", isSafe, edit) : null; // what can be taken out is a scalar

    /// <summary>Writes items in the place of one; takes it out where there are none.</summary>
    public static Fix? ReplaceItem(YamlSequence list, int index, ImmutableArray<string> values, bool isSafe) =>
        values.IsEmpty ? RemoveItem(list, index, isSafe)
        : list.EditTo(index, values) is { } edit ? new($"Write {string.Join(" and ", values.Select(value => $"'{value}'"))}", isSafe, edit) : null;

    /// <summary>Writes a new item above another one of a block list.</summary>
    public static Fix? InsertItem(YamlSequence list, int index, string value, bool isSafe) =>
        list.LineOf(index) is { } line
            ? new($"Add '{value}'", isSafe, new Edit(line with { EndLine = line.Line }, $"{new string(' ', list.Span.Column - 1)}- {value}\n"))
            : null;

    /// <summary>Takes a key of the outermost map out with its line.</summary>
    public static Fix? RemoveEntry(YamlEntry entry, bool isSafe) =>
        entry is { Key.Span: { Column: 1 } key, Value: YamlScalar { Span: var value } } && value.Line == key.Line && value.EndLine == key.Line
            ? new($"Remove '{entry.Key.Value}'", isSafe, new Edit(key with { EndLine = key.Line + 1, EndColumn = 1 }, ""))
            : null;
}
