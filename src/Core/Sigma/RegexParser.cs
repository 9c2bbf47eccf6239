using System.Collections.Immutable;
using System.Globalization;

namespace Merlon.Core.Sigma;

/// <summary>Reads a regular expression. Stops at the first error.</summary>
internal sealed partial class RegexParser
{
    // PCRE's own limit. Each level is a call here.
    private const int MaxDepth = 250;

    /// <summary>The name of <c>(?i)</c> and its like.</summary>
    public const string Option = "an option within the expression";

    private const string FlagLetters = "aimsxnuLUJ^-";

    private readonly string _text;
    private readonly ImmutableArray<RegexConstruct>.Builder _constructs = ImmutableArray.CreateBuilder<RegexConstruct>();
    private readonly List<(int Number, int Index, int Length)> _references = [];
    private readonly List<(int Index, int Length)> _namedReferences = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _at;
    private int _groups;
    private RegexError? _error;
    private bool _ignoresCase;
    private bool _dotIsAny;
    private bool _isVerbose;
    private bool _mayRepeatNames;

    public RegexParser(string text, string flags) =>
        (_text, _ignoresCase, _dotIsAny) = (text, flags.Contains('i'), flags.Contains('s'));

    public RegexSyntax Parse()
    {
        var root = Choice(0);
        if (_error is null && _at < _text.Length)
            Fail(_at, 1, "')' closes no group; escape it as '\\)'");
        foreach (var (number, index, length) in _references)
            if (number > _groups)
                Fail(index, length, $"'{_text.Substring(index, length)}' refers to group {number}, and there {(_groups == 1 ? "is 1" : $"are {_groups}")}");
        foreach (var (index, length) in _namedReferences)
            if (!_names.Contains(_text.Substring(index, length)))
                Fail(index, length, $"'{_text.Substring(index, length)}' is the name of no group; name one so or refer to another");
        return new(_error is null ? root : null, _error, _constructs.ToImmutable());
    }

    private char Ahead(int distance = 0) => _at + distance < _text.Length ? _text[_at + distance] : '\0';

    private bool IsAhead(string text) => _text.AsSpan(_at).StartsWith(text);

    private RegexNode Choice(int depth)
    {
        var alternatives = ImmutableArray.CreateBuilder<RegexNode>();
        do
            alternatives.Add(Sequence(depth));
        while (Take('|'));
        return alternatives.Count == 1 ? alternatives[0] : new RegexChoice(alternatives.ToImmutable());
    }

    private bool Take(char c)
    {
        var isAhead = _at < _text.Length && _text[_at] == c;
        _at += isAhead ? 1 : 0;
        return isAhead;
    }

    private RegexSequence Sequence(int depth)
    {
        var parts = ImmutableArray.CreateBuilder<RegexNode>();
        SkipComments();
        while (_at < _text.Length && _text[_at] is not ('|' or ')'))
        {
            var start = _at;
            if (Atom(depth) is { } atom)
                parts.Add(Quantified(atom, start));
            SkipComments();
        }
        return new(parts.ToImmutable());
    }

    // Comments in parentheses, and where the option 'x' is on what stands between parts.
    private void SkipComments()
    {
        while (_at < _text.Length)
            if (IsAhead("(?#"))
                SkipToEnd(_at, "a comment");
            else if (_isVerbose && _text[_at] == '#')
                _at = _text.IndexOf('\n', _at) is >= 0 and var end ? end : _text.Length;
            else if (_isVerbose && char.IsWhiteSpace(_text[_at]))
                _at++;
            else
                return;
    }

    // Null for what is no part of the expression: options.
    private RegexNode? Atom(int depth)
    {
        var c = _text[_at];
        switch (c)
        {
            case '(':
                return depth < MaxDepth ? Group(depth) : Fail(_at, 1, $"groups nest deeper than {MaxDepth} levels; simplify the expression");
            case '[':
                return Class();
            case '\\':
                return Escape();
            case '*' or '+' or '?':
            case '{' when char.IsAsciiDigit(Ahead(1)) && BoundsAhead() is not null:
                return Fail(_at, 1, $"'{c}' has nothing before it to repeat; escape it as '\\{c}'");
        }
        _at++;
        return c switch
        {
            '.' => new RegexCharacter(_dotIsAny ? AsciiSet.Any : ~AsciiSet.Of('\n')),
            '^' => new RegexAssertion(RegexPlace.Start),
            '$' => new RegexAssertion(RegexPlace.End),
            _ => Character(AsciiSet.Of(c)),
        };
    }

