using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Tables;

/// <summary>Where records have one property of a rule, and how it is written there.</summary>
/// <param name="Key">In the map.</param>
/// <param name="Span">Of what is written there.</param>
/// <param name="Parts">At least one; what each of them finds is put together.</param>
internal sealed record TableColumn(string Key, SourceSpan Span, ImmutableArray<TablePart> Parts);

/// <summary>One place of a property.</summary>
/// <param name="Paths">None where the whole record is searched, as the text of one is.</param>
/// <param name="Match">What of a value counts: its group <c>id</c>, else its first group, else all of it. Null for the whole value. Of linear time.</param>
/// <param name="Words">Merlon's words by the record's, in any case of letters; null where the record's are taken.</param>
internal sealed record TablePart(ImmutableArray<TablePath> Paths, Regex? Match, FrozenDictionary<string, string>? Words)
{
    /// <summary>The parts of a text that count, with their places.</summary>
    public IEnumerable<TableText> Of(TableNode node)
    {
        if (node.Text is not { } text)
            yield break;
        if (Match is null)
        {
            yield return new(text, node.Span);
            yield break;
        }
        foreach (Match match in Match.Matches(text))
            if ((match.Groups["id"] is { Success: true } id ? id : match.Groups.Count > 1 ? match.Groups[1] : match) is { Success: true, Length: > 0 } part)
                yield return new(part.Value, node.PlaceOf(part.Index, part.Length));
    }
}

/// <summary>What a record must have.</summary>
/// <param name="Pattern">What must be found in it; null for a list of words.</param>
/// <param name="Words">Any of them, in any case of letters.</param>
internal sealed record TableCondition(TablePath Path, Regex? Pattern, ImmutableArray<string> Words)
{
    public bool Holds(string text) => Pattern?.IsMatch(text) ?? Words.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);
}
