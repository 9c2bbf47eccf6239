using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources;

/// <summary>
/// Finds what a text of another format than Sigma names of ATT&amp;CK: <c>T1003.001</c> in any case, alone or in a sentence, a URL
/// (<c>/techniques/T1003/001/</c>) or a pair (<c>TA0006:T1003</c>); an organisation's <c>ACME-T4000</c> where a release has that prefix; tactics by
/// id, short name, name or in PascalCase.
/// </summary>
/// <param name="releases">Those that decide which tactics and prefixes there are.</param>
internal sealed class AttackTokens(ImmutableArray<AttackRelease> releases)
{
    /// <summary>Of a field that is there for ATT&amp;CK: what it holds besides is malformed, or an unknown tactic.</summary>
    /// <param name="span">Of the text. Where it stands there as it is, or in quotes, each token gets its own place.</param>
    public ImmutableArray<AttackTag> Read(string text, SourceSpan span)
    {
        var found = Find(text, span, isLoose: false);
        return !found.IsEmpty || string.IsNullOrWhiteSpace(text) ? found : [OfWord(text.Trim(), span)];
    }

    /// <summary>Of a text about anything: whole ids of techniques, and nothing else.</summary>
    public ImmutableArray<AttackTag> ReadLoosely(string text, SourceSpan span) => Find(text, span, isLoose: true);

    /// <summary>One tactic in any of its forms.</summary>
    public AttackTag OfWord(string text, SourceSpan span)
    {
        foreach (var release in releases)
            foreach (var tactic in release.Tactics)
                if (tactic.Id.Equals(text, StringComparison.OrdinalIgnoreCase) || Letters(tactic.ShortName) == Letters(text) || Letters(tactic.Name) == Letters(text))
                    return new(text, span, AttackTagKind.Tactic, tactic.ShortName, default);
        return IsTacticId(text) ? new(text, span, AttackTagKind.Tactic, text.ToUpperInvariant(), default)
            : AttackTag.Parse(Hyphenated(text), span) with { Text = text };
    }

    private ImmutableArray<AttackTag> Find(string text, SourceSpan span, bool isLoose)
    {
        ImmutableArray<AttackTag>.Builder? found = null;
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
                end++;
            if (end == start)
                start++;
            else
            {
                if (Token(text, ref start, ref end, span, isLoose) is { } tag && !(found is not null && found.Any(other => other.Kind == tag.Kind && other.Name == tag.Name)))
                    (found ??= ImmutableArray.CreateBuilder<AttackTag>()).Add(tag);
                start = end;
            }
        }
        return found?.ToImmutable() ?? [];
    }

    // A run of letters and digits, with the sub-technique behind it and the prefix before it.
    private AttackTag? Token(string text, ref int start, ref int end, SourceSpan span, bool isLoose)
    {
        var word = text.AsSpan(start, end - start);
        if (word[0] is not ('T' or 't') || !IsNumber(word[1..]))
            return isLoose ? null : word switch
            {
                ['T' or 't', 'A' or 'a', .. var number] when IsNumber(number) => number.Length == 4
                    ? OfWord(word.ToString(), Place(span, text, start, end)) : Malformed(word.ToString(), Place(span, text, start, end)),
                ['G' or 'g' or 'S' or 's' or 'C' or 'c', .. { Length: 4 } number] when IsNumber(number) => AttackTag.Parse(word.ToString(), Place(span, text, start, end)),
                _ => null,
            };
        end = EndOfSub(text, end);
        var from = PrefixBefore(text, start) is { } prefix ? start - prefix.Length : start;
        var written = text[from..end];
        var place = Place(span, text, from, end);
        return TechniqueId.TryParse(written.Replace('/', '.'), out var id) ? new(written, place, AttackTagKind.Technique, id.ToString(), id)
            : isLoose ? null : Malformed(written, place);
    }

    private static AttackTag Malformed(string text, SourceSpan span) => new(text, span, AttackTagKind.Malformed, text, default);

    // Three digits behind a slash, as in MITRE's URLs; any behind a dot.
    private static int EndOfSub(string text, int end)
    {
        if (end >= text.Length || text[end] is not ('.' or '/'))
            return end;
        var last = end + 1;
        while (last < text.Length && char.IsAsciiDigit(text[last]))
            last++;
        var isWord = last < text.Length && char.IsAsciiLetter(text[last]);
        return isWord || last == end + 1 || (text[end] == '/' && last != end + 4) ? end : last;
    }

    private string? PrefixBefore(string text, int start)
    {
        foreach (var release in releases)
            foreach (var prefix in release.Prefixes)
                if (text.AsSpan(0, start).EndsWith(prefix, StringComparison.OrdinalIgnoreCase) && (start == prefix.Length || !char.IsAsciiLetterOrDigit(text[start - prefix.Length - 1])))
                    return prefix;
        return null;
    }

    private static SourceSpan Place(SourceSpan span, string text, int start, int end)
    {
        var around = span.Line == span.EndLine ? span.EndColumn - span.Column - text.Length : -1;
        if (around is not (0 or 2))
            return span;
        var column = span.Column + (around / 2);
        return span with { Column = column + start, EndColumn = column + end };
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsTacticId(string text) => text is ['T' or 't', 'A' or 'a', .. { Length: 4 } number] && IsNumber(number);

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetter)).ToLowerInvariant();

    // CredentialAccess as Sigma would write it.
    private static string Hyphenated(string text)
    {
        StringBuilder words = new(text.Length + 4);
        for (var index = 0; index < text.Length; index++)
        {
            if (index > 0 && char.IsAsciiLetterUpper(text[index]) && char.IsAsciiLetterLower(text[index - 1]))
                words.Append('-');
            words.Append(text[index]);
        }
        return words.ToString();
    }
}
