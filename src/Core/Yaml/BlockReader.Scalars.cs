using System.Text;

namespace Merlon.Core.Yaml;

/// <content>Scalars.</content>
internal sealed partial class BlockReader
{
    // What no plain scalar begins with here: indicators, and '?' and ':', which may.
    private static readonly System.Buffers.SearchValues<char> NoPlain = System.Buffers.SearchValues.Create("?:,[]{}#&*!|>'\"%@`");

    private readonly StringBuilder _built = new();

    // Keys, log sources and tags are the same in thousands of files: the last text of each hash is used again. A race costs a copy.
    private static readonly string?[] Known = new string?[4096];

    private static string TextOf(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 40)
            return text.ToString();
        ref var known = ref Known[string.GetHashCode(text) & (Known.Length - 1)];
        return known is { } same && text.SequenceEqual(same) ? same : known = text.ToString();
    }

    // At its first character. Afterwards at what follows it, which may be the colon of a key.
    private YamlScalar? Scalar(int indent) => text[_at] switch
    {
        '\'' => Quoted(indent, '\''),
        '"' => Quoted(indent, '"'),
        _ => Plain(indent),
    };

    private YamlScalar? Plain(int indent)
    {
        if (NoPlain.Contains(text[_at]) || IsDash() || IsMarker('.'))
            return null;
        var (start, line, column) = (_at, _line, Column + 1);
        var end = PlainPart();
        if (IsKeyEnd() || !IsAtLineEnd() || !Continues(indent))
            return new(new(path, line, column, line, column + end - start), TextOf(text.AsSpan(start, end - start)), isPlain: true);
        _built.Clear().Append(text, start, end - start);
        var (endLine, endColumn) = (line, 0);
        do
        {
            var breaks = Breaks();
            _ = breaks == 1 ? _built.Append(' ') : _built.Append('\n', breaks - 1);
            SkipSpaces();
            // A comment, a key or the end of the document here is for YamlDotNet to judge.
            var from = _at;
            end = PlainPart();
            if (text[from] == '#' || IsKeyEnd())
                return null;
            _built.Append(text, from, end - from);
            (endLine, endColumn) = (_line, end - _lineStart + 1);
        }
        while (IsAtLineEnd() && Continues(indent));
        return new(new(path, line, column, endLine, endColumn), _built.ToString(), isPlain: true, text[start..end]);
    }

    // To the end of the line, a comment or a colon with a blank after it. Returns where the text ends.
    private int PlainPart()
    {
        while (true)
        {
            var next = text.AsSpan(_at).IndexOfAny('\n', ':', '#');
            _at = next < 0 ? text.Length : _at + next;
            if (IsAtLineEnd() || IsKeyEnd() || (text[_at] == '#' && text[_at - 1] == ' '))
                break;
            _at++;
        }
        var end = _at;
        while (text[end - 1] == ' ')
            end--;
        if (!IsAtEnd && text[_at] == '#')
            _at = end;
        return end;
    }

    // Whether the next line with text goes on with this scalar. The place stays.
    private bool Continues(int indent)
    {
        var (line, at) = (_at, _at);
        while (at < text.Length)
        {
            if (text[at] == '\n')
                line = at + 1;
            else if (text[at] != ' ')
                return at - line > indent && text[at] != '#' && !(at == line && text.AsSpan(at) is ['-', '-', '-', ..] or ['.', '.', '.', ..]);
            at++;
        }
        return false;
    }

    // At the end of a line: over it and the empty ones after it. Returns how many line ends that were.
    private int Breaks()
    {
        var breaks = 0;
        while (true)
        {
            NextLine();
            breaks++;
            SkipSpaces();
            if (IsAtEnd || text[_at] != '\n')
                return breaks;
        }
    }

    private YamlScalar? Quoted(int indent, char quote)
    {
        var (start, line, column) = (_at, _line, Column + 1);
        _at++;
        _built.Clear();
        var from = _at;
        var isBuilt = false;
        while (true)
        {
            var next = text.AsSpan(_at).IndexOfAny(quote, '\n', quote == '"' ? '\\' : quote);
            if (next < 0)
                return null;
            _at += next;
            if (text[_at] == '\n')
            {
                // Blanks before and after a line end are layout.
                var end = _at;
                while (end > from && text[end - 1] == ' ')
                    end--;
                _built.Append(text, from, end - from);
                var breaks = Breaks();
                if (IsAtEnd || Column <= indent || Column == 0)
                    return null;
                _ = breaks == 1 ? _built.Append(' ') : _built.Append('\n', breaks - 1);
                from = _at;
                isBuilt = true;
                continue;
            }
            if (text[_at] == '\\')
            {
                _built.Append(text, from, _at - from);
                if (!Escape())
                    return null;
                from = _at;
                isBuilt = true;
                continue;
            }
            if (quote == '\'' && _at + 1 < text.Length && text[_at + 1] == '\'')
            {
                _built.Append(text, from, _at + 1 - from);
                _at += 2;
                from = _at;
                isBuilt = true;
                continue;
            }
            var value = isBuilt ? _built.Append(text, from, _at - from).ToString() : TextOf(text.AsSpan(from, _at - from));
            _at++;
            var isAsWritten = line == _line && _at - start - 2 == value.Length;
            return new(new(path, line, column, _line, Column + 1), value, isPlain: false, isAsWritten ? null : text[start.._at]) { Quote = quote == '"' ? "\"" : "'" };
        }
    }

    // The escapes that stand for one character (YAML 1.2.2, section 5.7), without those that are written as numbers.
    private bool Escape()
    {
        if (_at + 1 == text.Length)
            return false;
        var c = text[_at + 1] switch
        {
            '\\' => '\\',
            '"' => '"',
            '/' => '/',
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            _ => '\0',
        };
        if (c == '\0')
            return false;
        _built.Append(c);
        _at += 2;
        return true;
    }

    // At '|' or '>'.
    private YamlScalar? BlockScalar(int indent)
    {
        var (start, line, column, isFolded) = (_at, _line, Column + 1, text[_at] == '>');
        _at++;
        var chomping = !IsAtEnd && text[_at] is '-' or '+' ? text[_at++] : ' ';
        SkipSpaces();
        if (IsAtEnd || text[_at] != '\n')
            return null;
        _built.Clear();
        var header = _at;
        var breaks = Breaks() - 1;
        var content = Column;
        if (IsAtEnd || content <= indent || (breaks > 0 && HasSpaces(header)))
            return null;
        _built.Append('\n', breaks);
        while (true)
        {
            var end = text.AsSpan(_at).IndexOf('\n');
            // Without a last line end, and with blanks that are text, YamlDotNet decides.
            if (end < 0 || text[_at] == ' ')
                return null;
            _built.Append(text, _at, end);
            _at += end;
            breaks = 0;
            do
            {
                NextLine();
                breaks++;
                while (Column < content && !IsAtEnd && text[_at] == ' ')
                    _at++;
            }
            while (!IsAtEnd && text[_at] == '\n');
            if (IsAtEnd || Column < content)
                break;
            if (text[_at] == ' ' && (isFolded || text.AsSpan(_at).TrimStart(' ') is [] or ['\n', ..]))
                return null;
            _ = isFolded && breaks == 1 ? _built.Append(' ') : _built.Append('\n', isFolded ? breaks - 1 : breaks);
            if (text[_at] == ' ')
                CopySpaces();
        }
        _built.Append('\n', chomping switch { '-' => 0, '+' => breaks, _ => 1 });
        // The scalar ends where the next line begins. A comment there is for YamlDotNet to judge.
        if (IsAtEnd ? Column > 0 : text[_at] == '#')
            return null;
        YamlScalar scalar = new(new(path, line, column, _line, 1), _built.ToString(), isPlain: false, text[start.._lineStart]);
        return !SkipToToken() || Column <= indent ? scalar : null;
    }

    // Whether an empty line before the text holds blanks, which may be more than the text is indented by.
    private bool HasSpaces(int from) => text.AsSpan(from, _lineStart - from).Contains(' ');

    private void CopySpaces()
    {
        var from = _at;
        SkipSpaces();
        _built.Append(text, from, _at - from);
    }
}
