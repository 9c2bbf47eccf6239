using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Tables;

/// <summary>
/// Where a record has a value: names with dots between them, <c>["name"]</c> for a name with a dot in it; lists on the way are gone through, and
/// <c>[]</c> may say so. A <c>?</c> at its end says that no record need have it.
/// </summary>
/// <param name="Text">As written.</param>
/// <param name="Span">In the map.</param>
/// <param name="Names">At least one; a column has just one.</param>
internal sealed record TablePath(string Text, SourceSpan Span, ImmutableArray<string> Names, bool IsOptional)
{
    /// <summary>The name of a column, which may have dots and brackets in it.</summary>
    public static TablePath OfColumn(string text, SourceSpan span)
    {
        var isOptional = text.EndsWith('?');
        var name = isOptional ? text[..^1] : text;
        return new(text, span, [name is ['[', '"', .. { Length: > 0 } quoted, '"', ']'] ? quoted : name], isOptional);
    }

    /// <returns>Null for what is no path; then <paramref name="why"/> says why, and <paramref name="at"/> where, 0-based.</returns>
    public static TablePath? TryParse(string text, SourceSpan span, out string why, out int at)
    {
        (why, at) = ("", 0);
        var names = ImmutableArray.CreateBuilder<string>();
        var isOptional = text.EndsWith('?');
        var end = isOptional ? text.Length - 1 : text.Length;
        while (at < end)
            if (text[at..end].StartsWith("[]", StringComparison.Ordinal) && names.Count > 0)
                at += 2;
            else if (text[at] == '[')
            {
                if (Quoted(text[..end], at) is not var (name, length))
                {
                    why = "a bracket holds nothing, for a list, or a name in double quotes";
                    return null;
                }
                names.Add(name);
                at += length;
            }
            else
            {
                at += names.Count > 0 && text[at] == '.' ? 1 : 0;
                var length = text.AsSpan(at, end - at).IndexOfAny('.', '[', ']') is >= 0 and var stop ? stop : end - at;
                if (length == 0 || (names.Count > 0 && text[at - 1] != '.'))
                {
                    why = "a name is missing, or the dot before one";
                    return null;
                }
                names.Add(text.Substring(at, length));
                at += length;
            }
        if (names.Count > 0)
            return new(text, span, names.ToImmutable(), isOptional);
        why = "it has no name";
        return null;
    }

    // ["a \"b\""], with the length of all of it.
    private static (string Name, int Length)? Quoted(string text, int start)
    {
        if (start + 1 >= text.Length || text[start + 1] != '"')
            return null;
        StringBuilder name = new();
        for (var at = start + 2; at < text.Length; at++)
            if (text[at] == '"')
                return name.Length > 0 && at + 1 < text.Length && text[at + 1] == ']' ? (name.ToString(), at + 2 - start) : null;
            else
            {
                at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
                name.Append(text[at]);
            }
        return null;
    }
}
