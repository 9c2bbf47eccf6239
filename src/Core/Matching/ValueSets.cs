using System.Buffers;
using System.Collections.Immutable;

namespace Merlon.Core.Matching;

/// <summary>Joins values one of which is enough, where many are compared faster than one after another.</summary>
internal static class ValueSets
{
    private const int Few = 4;

    public static ImmutableArray<ValueMatcher> Combine(ImmutableArray<ValueMatcher> values)
    {
        var wholes = Of(values, TextForm.Whole);
        var parts = Of(values, TextForm.Part);
        if (wholes.Length < Few && parts.Length < Few)
            return values;
        HashSet<ValueMatcher> joined = new(ReferenceEqualityComparer.Instance);
        List<ValueMatcher> result = [];
        if (wholes.Length >= Few)
        {
            result.Add(new WholeSetMatcher(wholes.Select(text => text.Content)));
            joined.UnionWith(wholes);
        }
        if (parts.Length >= Few)
        {
            result.Add(new PartSetMatcher(parts.Select(text => text.Content)));
            joined.UnionWith(parts);
        }
        return [.. result, .. values.Where(value => !joined.Contains(value))];
    }

    private static TextMatcher[] Of(ImmutableArray<ValueMatcher> values, TextForm form) =>
        [.. values.OfType<TextMatcher>().Where(text => text.Form == form && text.Comparison == StringComparison.OrdinalIgnoreCase && (form == TextForm.Whole || text.Content.Length > 0))];
}

/// <summary>One of many whole texts.</summary>
internal sealed class WholeSetMatcher(IEnumerable<string> texts) : SingleValueMatcher
{
    private readonly HashSet<string> _texts = new(texts, StringComparer.OrdinalIgnoreCase);

    public override string Wanted => $"is one of {_texts.Count} texts";

    public override MatchOutcome Match(EventValue value) => MatchOutcomes.Of(_texts.Contains(value.Text));
}

/// <summary>Has one of many texts in it.</summary>
internal sealed class PartSetMatcher(IEnumerable<string> texts) : SingleValueMatcher
{
    private readonly SearchValues<string> _texts = SearchValues.Create([.. texts], StringComparison.OrdinalIgnoreCase);

    public override string Wanted => "contains one of many texts";

    public override MatchOutcome Match(EventValue value) => MatchOutcomes.Of(value.Text.AsSpan().ContainsAny(_texts));
}
