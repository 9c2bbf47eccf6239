namespace Merlon.Core.Sigma;

/// <summary>
/// Glushkov's automaton of a regular expression: a state for each character of the pattern, and a way from one to the next for each route
/// that a backtracking engine tries. State 0 is before the first character.
/// </summary>
internal sealed class RegexAutomaton
{
    // Patterns beyond these are left alone: nobody waits for the check of one.
    private const int MaxStates = 500;
    private const int MaxWays = 10_000;

    private readonly List<AsciiSet> _sets = [default];
    private readonly List<List<RegexWay>> _ways = [[]];
    private readonly List<(int Component, RegexLoop Loop)?> _loops = [null];
    private readonly List<(int State, RegexPlace Place)> _ends = [];
    private int _wayCount;
    private int _components;
    private bool _isAtomic;
    private bool _isTooLarge;
    private (int Component, RegexLoop Loop)? _outermost;

    private RegexAutomaton()
    {
    }

    /// <summary>Null where it would be too large.</summary>
    public static RegexAutomaton? Of(RegexNode root)
    {
        RegexAutomaton automaton = new();
        var whole = automaton.Build(root);
        automaton.Connect([(0, RegexPlace.Anywhere)], whole.First);
        automaton._ends.AddRange(whole.Last);
        automaton._ends.AddRange(whole.Empty.Select(place => (0, place)));
        return automaton._isTooLarge ? null : automaton;
    }

    public int States => _sets.Count;

    /// <summary>The characters that lead to a state.</summary>
    public AsciiSet Set(int state) => _sets[state];

    public IReadOnlyList<RegexWay> Ways(int state) => _ways[state];

    /// <summary>The outermost loop without an upper limit that a state is in, and the number of its copy; null where it is in none.</summary>
    public (int Component, RegexLoop Loop)? Loop(int state) => _loops[state];

    /// <summary>
    /// Whether the expression is found in a text of ASCII. Where that depends on more than the characters, the answer is yes.
    /// </summary>
    /// <param name="marks">Two indexes into the text. <paramref name="isSteady"/> tells whether the engine is in the same states at both.</param>
    public bool IsFoundIn(string text, (int First, int Second) marks, out bool isSteady)
    {
        isSteady = false;
        var now = new bool[States];
        bool[]? marked = null;
        for (var at = 0; at <= text.Length; at++)
        {
            // The search begins anew at each character.
            now[0] = true;
            if (at == marks.First)
                marked = now;
            else if (at == marks.Second)
                isSteady = marked.AsSpan().SequenceEqual(now);
            foreach (var (state, place) in _ends)
                if (now[state] && CanBe(place, text, at))
                    return true;
            if (at < text.Length)
                now = Step(now, text, at);
        }
        return false;
    }

    private bool[] Step(bool[] now, string text, int at)
    {
        var next = new bool[States];
        for (var state = 0; state < now.Length; state++)
            if (now[state])
                foreach (var way in _ways[state])
                    if (_sets[way.To].Contains(text[at]) && CanBe(way.Place, text, at))
                        next[way.To] = true;
        return next;
    }

    private static bool CanBe(RegexPlace place, string text, int at) =>
        (!place.HasFlag(RegexPlace.Start) || at == 0 || text[at - 1] == '\n') && (!place.HasFlag(RegexPlace.End) || at == text.Length || text[at] == '\n');

    // What a part of the expression begins and ends with, and where it may match nothing.
    private sealed record Part(List<(int State, RegexPlace Place)> First, List<(int State, RegexPlace Place)> Last, List<RegexPlace> Empty);

    private static Part Nothing(RegexPlace place) => new([], [], [place]);

    private Part Build(RegexNode node) => _isTooLarge ? Nothing(RegexPlace.Anywhere) : node switch
    {
        RegexCharacter character => State(character.Set, RegexPlace.Anywhere),
        RegexAssertion assertion => Nothing(assertion.Place),
        RegexSequence sequence => sequence.Parts.Aggregate(Nothing(RegexPlace.Anywhere), (before, part) => Join(before, Build(part))),
        RegexChoice choice => Choose([.. choice.Alternatives.Select(Build)]),
        RegexLoop loop => Repeat(loop),
        RegexAtomic atomic => Atomic(atomic),
        _ => Opaque(),
    };

    private Part State(AsciiSet set, RegexPlace place)
    {
        _isTooLarge |= States >= MaxStates;
        _sets.Add(set);
        _ways.Add([]);
        _loops.Add(_outermost);
        return new([(States - 1, place)], [(States - 1, place)], []);
    }

    private Part Opaque()
    {
        var any = State(AsciiSet.Any, RegexPlace.Other);
        Connect(any.Last, any.First);
        return any with { Empty = [RegexPlace.Other] };
    }

    private Part Atomic(RegexAtomic atomic)
    {
        var before = _isAtomic;
        _isAtomic = true;
        var part = Build(atomic.Body);
        _isAtomic = before;
        return part;
    }

    private static Part Choose(Part[] parts) => new(
        [.. parts.SelectMany(part => part.First)], [.. parts.SelectMany(part => part.Last)], [.. parts.SelectMany(part => part.Empty).Distinct()]);

    private Part Join(Part before, Part after)
    {
        Connect(before.Last, after.First);
        return new(
            [.. before.First, .. before.Empty.SelectMany(place => after.First.Select(first => (first.State, first.Place | place)))],
            [.. after.Last, .. after.Empty.SelectMany(place => before.Last.Select(last => (last.State, last.Place | place)))],
            [.. before.Empty.SelectMany(_ => after.Empty, (a, b) => a | b).Distinct()]);
    }

    // What must come at least comes first; of the rest each is there only if the one before it is.
    private Part Repeat(RegexLoop loop)
    {
        var part = Nothing(RegexPlace.Anywhere);
        for (var i = 0; i < (loop.Max is null ? loop.Min - 1 : loop.Min) && !_isTooLarge; i++)
            part = Join(part, Build(loop.Body));
        if (loop.Max is not { } max)
            return Join(part, Unbounded(loop));
        var rest = Nothing(RegexPlace.Anywhere);
        for (var i = loop.Min; i < max && !_isTooLarge; i++)
        {
            rest = Join(Build(loop.Body), rest);
            rest = rest with { Empty = [RegexPlace.Anywhere] };
        }
        return Join(part, rest);
    }

    private Part Unbounded(RegexLoop loop)
    {
        var before = _outermost;
        _outermost ??= (_components++, loop);
        var body = Build(loop.Body);
        Connect(body.Last, body.First);
        _outermost = before;
        return loop.Min == 0 ? body with { Empty = [RegexPlace.Anywhere] } : body;
    }

    private void Connect(List<(int State, RegexPlace Place)> from, List<(int State, RegexPlace Place)> to)
    {
        _wayCount += from.Count * to.Count;
        _isTooLarge |= _wayCount > MaxWays;
        if (_isTooLarge)
            return;
        foreach (var (state, place) in from)
            foreach (var (next, nextPlace) in to)
                _ways[state].Add(new(next, place | nextPlace | (_isAtomic ? RegexPlace.Other : RegexPlace.Anywhere)));
    }
}

/// <param name="Place">What must hold between the two characters.</param>
internal readonly record struct RegexWay(int To, RegexPlace Place);
