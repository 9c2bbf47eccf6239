using System.Globalization;
using System.Text;

namespace Merlon.Core.Matching;

/// <summary>Writes an expression of PCRE as the framework's engine reads it, where both have the same thing in another form.</summary>
internal sealed class RegexTranslation
{
    private readonly string _text;
    private readonly StringBuilder _result = new();
    private int _at;
    private string? _defect;

    private RegexTranslation(string text) => _text = text;

    /// <param name="pattern">A valid one.</param>
    /// <returns>The expression, or what it has that the engine has not.</returns>
    public static (string? Pattern, string? Defect) Of(string pattern)
    {
        RegexTranslation translation = new(pattern);
        translation.Write();
        return translation._defect is null ? (translation._result.ToString(), null) : (null, translation._defect);
    }

    private bool Take(string text)
    {
        if (!_text.AsSpan(_at).StartsWith(text))
            return false;
        _at += text.Length;
        return true;
    }

    private void Write()
    {
        while (_at < _text.Length && _defect is null)
            if (Take("\\"))
                WriteEscape(isInClass: false);
            else if (Take("["))
                WriteClass();
            else if (Take("(?P<"))
                _result.Append("(?<");
            else if (Take("(?P="))
            {
                var end = _text.IndexOf(')', _at);
                _result.Append(CultureInfo.InvariantCulture, $@"\k<{_text[_at..end]}>");
                _at = end + 1;
            }
            else if (Take("(*"))
                _defect = "a control verb";
            else if (Take("(?|"))
                _defect = "a group that numbers its alternatives alike";
            else if (Take("{,"))
                _result.Append(_text.AsSpan(_at).IndexOf('}') is > 0 and var length && !_text.AsSpan(_at, length).ContainsAnyExceptInRange('0', '9') ? "{0," : "{,");
            else
                WriteOther();
    }

    private void WriteOther()
    {
        var c = _text[_at++];
        _result.Append(c);
        if (c == '(' && _at + 1 < _text.Length && _text[_at] == '?' && (_text[_at + 1] is 'P' or 'R' or '&' or '+' or 'C' or (>= '0' and <= '9') or 'U' or 'J' or 'a' or 'u' or 'L' or '^'))
            _defect = $"a group '(?{_text[_at + 1]}'";
        else if (c is '*' or '+' or '?' or '}' && _at < _text.Length && _text[_at] == '+' && IsQuantifier(c))
            _defect = "a possessive quantifier";
    }

    // A brace that is a character may be repeated.
    private bool IsQuantifier(char c) => c != '}' || (_text.LastIndexOf('{', _at - 1) is >= 0 and var open && _text[(open + 1)..(_at - 1)].All(sign => char.IsAsciiDigit(sign) || sign == ','));

    private void WriteEscape(bool isInClass)
    {
        if (_at == _text.Length)
            return;
        var c = _text[_at++];
        switch (c)
        {
            case 'h':
                _result.Append(isInClass ? @"\t\p{Zs}" : @"[\t\p{Zs}]");
                break;
            case 'H' when !isInClass:
                _result.Append(@"[^\t\p{Zs}]");
                break;
            case 'v':
                _result.Append(isInClass ? @"\n-\r\x85\u2028\u2029" : @"[\n-\r\x85\u2028\u2029]");
                break;
            case 'V' when !isInClass:
                _result.Append(@"[^\n-\r\x85\u2028\u2029]");
                break;
            case 'R' when !isInClass:
                _result.Append(@"(?:\r\n|[\n-\r\x85\u2028\u2029])");
                break;
            case 'N' when !isInClass:
                _result.Append(@"[^\n]");
                break;
            case 'x' when Take("{"):
                var end = _text.IndexOf('}', _at);
                if (end > _at && int.TryParse(_text.AsSpan(_at, end - _at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code <= char.MaxValue)
                    _result.Append(CultureInfo.InvariantCulture, $@"\u{code:x4}");
                else
                    _defect = "a character beyond UTF-16's basic plane";
                _at = end + 1;
                break;
            case 'Q':
                var close = _text.IndexOf(@"\E", _at, StringComparison.Ordinal);
                foreach (var quoted in _text.AsSpan(_at, (close < 0 ? _text.Length : close) - _at))
                    WriteLiteral(quoted);
                _at = close < 0 ? _text.Length : close + 2;
                break;
            case 'E':
                break;
            case 'H' or 'V' or 'R' or 'N' or 'K' or 'G' or 'X' or 'C' or 'g' or 'o' or 'U' or 'y' or 'Y' or 'L' or 'l':
                _defect = $"the escape '\\{c}'";
                break;
            default:
                if (char.IsAsciiLetterOrDigit(c))
                    _result.Append('\\').Append(c);
                else
                    WriteLiteral(c);
                break;
        }
    }

    private void WriteLiteral(char c)
    {
        if (char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c != '_')
            _result.Append('\\');
        _result.Append(c);
    }

    // An opening bracket within is a character, also after a minus, where the framework would take a class away.
    private void WriteClass()
    {
        _result.Append('[');
        if (Take("^"))
            _result.Append('^');
        if (Take("]"))
            _result.Append(@"\]");
        while (_at < _text.Length && _defect is null && _text[_at] != ']')
            if (Take("\\"))
                WriteEscape(isInClass: true);
            else if (_text.AsSpan(_at).StartsWith("[:") && _text.IndexOf(":]", _at, StringComparison.Ordinal) is >= 0 and var end)
            {
                var name = _text[(_at + 2)..end];
                if (Posix(name) is { } set)
                    _result.Append(set);
                else
                    _defect = $"the class '[:{name}:]'";
                _at = end + 2;
            }
            else if (Take("["))
                _result.Append(@"\[");
            else
                _result.Append(_text[_at++]);
        _at++;
        _result.Append(']');
    }

    private static string? Posix(string name) => name switch
    {
        "alpha" => "a-zA-Z",
        "digit" => "0-9",
        "alnum" => "a-zA-Z0-9",
        "upper" => "A-Z",
        "lower" => "a-z",
        "space" => @"\t-\r ",
        "blank" => @"\t ",
        "word" => "a-zA-Z0-9_",
        "xdigit" => "0-9A-Fa-f",
        "cntrl" => @"\x00-\x1f\x7f",
        "print" => @"\x20-\x7e",
        "graph" => @"\x21-\x7e",
        "punct" => @"!-/:-@\[-`{-~",
        _ => null,
    };
}
