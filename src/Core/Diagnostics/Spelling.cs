namespace Merlon.Core.Diagnostics;

/// <summary>Finds what the writer of a misspelt word meant, for messages.</summary>
internal static class Spelling
{
    // Nobody misspells a longer word, and the work grows with its square: the words are a stranger's.
    private const int Longest = 64;

    /// <summary>The candidate with the fewest edits, if they are few enough for a typing error: a third of the word's length.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => Nearest(word, candidates, Math.Max(1, word.Length / 3));

    /// <param name="edits">How many characters added, dropped or replaced are still a typing error.</param>
    public static string? Nearest(string word, IEnumerable<string> candidates, int edits)
    {
        if (word.Length > Longest)
            return null;
        string? nearest = null;
        var fewest = edits + 1;
        foreach (var candidate in candidates)
            if (Math.Abs(candidate.Length - word.Length) < fewest && Distance(word, candidate) is var distance && distance < fewest)
                (nearest, fewest) = (candidate, distance);
        return nearest;
    }

    /// <summary><c>; did you mean 'x'</c>, or the whole short list, or nothing.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> candidates) =>
        Nearest(word, candidates) is { } nearest ? $"; did you mean '{nearest}'?"
        : candidates.Count is > 0 and <= 16 ? $"; use {OneOf(candidates)}"
        : "";

    /// <summary><c>a, b or c</c>.</summary>
    public static string OneOf(IReadOnlyCollection<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} or {words.Last()}";

    // Levenshtein over one row, without regard to case.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
