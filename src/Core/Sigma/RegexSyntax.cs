using System.Collections.Immutable;

namespace Merlon.Core.Sigma;

/// <summary>
/// A regular expression as PCRE and Python's <c>re</c> read it. Where they differ, what one of them takes is fine; what both refuse is an error.
/// </summary>
/// <param name="Root">Null where there is an error.</param>
/// <param name="Constructs">What goes beyond the plain syntax that every engine has, in the order of the text.</param>
internal sealed record RegexSyntax(RegexNode? Root, RegexError? Error, ImmutableArray<RegexConstruct> Constructs)
{
    /// <param name="flags">Some of <c>i</c>, <c>m</c> and <c>s</c>.</param>
    public static RegexSyntax Parse(string pattern, string flags) => new RegexParser(pattern, flags).Parse();
}

/// <param name="Index">0-based index into the pattern; its length for what is missing at the end.</param>
/// <param name="Message">What is wrong there and the way out.</param>
internal sealed record RegexError(int Index, int Length, string Message);

/// <param name="Name">With its article, <c>a back reference</c>.</param>
internal sealed record RegexConstruct(int Index, int Length, string Name);

/// <summary>A part of a regular expression, as far as it matters for what it matches and how often an engine tries.</summary>
internal abstract record RegexNode;

/// <summary>One character.</summary>
/// <param name="Set">Those of ASCII that it may be.</param>
internal sealed record RegexCharacter(AsciiSet Set) : RegexNode;

/// <summary>A place between characters.</summary>
internal sealed record RegexAssertion(RegexPlace Place) : RegexNode;

/// <summary>No part at all is the empty expression.</summary>
internal sealed record RegexSequence(ImmutableArray<RegexNode> Parts) : RegexNode;

internal sealed record RegexChoice(ImmutableArray<RegexNode> Alternatives) : RegexNode;

/// <param name="Max">Null for any number.</param>
/// <param name="Index">Where the repeated part begins in the pattern.</param>
/// <param name="Length">Of the part with its quantifier.</param>
internal sealed record RegexLoop(RegexNode Body, int Min, int? Max, int Index, int Length) : RegexNode;

/// <summary>Once it has matched, it is not tried in another way.</summary>
internal sealed record RegexAtomic(RegexNode Body) : RegexNode;

/// <summary>Some text that cannot be told from the pattern alone: a back reference, a call of another group, a Unicode property.</summary>
internal sealed record RegexOpaque : RegexNode;

[Flags]
internal enum RegexPlace
{
    Anywhere = 0,
    /// <summary>The beginning of the text or of a line.</summary>
    Start = 1,
    /// <summary>The end of the text or of a line.</summary>
    End = 2,
    /// <summary>A place that depends on what stands around it, such as a word boundary or a lookahead.</summary>
    Other = 4,
}

/// <summary>A set of the 128 characters of ASCII. Two halves: what has a UInt128 in it cannot be compiled ahead of time.</summary>
/// <param name="Low">A bit for each of the first 64.</param>
/// <param name="High">A bit for each of the others.</param>
internal readonly record struct AsciiSet(ulong Low, ulong High)
{
    public static AsciiSet Any { get; } = new(ulong.MaxValue, ulong.MaxValue);

    public static AsciiSet Digits { get; } = Range('0', '9');

    public static AsciiSet Word { get; } = Range('a', 'z') | Range('A', 'Z') | Digits | Of('_');

    public static AsciiSet Space { get; } = Range('\t', '\r') | Of(' ');

    public bool IsEmpty => (Low | High) == 0;

    /// <summary>Nothing for a character beyond ASCII.</summary>
    public static AsciiSet Of(int c) => c < 64 ? new(1UL << c, 0) : c < 128 ? new(0, 1UL << (c - 64)) : default;

    public static AsciiSet Range(int first, int last)
    {
        AsciiSet set = default;
        for (var c = first; c <= Math.Min(last, 127); c++)
            set |= Of(c);
        return set;
    }

    public bool Contains(char c) => c < 128 && ((c < 64 ? Low : High) >> (c & 63) & 1) == 1;

    /// <summary>With each letter in both cases.</summary>
    public AsciiSet InBothCases()
    {
        var set = this;
        for (var c = 'a'; c <= 'z'; c++)
            if (Contains(c) || Contains(char.ToUpperInvariant(c)))
                set |= Of(c) | Of(char.ToUpperInvariant(c));
        return set;
    }

    public static AsciiSet operator |(AsciiSet a, AsciiSet b) => new(a.Low | b.Low, a.High | b.High);

    public static AsciiSet operator &(AsciiSet a, AsciiSet b) => new(a.Low & b.Low, a.High & b.High);

    public static AsciiSet operator ~(AsciiSet a) => new(~a.Low, ~a.High);
}
