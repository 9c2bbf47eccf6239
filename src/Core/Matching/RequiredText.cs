using System.Collections.Immutable;

namespace Merlon.Core.Matching;

/// <summary>Chooses the texts by which rules are found without evaluating them.</summary>
internal static class RequiredText
{
    // More texts than this are more work than the rule.
    private const int MaxTexts = 20_000;

    /// <summary>Of all parts the one whose texts are rarest; of one of the parts every text of each.</summary>
    public static ImmutableArray<string>? Join(IEnumerable<ImmutableArray<string>?> parts, bool isAll)
    {
        ImmutableArray<string>? best = null;
        if (isAll)
        {
            foreach (var part in parts)
                if (part is { } texts && (best is not { } known || Worth(texts) > Worth(known)))
                    best = texts;
            return best;
        }
        var union = ImmutableArray.CreateBuilder<string>();
        foreach (var part in parts)
        {
            if (part is not { } texts || union.Count + texts.Length > MaxTexts)
                return null;
            union.AddRange(texts);
        }
        return union.DrainToImmutable();
    }

    // The shortest text is the most frequent; many are found more often than few.
    private static double Worth(ImmutableArray<string> texts) => texts.IsEmpty ? double.MaxValue : Math.Min(texts.Min(text => text.Length), 16) - Math.Log2(texts.Length + 1);
}
