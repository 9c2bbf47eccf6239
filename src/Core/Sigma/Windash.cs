using System.Collections.Immutable;

namespace Merlon.Core.Sigma;

/// <summary>
/// The forms of a Windows command line option: each dash or slash that begins a word may be any of five characters. Sigma 2.1, appendix
/// "Modifiers", <c>windash</c>.
/// </summary>
internal static class Windash
{
    /// <summary>5^6 forms are 15,625.</summary>
    public const int MaxDashes = 6;

    // The order in which forms are listed: hyphen, slash, en dash, em dash, horizontal bar.
    private const string Dashes = "-/\u2013\u2014\u2015";

    /// <summary>Every combination, the first dash changing last; null where there are too many.</summary>
    public static ImmutableArray<SigmaValue>? Expand(SigmaString value)
    {
        ImmutableArray<(int Part, int Index)> places = [.. value.Parts.Index().Where(part => part.Item.Kind == StringPartKind.Text).SelectMany(part => Places(part.Item.Text).Select(index => (part.Index, index)))];
        if (places.Length > MaxDashes)
            return null;
        var forms = ImmutableArray.CreateBuilder<SigmaValue>();
        var texts = value.Parts.Select(part => part.Text.ToCharArray()).ToArray();
        Fill(0);
        return forms.DrainToImmutable();

        void Fill(int place)
        {
            if (place == places.Length)
            {
                forms.Add(value with { Parts = [.. value.Parts.Select((part, index) => part with { Text = new string(texts[index]) })] });
                return;
            }
            foreach (var dash in Dashes)
            {
                texts[places[place].Part][places[place].Index] = dash;
                Fill(place + 1);
            }
        }
    }

    // A dash with a word behind it and none before it. A wildcard is no word.
    private static IEnumerable<int> Places(string text)
    {
        for (var i = 0; i < text.Length - 1; i++)
            if (Dashes.Contains(text[i]) && IsWord(text[i + 1]) && (i == 0 || !IsWord(text[i - 1])))
                yield return i;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
