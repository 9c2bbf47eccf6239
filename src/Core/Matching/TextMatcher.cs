using System.Text;
using Merlon.Core.Sigma;

namespace Merlon.Core.Matching;

/// <summary>A text with wildcards, the whole of which must be there. <c>*</c> is any characters, also ends of lines, <c>?</c> one code point.</summary>
internal sealed class TextMatcher : SingleValueMatcher
{
    // Comparisons of characters after which a value and a pattern that were made to stall are given up.
    private const int MaxSteps = 50_000_000;

    private readonly StringPart[] _parts;

    public TextMatcher(SigmaString text)
    {
        // Several stars beside each other are one.
        _parts = [.. text.Parts.Index().Where(part => part.Item.Kind != StringPartKind.Any || part.Index == 0 || text.Parts[part.Index - 1].Kind != StringPartKind.Any).Select(part => part.Item)];
        Comparison = text.IsCased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        (Form, Content) = _parts switch
        {
            [] => (TextForm.Whole, ""),
            [{ Kind: StringPartKind.Text, Text: var whole }] => (TextForm.Whole, whole),
            [{ Kind: StringPartKind.Any }] => (TextForm.Any, ""),
            [{ Kind: StringPartKind.Any }, { Kind: StringPartKind.Text, Text: var end }] => (TextForm.End, end),
            [{ Kind: StringPartKind.Text, Text: var start }, { Kind: StringPartKind.Any }] => (TextForm.Start, start),
            [{ Kind: StringPartKind.Any }, { Kind: StringPartKind.Text, Text: var part }, { Kind: StringPartKind.Any }] => (TextForm.Part, part),
            _ => (TextForm.Pattern, Written(_parts)),
        };
    }

    public StringComparison Comparison { get; }

    public TextForm Form { get; }

    /// <summary>The text without the wildcards around it; of a pattern, all of it.</summary>
    public string Content { get; }

    public override string Wanted => Form switch
    {
        TextForm.Any => "has any value",
        TextForm.Whole => $"is '{Content}'",
        TextForm.Start => $"starts with '{Content}'",
        TextForm.End => $"ends with '{Content}'",
        TextForm.Part => $"contains '{Content}'",
        _ => $"is like '{Content}'",
    };

    public override string? RequiredText => Form == TextForm.Pattern ? _parts.Where(part => part.Kind == StringPartKind.Text).MaxBy(part => part.Text.Length)?.Text : Content.Length > 0 ? Content : null;

    public override MatchOutcome Match(EventValue value) => Match(value.Text);

    public MatchOutcome Match(string text) => Form switch
    {
        TextForm.Any => MatchOutcome.Matched,
        TextForm.Whole => MatchOutcomes.Of(text.Equals(Content, Comparison)),
        TextForm.Start => MatchOutcomes.Of(text.StartsWith(Content, Comparison)),
        TextForm.End => MatchOutcomes.Of(text.EndsWith(Content, Comparison)),
        TextForm.Part => MatchOutcomes.Of(text.Contains(Content, Comparison)),
        _ => MatchPattern(text),
    };

    // Each '*' takes as little as lets the rest match: what lies behind the next '*' does not depend on it.
    private MatchOutcome MatchPattern(ReadOnlySpan<char> text)
    {
        var (part, at, star, taken, steps) = (0, 0, -1, 0, 0);
        while (true)
        {
            if (part < _parts.Length && _parts[part].Kind == StringPartKind.Any)
            {
                (star, taken) = (part++, at);
                if (part == _parts.Length)
                    return MatchOutcome.Matched;
                continue;
            }
            if (part == _parts.Length && at == text.Length)
                return MatchOutcome.Matched;
            if (part < _parts.Length && LengthOf(_parts[part], text[at..]) is >= 0 and var length)
            {
                (part, at, steps) = (part + 1, at + length, steps + length);
                continue;
            }
            if (star < 0 || taken >= text.Length)
                return MatchOutcome.NotMatched;
            if (++steps > MaxSteps)
                return MatchOutcome.NotEvaluated;
            taken += Rune.DecodeFromUtf16(text[taken..], out _, out var width) == System.Buffers.OperationStatus.Done ? width : 1;
            if (_parts[star + 1] is { Kind: StringPartKind.Text, Text: var next })
            {
                var found = text[taken..].IndexOf(next, Comparison);
                if (found < 0)
                    return MatchOutcome.NotMatched;
                taken += found;
            }
            (part, at) = (star + 1, taken);
        }
    }

    private int LengthOf(StringPart part, ReadOnlySpan<char> text)
    {
        if (part.Kind == StringPartKind.Text)
            return text.StartsWith(part.Text, Comparison) ? part.Text.Length : -1;
        if (text.IsEmpty)
            return -1;
        return Rune.DecodeFromUtf16(text, out _, out var width) == System.Buffers.OperationStatus.Done ? width : 1;
    }

    private static string Written(IEnumerable<StringPart> parts) => string.Concat(parts.Select(part => part.Kind switch
    {
        StringPartKind.Any => "*",
        StringPartKind.One => "?",
        _ => part.Text.Replace("*", "\\*", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal),
    }));
}

internal enum TextForm
{
    Any,
    Whole,
    Start,
    End,
    Part,
    /// <summary>With wildcards within.</summary>
    Pattern,
}
