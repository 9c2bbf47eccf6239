using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Merlon.Core.Yaml;

/// <summary>
/// Reads the plain block style that rules are written in, ten times as fast as YamlDotNet, and gives up at anything else: flow collections, anchors, tags,
/// directives, tabs, duplicate and complex keys, whatever is wrong. The file is then YamlDotNet's, which decides what is YAML and words the findings.
/// What this reader takes has the same nodes at the same places as there.
/// </summary>
/// <param name="text">Without a byte order mark.</param>
internal sealed partial class BlockReader(string path, string text)
{
    // Lines end otherwise than with '\n', or columns are counted otherwise than by characters.
    private static readonly System.Buffers.SearchValues<char> Unusual = System.Buffers.SearchValues.Create("\t\r\u0085\u2028\u2029\uFEFF");

    private readonly List<YamlNode> _items = [];
    private readonly List<YamlEntry> _entries = [];
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private int _nodes;

    /// <summary>The documents, or none where YamlDotNet has to read the file: also one that ends in a space, at which YamlDotNet ends what others end behind it.</summary>
    public static ImmutableArray<YamlDocument>? TryRead(string path, string text) => text is [.., ' '] || text.AsSpan().ContainsAny(Unusual) ? null : new BlockReader(path, text).ReadAll();

    private ImmutableArray<YamlDocument>? ReadAll()
    {
        var documents = ImmutableArray.CreateBuilder<YamlDocument>(1);
        if (!SkipToToken())
            return null;
        do
        {
            if (IsMarker('-'))
            {
                _at += 3;
                if (!EndsLine() || !SkipToToken())
                    return null;
            }
            else if (documents.Count > 0)
                return null;
            // An empty document, an end of documents and a directive are none of ours.
            if (IsMarker('-') || IsMarker('.') || text[_at] == '%' || Node(-1, 0) is not { } root || root is YamlScalar || _nodes > YamlComposer.MaxNodes)
                return null;
            documents.Add(new(documents.Count, root, IsWhole: true));
        }
        while (!IsAtEnd);
        return documents.DrainToImmutable();
    }

    private bool IsAtEnd => _at == text.Length;

    private int Column => _at - _lineStart;

    // At the first character of a node; null where it is not ours.
    private YamlNode? Node(int indent, int depth)
    {
        if (depth > YamlComposer.MaxDepth || ++_nodes > YamlComposer.MaxNodes)
            return null;
        if (IsDash())
            return Sequence(Column > indent ? Column : indent, depth);
        if (text[_at] is '|' or '>')
            return indent < 0 ? null : BlockScalar(indent);
        var (line, start) = (_line, _at);
        if (Scalar(indent) is not { } scalar)
            return null;
        if (!IsKeyEnd())
            return EndsScalar(indent) ? scalar : null;
        return _line != line || _at - start > MaxKey ? null : Mapping(scalar, start - _lineStart, indent, depth);
    }

    // YAML 1.2.2, section 7.4.2: 1,024 characters, and fewer here, to stay away from the edge.
    private const int MaxKey = 1000;

    private YamlMapping? Mapping(YamlScalar first, int column, int indent, int depth)
    {
        if (column <= indent)
            return null;
        var (begin, key) = (_entries.Count, first);
        _nodes++;
        while (true)
        {
            for (var i = begin; i < _entries.Count; i++)
                if (_entries[i].Key.Value == key.Value)
                    return null;
            // A merge key; and what YamlDotNet may take for an anchor or alias within a key.
            if ((key.IsPlain && (key.Value == "<<" || key.Value.AsSpan().ContainsAny('*', '&'))) || Value(column, depth + 1) is not { } value)
                return null;
            _entries.Add(new(key, value));
            // Each key is compared with those before it: a hash table pays for maps larger than rules have.
            if (_entries.Count - begin > MaxEntries)
                return null;
            if (IsAtEnd || Column < column || (Column == 0 && IsMarker('-')))
                break;
            var (line, start) = (_line, _at);
            if (Column != column || IsDash() || text[_at] is '|' or '>' || Scalar(column) is not { } next || !IsKeyEnd() || _line != line || _at - start > MaxKey)
                return null;
            key = next;
            _nodes++;
        }
        ImmutableArray<YamlEntry> entries = [.. CollectionsMarshal.AsSpan(_entries)[begin..]];
        _entries.RemoveRange(begin, _entries.Count - begin);
        return new(new(path, first.Span.Line, first.Span.Column, _line, Column + 1), entries);
    }

