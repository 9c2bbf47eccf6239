using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>A text in a list of a rule, with the list, so that it can be replaced or removed.</summary>
/// <param name="Index">0-based index into the items of <paramref name="List"/>.</param>
internal sealed record ListText(YamlSequence List, int Index, YamlScalar Scalar)
{
    public string Value => Scalar.Value;

    public SourceSpan Span => Scalar.Span;

    /// <summary>Those that say what one before them says.</summary>
    public static IEnumerable<ListText> Repeated(IEnumerable<ListText> items)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return items.Where(item => !seen.Add(item.Value));
    }
}

/// <summary>One item of <c>tags</c>. Sigma 2.1, tags appendix.</summary>
/// <param name="Namespace">What stands before the first dot; null without a dot.</param>
/// <param name="Name">What stands after it.</param>
internal sealed record SigmaTag(ListText Item, string? Namespace, string Name)
{
    public SourceSpan Span => Item.Span;

    public override string ToString() => Item.Value;

    public static IEnumerable<SigmaTag> Of(SigmaRule rule) => rule.FindTexts("tags").Select(Of);

    /// <summary>The tag that a finding points at; null for a rule of another source.</summary>
    public static SigmaTag? Find(SigmaRule? rule, SourceSpan span) => rule?.FindTexts("tags").FirstOrDefault(item => item.Span == span) is { } item ? Of(item) : null;

    private static SigmaTag Of(ListText item) =>
        item.Value.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? new(item, item.Value[..dot], item.Value[(dot + 1)..]) : new(item, null, item.Value);
}
