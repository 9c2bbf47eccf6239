using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint;

/// <summary>Makes fixes of a field's key or of its values. Null where the file is not written in a way that allows it: then it takes a person.</summary>
internal static class ItemFix
{
    public static Fix? RemoveModifier(DetectionItem item, ModifierUse use) =>
        item.Key is { IsAsWritten: true } ? new($"Remove '{use.Text}'", IsSafe: true, new Edit(use.Span with { Column = use.Span.Column - 1 }, "")) : null;

    public static Fix? AppendModifier(DetectionItem item, ModifierUse after, string word) =>
        item.Key is { IsAsWritten: true } ? new($"Add '{word}'", IsSafe: false, new Edit(after.Span with { Column = after.Span.EndColumn }, $"|{word}")) : null;

    /// <summary>Takes a value out of a block list with its line, where what the others match is the same as before.</summary>
    public static Fix? RemoveValue(DetectionItem item, int index)
    {
        var (value, list) = (item.Written[index], item.List);
        // Anything else than the dash before the value, such as an anchor, may be meant for other places.
        if (list is not { IsFlow: false, Items.Length: > 1 } || value.Span.Line != value.Span.EndLine || value.Span.Line < list.Span.Line || value.Span.Column != list.Span.Column + 2)
            return null;
        return new($"Remove '{value.Value}'", IsSafe: true, new Edit(value.Span with { Column = 1, EndLine = value.Span.Line + 1, EndColumn = 1 }, ""));
    }
}
