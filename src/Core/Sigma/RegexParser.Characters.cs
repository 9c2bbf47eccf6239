namespace Merlon.Core.Sigma;

// Escapes and sets of characters.
internal sealed partial class RegexParser
{
    // Letters that mean nothing after a backslash, neither in PCRE2 nor in Python. All others mean something in one of them.
    private const string UnknownEscapes = "FILMOTYJijlmqy";

    private RegexNode? Escape()
    {
        var start = _at++;
        if (_at == _text.Length)
            return Fail(start, 1, "the expression ends with a backslash; write '\\\\' for one that is meant");
        var c = _text[_at];
        if (c is >= '1' and <= '9')
            return Reference(start);
        _at++;
        switch (c)
        {
            case 'A':
                Construct(start, "the anchor '\\A'");
                return new RegexAssertion(RegexPlace.Start);
            case 'Z' or 'z':
                Construct(start, $"the anchor '\\{c}'");
                return new RegexAssertion(RegexPlace.End);
            case 'b' or 'B' or 'G' or 'K':
                Construct(start, c is 'b' or 'B' ? "a word boundary" : $"the anchor '\\{c}'");
                return new RegexAssertion(RegexPlace.Other);
            case 'p' or 'P':
                SkipBraced('{', '}');
                Construct(start, "a Unicode property");
                return new RegexOpaque();
            case 'k' or 'g':
                var name = _at + 1;
                if ((SkipBraced('{', '}') || SkipBraced('<', '>') || SkipBraced('\'', '\'')) && c == 'k')
                    _namedReferences.Add((name, _at - 1 - name));
                Construct(start, "a back reference");
                return new RegexOpaque();
            case 'X' or 'R':
                Construct(start, $"the escape '\\{c}'");
                return new RegexOpaque();
            case 'Q':
                return Quoted(start);
            case 'E':
                return null;
        }
        _at = start;
        var (set, value) = EscapedCharacter();
        return value is null ? new RegexCharacter(set) : Character(set);
    }

    private RegexOpaque Reference(int start)
    {
        var number = Number(ref _at) ?? 0;
        // From 10 on it may be the number of a character.
        if (number < 10)
            _references.Add((number, start, _at - start));
        Construct(start, "a back reference");
        return new();
    }

    private RegexSequence Quoted(int start)
    {
        var end = _text.IndexOf("\\E", _at, StringComparison.Ordinal);
        var quoted = _text[_at..(end < 0 ? _text.Length : end)];
        _at = end < 0 ? _text.Length : end + 2;
        Construct(start, "a quotation '\\Q'");
        return new([.. quoted.Select(c => Character(AsciiSet.Of(c)))]);
    }

    private bool SkipBraced(char open, char close)
    {
        if (Ahead() != open || _text.IndexOf(close, _at + 1) is not (>= 0 and var end))
            return false;
        _at = end + 1;
        return true;
    }

    // An escape that stands for one character: which it may be, and its value where that is only one.
    private (AsciiSet Set, int? Value) EscapedCharacter()
    {
        var start = _at++;
        if (_at == _text.Length)
        {
            Fail(start, 1, "the expression ends with a backslash; write '\\\\' for one that is meant");
            return default;
        }
        var c = CodePoint();
        if (c < 128 && UnknownEscapes.Contains((char)c))
        {
            Fail(start, 2, $"'\\{(char)c}' is not an escape; write '\\\\{(char)c}' for a backslash or drop it");
            return default;
        }
        var value = c switch
        {
            'a' => '\a',
            'e' => '\u001B',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'c' => Control(start),
            'x' => Hexadecimal(start, 0, 2),
            'u' => Hexadecimal(start, 4, 4),
            'U' => Hexadecimal(start, 8, 8),
            'o' => Octal(start),
            >= '0' and <= '7' => Digits(c - '0', 8, 2),
            _ => c,
        };
        return c switch
        {
            'd' => (AsciiSet.Digits, null),
            'D' => (~AsciiSet.Digits, null),
            'w' => (AsciiSet.Word, null),
            'W' => (~AsciiSet.Word, null),
            's' => (AsciiSet.Space, null),
            'S' => (~AsciiSet.Space, null),
            'h' => (AsciiSet.Of(' ') | AsciiSet.Of('\t'), null),
            'H' => (~(AsciiSet.Of(' ') | AsciiSet.Of('\t')), null),
            'v' => (AsciiSet.Range('\n', '\r'), null),
            'V' => (~AsciiSet.Range('\n', '\r'), null),
            'C' => (AsciiSet.Any, null),
            // A character by its name, which is beyond ASCII as a rule; else all but a line break.
            'N' => (SkipBraced('{', '}') ? default : ~AsciiSet.Of('\n'), null),
            // Within a class only: what has no value there.
            'p' or 'P' => (SkipBraced('{', '}') ? default(AsciiSet) : default, null),
            _ => (AsciiSet.Of(value), value),
        };
    }

