using System.Collections.Immutable;
using System.Text;

namespace Merlon.Core.Sigma;

internal enum StringPartKind
{
    Text,
    /// <summary><c>*</c>: any characters, or none.</summary>
    Any,
    /// <summary><c>?</c>: one character.</summary>
    One,
    /// <summary><c>%name%</c>, with the modifier <c>expand</c> only.</summary>
    Placeholder,
}

/// <summary>A part of a text. No struct: for lists of those the runtime would compile all methods anew.</summary>
/// <param name="Text">The text, or the placeholder's name; empty for a wildcard.</param>
internal sealed record StringPart(StringPartKind Kind, string Text);

/// <summary>A text with wildcards, compared without regard to case unless it is cased.</summary>
/// <param name="Parts">Never two texts beside each other; none for the empty text.</param>
internal sealed record SigmaString(ImmutableArray<StringPart> Parts) : SigmaValue
{
    public static StringPart Any { get; } = new(StringPartKind.Any, "");

    public bool IsCased { get; init; }

    /// <summary>Whether each character stands for a byte, as after <c>wide</c>, so that nothing is lost when it goes on into base64.</summary>
    public bool IsBytes { get; init; }

    /// <summary>Whether it is text alone.</summary>
    public bool IsPlain => Parts.All(part => part.Kind == StringPartKind.Text);

    /// <summary>The text of a plain one.</summary>
    public string PlainText => string.Concat(Parts.Select(part => part.Text));

    /// <summary>
    /// Reads the escapes of Sigma 2.1, section "Wildcards": a backslash makes '*', '?' and another backslash literal, and stands for itself
    /// before anything else.
    /// </summary>
    public static SigmaString Parse(string written)
    {
        if (written.AsSpan().IndexOfAny('\\', '*', '?') < 0)
            return OfText(written);
        var parts = ImmutableArray.CreateBuilder<StringPart>();
        StringBuilder text = new();
        void EndText()
        {
            if (text.Length > 0)
                parts.Add(new(StringPartKind.Text, text.ToString()));
            text.Clear();
        }
        for (var i = 0; i < written.Length; i++)
            switch (written[i])
            {
                case '\\' when i + 1 < written.Length && written[i + 1] is '\\' or '*' or '?':
                    text.Append(written[++i]);
                    break;
                case '*' or '?':
                    EndText();
                    parts.Add(new(written[i] == '*' ? StringPartKind.Any : StringPartKind.One, ""));
                    break;
                case var c:
                    text.Append(c);
                    break;
            }
        EndText();
        return new(parts.DrainToImmutable());
    }

    public static SigmaString OfText(string text) => new(text.Length == 0 ? [] : [new(StringPartKind.Text, text)]);

    /// <summary>With a wildcard for any characters at one or both ends, where there is none yet.</summary>
    public SigmaString Open(bool atStart, bool atEnd) => this with
    {
        Parts = [.. atStart && Parts is not [{ Kind: StringPartKind.Any }, ..] ? [Any] : (ImmutableArray<StringPart>)[], .. Parts, .. atEnd && Parts is not [.., { Kind: StringPartKind.Any }] ? [Any] : (ImmutableArray<StringPart>)[]],
    };

    /// <summary>With <c>%name%</c> read as placeholders; <c>\%</c> is a percent sign.</summary>
    public SigmaString WithPlaceholders() => this with { Parts = [.. Parts.SelectMany(part => part.Kind == StringPartKind.Text ? Split(part.Text) : [part])] };

    private static IEnumerable<StringPart> Split(string text)
    {
        StringBuilder before = new();
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '%')
                before.Append(text[++i]);
            else if (text[i] == '%' && NameLength(text.AsSpan(i + 1)) is > 0 and var length)
            {
                if (before.Length > 0)
                    yield return new(StringPartKind.Text, before.ToString());
                before.Clear();
                yield return new(StringPartKind.Placeholder, text.Substring(i + 1, length));
                i += length + 1;
            }
            else
                before.Append(text[i]);
        if (before.Length > 0)
            yield return new(StringPartKind.Text, before.ToString());
    }

    // How long the name before the next percent sign is; 0 when there is none.
    private static int NameLength(ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] is '_' or '-'))
            length++;
        return length < rest.Length && rest[length] == '%' ? length : 0;
    }
}