    private RegexCharacter Character(AsciiSet set) => new(_ignoresCase ? set.InBothCases() : set);

    private RegexNode Quantified(RegexNode node, int start)
    {
        var isAfterSign = false;
        for (SkipComments(); _at < _text.Length; SkipComments())
        {
            var (min, max, length) = _text[_at] switch
            {
                '*' => (0, null, 1),
                '+' => (1, null, 1),
                '?' => (0, 1, 1),
                '{' => BoundsAhead() ?? default,
                _ => default((int, int?, int)),
            };
            if (length == 0)
                break;
            if (isAfterSign && length == 1)
                return Fail(_at, 1, $"'{_text[_at]}' repeats what a quantifier repeats already; remove it or put a group around the part before it") ?? node;
            if (max < min)
                return Fail(_at, length, $"'{_text.Substring(_at, length)}' asks for at least {min} and at most {max}; swap the numbers") ?? node;
            isAfterSign = length == 1;
            var quantifier = _at;
            _at += length;
            var isLazy = Take('?');
            var isPossessive = !isLazy && Take('+');
            if (isLazy || isPossessive)
                Construct(quantifier, isLazy ? "a lazy quantifier" : "a possessive quantifier");
            node = new RegexLoop(node, min, max, start, _at - start);
            if (isPossessive)
                node = new RegexAtomic(node);
        }
        return node;
    }

    // {2}, {2,}, {2,3} and {,3}. Braces around anything else are characters.
    private (int Min, int? Max, int Length)? BoundsAhead()
    {
        var at = _at + 1;
        var min = Number(ref at);
        var max = min;
        if (at < _text.Length && _text[at] == ',')
        {
            at++;
            max = Number(ref at);
            if (min is null && max is null)
                return null;
        }
        else if (min is null)
            return null;
        return at < _text.Length && _text[at] == '}' ? (min ?? 0, max, at + 1 - _at) : null;
    }