    private int Control(int start)
    {
        if (_at < _text.Length)
            return char.ToUpperInvariant(_text[_at++]) ^ 64;
        Fail(start, 2, "'\\c' lacks its letter; write '\\cA' for Ctrl+A");
        return 0;
    }

    private int Hexadecimal(int start, int least, int most)
    {
        if (least < 4 && Ahead() == '{' && _text.IndexOf('}', _at) is >= 0 and var end)
        {
            _at++;
            var braced = Digits(0, 16, 8);
            _at = end + 1;
            return braced;
        }
        var before = _at;
        var value = Digits(0, 16, most);
        if (_at - before < least)
            Fail(start, _at - start, $"'{_text[start.._at]}' lacks digits; write {least} of them");
        return value;
    }

    private int Octal(int start)
    {
        if (!Take('{') || _text.IndexOf('}', _at) is not (>= 0 and var end))
        {
            Fail(start, 2, "'\\o' lacks its digits; write '\\o{101}'");
            return 0;
        }
        var value = Digits(0, 8, 8);
        _at = end + 1;
        return value;
    }

    private int Digits(int value, int radix, int most)
    {
        for (; most > 0 && _at < _text.Length && char.IsAsciiHexDigit(_text[_at]) && Convert.ToInt32(_text[_at].ToString(), 16) is var digit && digit < radix; most--, _at++)
            value = unchecked((value * radix) + digit) & 0x1FFFFFFF;
        return value;
    }

    private int CodePoint()
    {
        var isPair = char.IsHighSurrogate(_text[_at]) && char.IsLowSurrogate(Ahead(1));
        var value = isPair ? char.ConvertToUtf32(_text[_at], _text[_at + 1]) : _text[_at];
        _at += isPair ? 2 : 1;
        return value;
    }

    private RegexNode? Class()
    {
        var start = _at++;
        var isNegated = Take('^');
        AsciiSet set = default;
        for (var isFirst = true; ; isFirst = false)
        {
            if (_at >= _text.Length)
                return _error is null ? Fail(start, 1, "'[' opens a set of characters that nothing closes; write ']' or escape it as '\\['") : null;
            if (!isFirst && Take(']'))
                break;
            var first = _at;
            var (item, low) = ClassItem();
            // A '-' before the end of the class is a character.
            if (low is not null && Ahead() == '-' && _at + 1 < _text.Length && Ahead(1) != ']')
            {
                _at++;
                var (other, high) = ClassItem();
                if (high < low)
                    return Fail(first, _at - first, $"'{_text[first.._at]}' is a range that runs backwards; swap its ends");
                item |= high is null ? other | AsciiSet.Of('-') : AsciiSet.Range(low.Value, high.Value);
            }
            set |= item;
        }
        if (_ignoresCase)
            set = set.InBothCases();
        return new RegexCharacter(isNegated ? ~set : set);
    }

    private (AsciiSet Set, int? Value) ClassItem()
    {
        if (_text[_at] == '\\')
            return EscapedCharacter();
        if (Posix() is { } set)
            return (set, null);
        var c = CodePoint();
        return (AsciiSet.Of(c), c);
    }

    // [:alpha:] within a class.
    private AsciiSet? Posix()
    {
        if (!IsAhead("[:") || _text.IndexOf(":]", _at + 2, StringComparison.Ordinal) is not (>= 0 and var end))
            return null;
        var name = _text[(_at + 2)..end];
        var isNegated = name.StartsWith('^');
        AsciiSet? set = (isNegated ? name[1..] : name) switch
        {
            "alpha" => AsciiSet.Word & ~AsciiSet.Digits & ~AsciiSet.Of('_'),
            "digit" => AsciiSet.Digits,
            "alnum" => AsciiSet.Word & ~AsciiSet.Of('_'),
            "upper" => AsciiSet.Range('A', 'Z'),
            "lower" => AsciiSet.Range('a', 'z'),
            "space" => AsciiSet.Space,
            "blank" => AsciiSet.Of(' ') | AsciiSet.Of('\t'),
            "punct" => AsciiSet.Range('!', '~') & ~(AsciiSet.Word & ~AsciiSet.Of('_')),
            "print" => AsciiSet.Range(' ', '~'),
            "graph" => AsciiSet.Range('!', '~'),
            "cntrl" => AsciiSet.Range('\0', '\u001F') | AsciiSet.Of('\u007F'),
            "xdigit" => AsciiSet.Digits | AsciiSet.Range('a', 'f') | AsciiSet.Range('A', 'F'),
            "word" => AsciiSet.Word,
            "ascii" => AsciiSet.Any,
            _ => null,
        };
        if (set is null)
            return null;
        var start = _at;
        _at = end + 2;
        Construct(start, "a POSIX class");
        return isNegated ? ~set : set;
    }
}
