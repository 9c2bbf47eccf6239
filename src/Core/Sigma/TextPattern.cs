using System.Globalization;
using System.Text;

namespace Merlon.Core.Sigma;

/// <summary>A text with wildcards, one sign for each character and wildcard, to tell whether it finds whatever another one finds.</summary>
internal sealed class TextPattern
{
    private const int Any = -1, One = -2, Placeholder = -3;

    // How many characters make a step of a search that counts comparisons of values.
    private const int CharactersPerStep = 16;

    private readonly int[] _signs;
    private readonly bool _isCased, _isBytes;

    private TextPattern(int[] signs, SigmaString text, string key) => (_signs, _isCased, _isBytes, Key) = (signs, text.IsCased, text.IsBytes, key);

    /// <summary>The same for texts that find the same.</summary>
    public string Key { get; }

    /// <summary><c>*</c>.</summary>
    public bool IsAnything => _signs is [Any];

    /// <param name="steps">Grows with the length.</param>
    public static TextPattern Of(SigmaString text, ref int steps)
    {
        List<int> signs = [];
        StringBuilder key = new(text.IsCased ? "cased " : "");
        key.Append(text.IsBytes ? "bytes " : "");
        foreach (var part in text.Parts)
            switch (part.Kind)
            {
                case StringPartKind.Text:
                    signs.AddRange(part.Text.Select(c => (int)c));
                    // With its length before it, a text can't run into the next part.
                    key.Append(CultureInfo.InvariantCulture, $"{part.Text.Length}\"").Append(text.IsCased ? part.Text : part.Text.ToUpperInvariant());
                    break;
                case StringPartKind.Any when signs is [.., Any]:
                    break;
                default:
                    signs.Add(part.Kind switch { StringPartKind.Any => Any, StringPartKind.One => One, _ => Placeholder });
                    key.Append(part.Kind switch { StringPartKind.Any => "*", StringPartKind.One => "?", _ => $"%{part.Text}%" });
                    break;
            }
        steps += signs.Count / CharactersPerStep;
        return new([.. signs], text, key.ToString());
    }

    /// <summary>Whether every text that the other one finds is found by this one too; false where that is not certain.</summary>
    public bool Covers(TextPattern narrow, ref int steps)
    {
        if (_isBytes != narrow._isBytes)
            return false;
        // Of the signs of the narrow one, '*' takes any: each '*' at its first place that lets the rest match.
        var (at, narrowAt, star, taken, count) = (0, 0, -1, 0, 0);
        while (narrowAt < narrow._signs.Length)
        {
            count++;
            if (at < _signs.Length && _signs[at] == Any)
                (star, taken) = (at++, narrowAt);
            else if (at < _signs.Length && Covers(_signs[at], narrow._signs[narrowAt], narrow._isCased))
                (at, narrowAt) = (at + 1, narrowAt + 1);
            else if (star >= 0)
                (at, narrowAt) = (star + 1, ++taken);
            else
                break;
        }
        steps += count / CharactersPerStep;
        return narrowAt == narrow._signs.Length && (at == _signs.Length || (at == _signs.Length - 1 && _signs[at] == Any));
    }

    private bool Covers(int sign, int narrow, bool isNarrowCased) => (sign, narrow) switch
    {
        // Half of a character is not one to every tool.
        (One, >= 0) => !char.IsSurrogate((char)narrow),
        (One, One) => true,
        ( < 0, _) or (_, < 0) => false,
        _ when _isCased && !isNarrowCased => sign == narrow && char.IsAscii((char)sign) && !char.IsAsciiLetter((char)sign),
        _ when _isCased => sign == narrow,
        _ => char.ToUpperInvariant((char)sign) == char.ToUpperInvariant((char)narrow),
    };
}
