using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Merlon.Core.Matching;

/// <summary>
/// Tells of many sets of texts which have one of theirs in an event, in one pass over the event: each text is known by a few of its characters
/// that are rare among all texts, and compared where they turn up.
/// </summary>
internal sealed class TextIndex
{
    private const int LongGram = 4, ShortGram = 3;

    private const ulong ShortMask = 0xFFFF_FFFF_FFFF;

    private readonly bool[] _always;
    private readonly FrozenDictionary<ulong, Entry[]> _byGram;

    // Most places of an event begin no gram at all; a bit for each hash tells so at less cost.
    private readonly ulong[] _filter = new ulong[1024];

    /// <param name="sets">Null for a set that is always found.</param>
    public TextIndex(ImmutableArray<ImmutableArray<string>?> sets)
    {
        _always = new bool[sets.Length];
        Dictionary<string, List<int>> owners = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (number, set) in sets.Index())
            if (set is not { } texts || texts.Any(text => !Grams(text).Any()))
                _always[number] = true;
            else
                foreach (var text in texts)
                    if (!owners.TryGetValue(text, out var numbers))
                        owners.Add(text, [number]);
                    else if (numbers[^1] != number)
                        numbers.Add(number);
        var counts = owners.Keys.SelectMany(text => Grams(text).Select(gram => gram.Key).Distinct()).CountBy(key => key).ToDictionary(count => count.Key, count => count.Value);
        Dictionary<ulong, List<Entry>> byGram = [];
        foreach (var (text, numbers) in owners)
        {
            var (key, offset) = Grams(text).MinBy(gram => counts[gram.Key]);
            if (!byGram.TryGetValue(key, out var entries))
                byGram.Add(key, entries = []);
            entries.Add(new(text, offset, [.. numbers]));
            _filter[Slot(key)] |= 1UL << (int)(Hash(key) & 63);
        }
        _byGram = byGram.ToFrozenDictionary(gram => gram.Key, gram => gram.Value.ToArray());
    }

    /// <summary>Of each set, by its number, whether one of its texts is in one of the values.</summary>
    public bool[] Find(ImmutableArray<EventValue> values)
    {
        var found = _always.AsSpan().ToArray();
        foreach (var value in values)
        {
            ulong gram = 0;
            for (var end = 0; end < value.Text.Length; end++)
            {
                gram = gram << 16 | Fold(value.Text[end]);
                if (end + 1 >= LongGram)
                    Find(gram, value.Text, end + 1 - LongGram, found);
                if (end + 1 >= ShortGram)
                    Find(gram & ShortMask, value.Text, end + 1 - ShortGram, found);
            }
        }
        return found;
    }

    private void Find(ulong key, string text, int at, bool[] found)
    {
        if ((_filter[Slot(key)] >> (int)(Hash(key) & 63) & 1) == 0 || !_byGram.TryGetValue(key, out var entries))
            return;
        foreach (var entry in entries)
            if (at >= entry.Offset && text.AsSpan(at - entry.Offset).StartsWith(entry.Text, StringComparison.OrdinalIgnoreCase))
                foreach (var number in entry.Sets)
                    found[number] = true;
    }

    // Four characters; three of a text that has no more. What is beyond ASCII is left to the comparison.
    private static IEnumerable<(ulong Key, int Offset)> Grams(string text)
    {
        var length = text.Length >= LongGram ? LongGram : ShortGram;
        var (key, plain) = (0UL, 0);
        for (var end = 1; end <= text.Length; end++)
        {
            var c = text[end - 1];
            plain = char.IsAscii(c) ? plain + 1 : 0;
            key = (key << 16 | Fold(c)) & (length == LongGram ? ulong.MaxValue : ShortMask);
            if (plain >= length)
                yield return (key, end - length);
        }
    }

    /// <summary>The same for characters that are equal without regard to case, as far as one of them is of ASCII.</summary>
    public static char Fold(char c) => c switch
    {
        >= 'a' and <= 'z' => (char)(c - 32),
        < (char)128 => c,
        _ => char.ToUpperInvariant(c),
    };

    private static ulong Hash(ulong key) => (key * 0x9E37_79B9_7F4A_7C15) >> 40;

    private static int Slot(ulong key) => (int)(Hash(key) >> 6 & 1023);

    private sealed record Entry(string Text, int Offset, int[] Sets);
}
