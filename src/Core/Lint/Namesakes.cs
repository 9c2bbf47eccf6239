using Merlon.Core.Sigma;

namespace Merlon.Core.Lint;

/// <summary>Documents that share what each should have to itself.</summary>
internal static class Namesakes
{
    /// <summary>What stands in two or more documents, each time with the place of another one that has it.</summary>
    /// <param name="texts">One for each document. Those of a template (<c>action: global</c>) all stand at the same place.</param>
    /// <param name="key">What must differ.</param>
    /// <returns>No other place where all of them stand in one template.</returns>
    public static IEnumerable<(SigmaText Text, string? Other)> Find(IEnumerable<SigmaText> texts, Func<SigmaText, string> key)
    {
        foreach (var same in texts.GroupBy(key, StringComparer.Ordinal).Select(group => group.ToArray()).Where(group => group.Length > 1))
        {
            var first = same[0].Span;
            var second = same.FirstOrDefault(text => text.Span != first)?.Span;
            foreach (var text in same)
                yield return (text, (text.Span == first ? second : first) is { } other ? $"{other.Path}:{other.Line}" : null);
        }
    }

    /// <summary>The same for every way to write a UUID: in capitals, in braces, without hyphens, as a URN.</summary>
    public static string KeyOf(string id)
    {
        var digits = id.Replace("urn:", "", StringComparison.Ordinal).Replace("uuid:", "", StringComparison.Ordinal).Trim('{', '}').Replace("-", "", StringComparison.Ordinal);
        return (digits.Length == 32 && digits.All(char.IsAsciiHexDigit) ? digits : id).ToLowerInvariant();
    }
}
