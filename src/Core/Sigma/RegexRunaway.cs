namespace Merlon.Core.Sigma;

/// <summary>
/// Finds expressions on which an engine that tries one way after another takes time that doubles with each repetition of some text. That is
/// so where one text leads in two ways from a state of the automaton back to it, and what follows can fail (Weideman et al., "Analyzing
/// Matching Time Behavior of Backtracking Regular Expression Matchers by Using Ambiguity of NFA", CIAA 2016). Only what is certain is found.
/// </summary>
internal static class RegexRunaway
{
    // Pairs of ways that are looked at in one loop, texts that are tried on the whole expression, and repetitions after which the states must have settled.
    private const int MaxPairs = 4_000_000;
    private const int MaxPumps = 8;
    private const int Repetitions = 12;

    // What a text that is no match may end with.
    private const string Tails = "!~ \n\0aZ0;";

    private const string Preferred = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./\\:, ";

    /// <summary>The loop, and the text of which more and more stalls it; null where there is none.</summary>
    public static (RegexLoop Loop, string Text)? Find(RegexNode root)
    {
        if (RegexAutomaton.Of(root) is not { } automaton)
            return null;
        var components = Enumerable.Range(0, automaton.States).Select(state => (State: state, automaton.Loop(state)?.Component)).Where(state => state.Component is not null)
            .GroupBy(state => state.Component, state => state.State);
        foreach (var (pivot, text) in components.SelectMany(component => Pumps(automaton, [.. component]).Take(2)).Take(MaxPumps))
            if (Prefix(automaton, pivot) is { } prefix && CanFail(automaton, prefix, text))
                return (automaton.Loop(pivot)!.Value.Loop, text); // a state of a component
        return null;
    }

    private static bool CanFail(RegexAutomaton automaton, string prefix, string text)
    {
        var pumped = prefix + string.Concat(Enumerable.Repeat(text, Repetitions));
        (int, int) marks = (pumped.Length - text.Length, pumped.Length);
        return Tails.Select(tail => tail.ToString()).Prepend("").Any(tail => !automaton.IsFoundIn(pumped + tail, marks, out var isSteady) && isSteady);
    }

    // The first state that two ways lead to on one text, for each kind of ambiguity.
    private static IEnumerable<(int Pivot, string Text)> Pumps(RegexAutomaton automaton, int[] states)
    {
        var ways = states.ToDictionary(state => state, state => automaton.Ways(state)
            .Where(way => way.Place == RegexPlace.Anywhere && !automaton.Set(way.To).IsEmpty && automaton.Loop(way.To)?.Component == automaton.Loop(state)!.Value.Component) // as above
            .Select(way => way.To).ToArray());
        foreach (var state in states)
            foreach (var twice in ways[state].CountBy(next => next).Where(next => next.Value > 1))
                if (PathBetween(ways, automaton, twice.Key, state) is { } back)
                {
                    yield return (state, Character(automaton.Set(twice.Key)) + back);
                    break;
                }
        var count = ways.Sum(way => (long)way.Value.Length);
        if (count * count * states.Length > MaxPairs)
            yield break;
        foreach (var state in states)
            if (Split(ways, automaton, state) is { } text)
                yield return (state, text);
    }

    // A text on which two different ways lead from a state back to it.
    private static string? Split(Dictionary<int, int[]> ways, RegexAutomaton automaton, int state)
    {
        Dictionary<(int, int), ((int, int) Before, char Character)> seen = [];
        Dictionary<(int, int), List<((int, int) Before, char Character)>> reversed = [];
        Queue<(int A, int B)> queue = new([(state, state)]);
        while (queue.TryDequeue(out var pair))
            foreach (var a in ways[pair.A])
                foreach (var b in ways[pair.B])
                {
                    var both = automaton.Set(a) & automaton.Set(b);
                    if (both.IsEmpty)
                        continue;
                    var c = Character(both)[0];
                    if (!reversed.TryGetValue((a, b), out var before))
                        reversed[(a, b)] = before = [];
                    before.Add((pair, c));
                    if (seen.TryAdd((a, b), (pair, c)) && (a, b) != (state, state))
                        queue.Enqueue((a, b));
                }
        // From the end back to a pair of two states, then from the beginning to that.
        Dictionary<(int, int), string> toEnd = new() { [(state, state)] = "" };
        Queue<(int A, int B)> back = new([(state, state)]);
        while (back.TryDequeue(out var pair))
            foreach (var (before, c) in reversed.GetValueOrDefault(pair) ?? [])
                if (toEnd.TryAdd(before, c + toEnd[pair]))
                {
                    if (before.Item1 != before.Item2)
                        return FromStart(seen, (state, state), before) + toEnd[before];
                    back.Enqueue(before);
                }
        return null;
    }

    private static string FromStart(Dictionary<(int, int), ((int, int) Before, char Character)> seen, (int, int) start, (int, int) pair)
    {
        var text = "";
        while (pair != start)
            (pair, text) = (seen[pair].Before, seen[pair].Character + text);
        return text;
    }

    private static string? PathBetween(Dictionary<int, int[]> ways, RegexAutomaton automaton, int from, int to) =>
        Path(from, to, state => ways[state], automaton);

    // The shortest text that certainly leads to a state.
    private static string? Prefix(RegexAutomaton automaton, int to) => Path(0, to, state => automaton.Ways(state)
        .Where(way => (way.Place == RegexPlace.Anywhere || (state == 0 && way.Place == RegexPlace.Start)) && !automaton.Set(way.To).IsEmpty).Select(way => way.To), automaton);

    private static string? Path(int from, int to, Func<int, IEnumerable<int>> ways, RegexAutomaton automaton)
    {
        Dictionary<int, string> texts = new() { [from] = "" };
        Queue<int> queue = new([from]);
        while (!texts.ContainsKey(to) && queue.TryDequeue(out var state))
            foreach (var next in ways(state))
                if (texts.TryAdd(next, texts[state] + Character(automaton.Set(next))))
                    queue.Enqueue(next);
        return texts.GetValueOrDefault(to);
    }

    // Of a set that is not empty.
    private static string Character(AsciiSet set) =>
        Preferred.Concat(Enumerable.Range(0, 128).Select(c => (char)c)).First(set.Contains).ToString();
}
