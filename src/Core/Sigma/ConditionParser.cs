using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>
/// Reads a condition: <c>or</c> binds less than <c>and</c>, that less than <c>not</c>, that less than <c>x of y</c>. Keywords are
/// whole lower-case words, so <c>notepad</c> is a name. Stops at the first error and says what it expected there.
/// </summary>
internal sealed class ConditionParser
{
    // Deeper than any person writes; each level is a call here.
    private const int MaxDepth = 64;

    private static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet(["and", "or", "not", "of", "all", "any", "them"], StringComparer.OrdinalIgnoreCase);

    private readonly YamlScalar _text;
    private readonly List<(int Start, int Length)> _tokens = [];
    private int _next;
    private Diagnostic? _error;

    private ConditionParser(YamlScalar text) => _text = text;

    public static ConditionNode? Parse(YamlScalar text, out Diagnostic? error)
    {
        ConditionParser parser = new(text);
        parser.Tokenize();
        var root = parser.Or(0);
        if (parser._error is null && parser._next < parser._tokens.Count)
            parser.Expected("'and', 'or' or the end");
        error = parser._error;
        return error is null ? root : null;
    }

    private void Tokenize()
    {
        var value = _text.Value;
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsWhiteSpace(value[i]))
                continue;
            var start = i;
            while (i + 1 < value.Length && IsWord(value[start]) && IsWord(value[i + 1]))
                i++;
            // Both halves of a character beyond the basic plane, so that a message can print it.
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length)
                i++;
            _tokens.Add((start, i - start + 1));
        }
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '*';

    private ReadOnlySpan<char> Peek => _next < _tokens.Count ? _text.Value.AsSpan(_tokens[_next].Start, _tokens[_next].Length) : [];

    private bool Take(string word)
    {
        var taken = Peek.SequenceEqual(word);
        _next += taken ? 1 : 0;
        return taken;
    }

    private ConditionNode? Or(int depth) => Chain(depth, "or", And, operands => new ConditionOr(operands));

    private ConditionNode? And(int depth) => Chain(depth, "and", Not, operands => new ConditionAnd(operands));

    private ConditionNode? Chain(int depth, string word, Func<int, ConditionNode?> operand, Func<ImmutableArray<ConditionNode>, ConditionNode> join)
    {
        var operands = ImmutableArray.CreateBuilder<ConditionNode>();
        do
        {
            if (operand(depth) is not { } node)
                return null;
            operands.Add(node);
        }
        while (Take(word));
        return operands.Count == 1 ? operands[0] : join(operands.ToImmutable());
    }

    private ConditionNode? Not(int depth)
    {
        if (depth > MaxDepth)
            return Fail($"condition nests deeper than {MaxDepth} levels; split it into selections");
        if (!Take("not"))
            return Primary(depth);
        return Not(depth + 1) is { } operand ? new ConditionNot(operand) : null;
    }

    private ConditionNode? Primary(int depth)
    {
        if (Take("("))
        {
            var inner = Or(depth + 1);
            return inner is null || Take(")") ? inner : Expected("')'");
        }
        if (Peek is "1" or "any" or "all" && _next + 1 < _tokens.Count && IsAt(_next + 1, "of"))
            return Selector();
        if (Peek is not [var first, ..] || !IsWord(first) || Peek is "and" or "or" or "of" or "them" || Peek.Contains('*') || IsShoutedKeyword())
            return Expected("the name of a selection");
        return new ConditionSelection(Peek.ToString(), SpanOf(_next++));
    }

    private ConditionNode? Selector()
    {
        var isAll = Peek is "all";
        _next += 2;
        if (Peek is not [var first, ..] || !IsWord(first) || Peek is "and" or "or" or "not" or "of" || IsShouted(Peek) && Peek.Equals("them", StringComparison.OrdinalIgnoreCase))
            return Expected("'them' or a pattern such as 'selection_*'");
        var pattern = Peek is "them" ? "*" : Peek.ToString();
        return new ConditionOf(isAll, pattern, SpanOf(_next++));
    }

    // 'NOT x' and 'ALL of x': an upper-case keyword before something that can't follow a name. Elsewhere it may be a name.
    private bool IsShoutedKeyword() => IsShouted(Peek) && _next + 1 < _tokens.Count && !IsAt(_next + 1, "and") && !IsAt(_next + 1, "or") && !IsAt(_next + 1, ")");

    private static bool IsShouted(ReadOnlySpan<char> word) => word.ContainsAnyInRange('A', 'Z') && Keywords.Contains(word.ToString());

    private bool IsAt(int token, string word) => _text.Value.AsSpan(_tokens[token].Start, _tokens[token].Length).SequenceEqual(word);

    private SourceSpan SpanOf(int token) => _text.SpanOf(_tokens[token].Start, _tokens[token].Length);

    private ConditionNode? Expected(string what)
    {
        if (_next >= _tokens.Count)
            return Fail(_tokens.Count == 0 ? $"condition is empty; {what} is expected" : $"condition ends where {what} is expected");
        var found = Peek.ToString();
        var hint = found switch
        {
            "|" => "; aggregations are not part of Sigma 2, write a correlation rule",
            _ when IsShouted(found) => "; keywords are lower case",
            _ => "",
        };
        return Fail($"'{found}' stands where {what} is expected{hint}");
    }

    private ConditionNode? Fail(string message)
    {
        var span = _tokens.Count == 0 ? _text.Span : _next < _tokens.Count ? SpanOf(_next) : SpanOf(_tokens.Count - 1);
        _error ??= SigmaDiagnostics.ConditionSyntax.At(span, message);
        return null;
    }
}