    private const int MaxEntries = 200;

    // After the colon of a key.
    private YamlNode? Value(int indent, int depth)
    {
        _at++;
        var (line, column) = (_line, Column + 1);
        SkipSpaces();
        if (!IsAtLineEnd() && text[_at] != '#')
            return InLine(indent, depth);
        if (SkipToToken() && (Column > indent || (Column == indent && IsDash())))
            return Node(indent, depth);
        _nodes++;
        return Empty(line, column);
    }

    // A value on the line of its key: a map or list cannot begin there.
    private YamlScalar? InLine(int indent, int depth)
    {
        if (depth > YamlComposer.MaxDepth || ++_nodes > YamlComposer.MaxNodes || IsDash())
            return null;
        if (text[_at] is '|' or '>')
            return BlockScalar(indent);
        return Scalar(indent) is { } scalar && !IsKeyEnd() && EndsScalar(indent) ? scalar : null;
    }

    /// <param name="indent">That of the list, or of the map whose key has it below itself at the same column.</param>
    private YamlSequence? Sequence(int indent, int depth)
    {
        var (begin, line, column) = (_items.Count, _line, Column);
        do
        {
            _at++;
            if (Item(indent, depth + 1) is not { } item)
                return null;
            _items.Add(item);
        }
        while (!IsAtEnd && Column == column && IsDash());
        if (!IsAtEnd && Column > column)
            return null;
        ImmutableArray<YamlNode> items = [.. CollectionsMarshal.AsSpan(_items)[begin..]];
        _items.RemoveRange(begin, _items.Count - begin);
        return new(new(path, line, column + 1, _line, Column + 1), items);
    }

    // After the dash of an item.
    private YamlNode? Item(int indent, int depth)
    {
        var (line, column) = (_line, Column + 1);
        SkipSpaces();
        if (!IsAtLineEnd() && text[_at] != '#')
            return Node(indent, depth);
        if (SkipToToken() && Column > indent)
            return Node(indent, depth);
        _nodes++;
        return Empty(line, column);
    }

    private YamlScalar Empty(int line, int column) => new(new(path, line, column, line, column), "", isPlain: true);

    // Whether a scalar that is no key ends where a token may follow, which is then the next one.
    // More deeply indented text after a comment or a quoted text is an error.
    private bool EndsScalar(int indent) => EndsLine() && (!SkipToToken() || Column <= indent);

    private bool IsDash() => text[_at] == '-' && (_at + 1 == text.Length || text[_at + 1] is ' ' or '\n');

    private bool IsKeyEnd() => !IsAtEnd && text[_at] == ':' && (_at + 1 == text.Length || text[_at + 1] is ' ' or '\n');

    // '---' or '...' at the beginning of a line.
    private bool IsMarker(char c) => Column == 0 && text.AsSpan(_at) is [var a, var b, var d, ..] && a == c && b == c && d == c && (_at + 3 == text.Length || text[_at + 3] is ' ' or '\n');

    private bool IsAtLineEnd() => IsAtEnd || text[_at] == '\n';

    private void SkipSpaces()
    {
        while (!IsAtEnd && text[_at] == ' ')
            _at++;
    }

    /// <summary>Whether nothing but a comment is left of the line.</summary>
    private bool EndsLine()
    {
        var before = _at;
        SkipSpaces();
        return IsAtLineEnd() || (text[_at] == '#' && _at > before);
    }

    /// <summary>Goes to what is neither blank nor a comment; false at the end of the text.</summary>
    private bool SkipToToken()
    {
        while (true)
        {
            SkipSpaces();
            if (IsAtEnd)
            {
                // To YamlDotNet every line ends.
                if (Column > 0)
                    (_line, _lineStart) = (_line + 1, _at);
                return false;
            }
            if (text[_at] == '#')
            {
                var end = text.AsSpan(_at).IndexOf('\n');
                _at = end < 0 ? text.Length : _at + end;
            }
            else if (text[_at] != '\n')
                return true;
            if (!IsAtEnd)
                NextLine();
        }
    }

    private void NextLine()
    {
        _at++;
        _line++;
        _lineStart = _at;
    }
}