    // Null where there is none. What is too large for a number is large.
    private int? Number(ref int at)
    {
        var start = at;
        while (at < _text.Length && char.IsAsciiDigit(_text[at]))
            at++;
        return at == start ? null : int.TryParse(_text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
    }

    private RegexNode? Group(int depth)
    {
        var start = _at++;
        if (IsAhead("*") && char.IsAsciiLetter(Ahead(1)) && _text.IndexOf(')', _at) is >= 0 and var end)
            return Skip(start, end, "a control verb");
        if (!Take('?'))
        {
            _groups++;
            return Body(start, depth);
        }
        var c = Ahead();
        _at++;
        switch (c)
        {
            case ':':
                return Body(start, depth);
            case '|':
                Construct(start, "a group that numbers its alternatives alike");
                return Body(start, depth);
            case '>':
                return new RegexAtomic(Body(start, depth));
            case '=' or '!':
                Body(start, depth);
                return new RegexAssertion(RegexPlace.Other);
            case '<' when Ahead() is '=' or '!':
                _at++;
                if (IsUnbounded(Body(start, depth)))
                    Fail(start, 4, "what stands before a place must have a length, and '*', '+' or '{n,}' in it have none; write '{0,20}' or match it outside");
                return new RegexAssertion(RegexPlace.Other);
            case '<':
                return Named(start, '>', depth);
            case '\'':
                return Named(start, '\'', depth);
            case 'P' when Take('<'):
                return Named(start, '>', depth);
            case 'P' when Take('='):
                var name = _at;
                var reference = SkipToEnd(start, "a back reference");
                if (reference is not null)
                    _namedReferences.Add((name, _at - 1 - name));
                return reference;
            case 'P' when Ahead() == '>':
                return SkipToEnd(start, "a call of another group");
            case '(':
                return Conditional(start, depth);
            case 'R' or '&' or '+' or (>= '0' and <= '9'):
            case '-' when char.IsAsciiDigit(Ahead()):
                return SkipToEnd(start, "a call of another group");
            case 'C':
                SkipToEnd(start, "a callout");
                return null;
        }
        _at--;
        return Options(start, depth);
    }

    // Up to the ')' that closes the group. Options that are set within hold up to there.
    private RegexNode Body(int start, int depth)
    {
        var options = (_ignoresCase, _dotIsAny, _isVerbose);
        var body = Choice(depth + 1);
        (_ignoresCase, _dotIsAny, _isVerbose) = options;
        if (!Take(')'))
            Fail(start, 1, "'(' opens a group that nothing closes; write ')' or escape it as '\\('");
        return body;
    }

    private RegexNode? Named(int start, char terminator, int depth)
    {
        var end = _at <= _text.Length ? _text.IndexOf(terminator, _at) : -1;
        if (end <= _at)
            return Fail(start, _at - start, $"the group has no name; write '(?P<name>' or escape the '('");
        var name = _text[_at..end];
        if (!_names.Add(name) && !_mayRepeatNames)
            return Fail(_at, name.Length, $"two groups have the name '{name}'; rename one");
        _at = end + 1;
        _groups++;
        Construct(start, "a named group");
        return Body(start, depth);
    }

    private RegexNode? Conditional(int start, int depth)
    {
        Construct(start, "a conditional group");
        if (Ahead() == '?')
        {
            _at--;
            Group(depth + 1);
        }
        else if (_text.IndexOf(')', _at) is >= 0 and var end)
            _at = end + 1;
        else
            return Fail(start, 3, "the condition of the group is not closed; write ')'");
        return new RegexSequence([new RegexAssertion(RegexPlace.Other), new RegexChoice([Body(start, depth), new RegexSequence([])])]);
    }

    // (?i), (?i-s:...).
    private RegexNode? Options(int start, int depth)
    {
        var options = (_ignoresCase, _dotIsAny, _isVerbose);
        for (var isOn = true; _at < _text.Length && FlagLetters.Contains(_text[_at]); _at++)
            switch (_text[_at])
            {
                case '-':
                    isOn = false;
                    break;
                case '^':
                    (_ignoresCase, _dotIsAny, _isVerbose) = (false, false, false);
                    break;
                case 'i':
                    _ignoresCase = isOn;
                    break;
                case 's':
                    _dotIsAny = isOn;
                    break;
                case 'x':
                    _isVerbose = isOn;
                    break;
                case 'J':
                    _mayRepeatNames = isOn;
                    break;
            }
        if (Take(')'))
        {
            Construct(start, Option);
            return null;
        }
        if (Ahead() != ':')
            return Fail(start, Math.Min(_at + 1, _text.Length) - start, $"'{_text[start..Math.Min(_at + 1, _text.Length)]}' begins no kind of group; escape the '(' or write '(?:'");
        _at++;
        Construct(start, Option);
        var body = Body(start, depth);
        (_ignoresCase, _dotIsAny, _isVerbose) = options;
        return body;
    }

    private RegexOpaque? SkipToEnd(int start, string name)
    {
        if (_text.IndexOf(')', Math.Min(_at, _text.Length)) is >= 0 and var end)
            return Skip(start, end, name);
        Fail(start, 1, "'(' opens a group that nothing closes; write ')' or escape it as '\\('");
        return null;
    }

    private RegexOpaque Skip(int start, int end, string name)
    {
        _at = end + 1;
        Construct(start, name);
        return new();
    }

    private static bool IsUnbounded(RegexNode node) => node switch
    {
        RegexLoop loop => loop.Max is null || IsUnbounded(loop.Body),
        RegexSequence sequence => sequence.Parts.Any(IsUnbounded),
        RegexChoice choice => choice.Alternatives.Any(IsUnbounded),
        RegexAtomic atomic => IsUnbounded(atomic.Body),
        _ => false,
    };

    private void Construct(int start, string name) => _constructs.Add(new(start, _at - start, name));

    // Ends the reading: whoever called sees the end of the text.
    private RegexNode? Fail(int index, int length, string message)
    {
        _error ??= new(index, length, message);
        _at = _text.Length;
        return null;
    }
}
