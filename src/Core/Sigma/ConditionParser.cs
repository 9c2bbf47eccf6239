using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>
/// Reads a condition: <c>or</c> binds less than <c>and</c>, that less than <c>not</c>, that less than <c>x of y</c>. Keywords are
/// whole lower-case words, so <c>notepad</c> is a name. After an error it reads on where what follows can be told again: behind a
/// keyword that is meant, else at the next operator of the same level.
/// </summary>
internal sealed class ConditionParser
{
    // Deeper than any person writes; each level is a call here.
    private const int MaxDepth = 64;

    private const int MaxErrors = 8;

    private const string Name = "the name of a selection";

    // What stands for an operand that could not be read. Nobody sees it: with an error there is no tree.
    private static readonly ConditionNode Unread = new ConditionSelection("", default);

    private static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet(["and", "or", "not", "of", "all", "any", "them"], StringComparer.OrdinalIgnoreCase);

    private readonly YamlScalar _text;
    private readonly List<(int Start, int Length)> _tokens = [];
    private readonly ImmutableArray<Diagnostic>.Builder _errors = ImmutableArray.CreateBuilder<Diagnostic>();
    private int _next;
    private int _open;

    private ConditionParser(YamlScalar text) => _text = text;

    /// <summary>Null when there is an error.</summary>
    public static ConditionNode? Parse(YamlScalar text, out ImmutableArray<Diagnostic> errors)
    {
        ConditionParser parser = new(text);
        parser.Tokenize();
        var root = parser.Expression(0);
        errors = parser._errors.ToImmutable();
        return errors.IsEmpty ? root : null;
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

    private bool IsAtEnd => _next >= _tokens.Count;

    private ReadOnlySpan<char> Peek => At(_next);

    private ReadOnlySpan<char> At(int token) => token < _tokens.Count ? _text.Value.AsSpan(_tokens[token].Start, _tokens[token].Length) : [];

    private bool Take(string word)
    {
        var taken = Peek.SequenceEqual(word);
        _next += taken ? 1 : 0;
        return taken;
    }

    // Up to the end, or to the ')' of the parentheses that it stands in.
    private ConditionNode Expression(int depth)
    {
        var root = Or(depth);
        while (!IsAtEnd && !(_open > 0 && Peek is ")"))
        {
            Expected(Following, Peek is ")" ? "; no '(' is open" : null);
            SkipOperand();
            if (Take("and") || Take("or"))
                Or(depth);
        }
        return root;
    }

    private string Following => $"'and', 'or' or {(_open > 0 ? "')'" : "the end")}";

    private ConditionNode Or(int depth) => Chain(depth, "or", And, operands => new ConditionOr(operands));

    private ConditionNode And(int depth) => Chain(depth, "and", Not, operands => new ConditionAnd(operands));

    private ConditionNode Chain(int depth, string word, Func<int, ConditionNode> operand, Func<ImmutableArray<ConditionNode>, ConditionNode> join)
    {
        var operands = ImmutableArray.CreateBuilder<ConditionNode>();
        do
            operands.Add(operand(depth));
        while (Take(word) || TakeShouted(word, Following));
        return operands.Count == 1 ? operands[0] : join(operands.ToImmutable());
    }

    private ConditionNode Not(int depth)
    {
        if (depth > MaxDepth)
        {
            Fail($"condition nests deeper than {MaxDepth} levels; split it into selections");
            Stop();
            return Unread;
        }
        return Take("not") ? new ConditionNot(Not(depth + 1)) : Primary(depth);
    }

    private ConditionNode Primary(int depth)
    {
        if (Take("("))
            return Parenthesized(depth);
        if (At(_next + 1) is "of" && IsWordAhead && Peek is not ("and" or "or" or "not" or "of"))
            return Selector();
        if (IsWordAhead && Peek is not ("and" or "or" or "of" or "them") && !Peek.Contains('*') && !IsShoutedKeyword())
            return new ConditionSelection(Peek.ToString(), SpanOf(_next++));
        // 'NOT x' means what it says; 'AND' here has lost what stood before it.
        if (TakeShouted("not", Name) || TakeShouted("and", Name) || TakeShouted("or", Name))
            return Not(depth + 1);
        Expected(Name);
        if (Peek is not ("and" or "or"))
            SkipOperand();
        return Unread;
    }

    private ConditionNode Parenthesized(int depth)
    {
        _open++;
        var inner = Expression(depth + 1);
        _open--;
        if (!Take(")"))
            Expected("')'");
        return inner;
    }

    private ConditionNode Selector()
    {
        var start = _next;
        if (Peek is not ("1" or "any" or "all"))
            Expected(IsShouted(Peek) ? Name : "'1', 'any' or 'all'");
        var (isAll, isAny) = (Peek is "all", Peek is "any");
        _next += 2;
        if (!IsWordAhead || Peek is "and" or "or" or "not" or "of" || IsShouted(Peek) && Peek.Equals("them", StringComparison.OrdinalIgnoreCase))
        {
            Expected("'them' or a pattern such as 'selection_*'");
            if (Peek is not ("and" or "or"))
                SkipOperand();
            return Unread;
        }
        var isThem = Peek is "them";
        var pattern = isThem ? "*" : Peek.ToString();
        var end = _tokens[_next].Start + _tokens[_next].Length;
        return new ConditionOf(isAll, pattern, SpanOf(_next++))
        {
            IsThem = isThem,
            IsAny = isAny,
            Whole = _text.IsAsWritten ? _text.SpanOf(_tokens[start].Start, end - _tokens[start].Start) : null,
        };
    }

    private bool IsWordAhead => Peek is [var first, ..] && IsWord(first);

    // 'NOT x': an upper-case keyword before something that can't follow a name. Elsewhere it may be a name.
    private bool IsShoutedKeyword() => IsShouted(Peek) && _next + 1 < _tokens.Count && At(_next + 1) is not ("and" or "or" or ")");

    private static bool IsShouted(ReadOnlySpan<char> word) => word.ContainsAnyInRange('A', 'Z') && Keywords.Contains(word.ToString());

    private bool TakeShouted(string word, string expected)
    {
        if (!IsShouted(Peek) || !Peek.Equals(word, StringComparison.OrdinalIgnoreCase))
            return false;
        Expected(expected);
        _next++;
        return true;
    }

    // To the next operator of this level, or to the end of it. What a pipe begins is another language.
    private void SkipOperand()
    {
        for (var depth = 0; !IsAtEnd; _next++)
            if (Peek is "|")
                Stop();
            else if (Peek is "(")
                depth++;
            else if (Peek is ")" && depth > 0)
                depth--;
            else if (depth == 0 && (Peek is "and" or "or" || Peek is ")" && _open > 0))
                return;
    }

    private SourceSpan SpanOf(int token) => _text.SpanOf(_tokens[token].Start, _tokens[token].Length);

    private void Expected(string what, string? hint = null)
    {
        if (IsAtEnd)
        {
            Fail(_tokens.Count == 0 ? $"condition is empty; {what} is expected" : $"condition ends where {what} is expected");
            return;
        }
        var found = Peek.ToString();
        hint ??= found is "|" ? "; aggregations are not part of Sigma 2, write a correlation rule" : IsShouted(found) ? "; keywords are lower case" : "";
        Fail($"'{found}' stands where {what} is expected{hint}");
    }

    private void Fail(string message)
    {
        // What is missing at the end after an error is missing because of it.
        if (IsAtEnd && _errors.Count > 0)
            return;
        _errors.Add(SigmaDiagnostics.ConditionSyntax.At(_tokens.Count == 0 ? _text.Span : SpanOf(IsAtEnd ? _tokens.Count - 1 : _next), message));
        if (_errors.Count == MaxErrors)
            Stop();
    }

    private void Stop() => _next = _tokens.Count;
}
