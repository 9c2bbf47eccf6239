using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;

namespace Merlon.Core.Evidence;

/// <summary>
/// What a rule alerts on, as one hash: its log source, detection and the filters that apply; of a correlation its block and the content of the
/// rules that it reads. Comments, quotes, order where it means nothing, titles, tags and other metadata are no part of it.
/// </summary>
internal sealed class RuleContent
{
    // Rises when the text that is hashed changes its form, which voids every record.
    private const string Form = "content 1";

    private readonly Dictionary<DetectionRule, string?> _known = new(ReferenceEqualityComparer.Instance);

    /// <returns>SHA-256 in lower-case hexadecimal; null for a rule that is not valid, or of a source that does not tell what it searches for.</returns>
    public string? Find(DetectionRule rule)
    {
        if (rule.Sigma is null)
            return rule.Defect is null ? rule.QueryHash : null;
        // A chain of correlations may be as long as a stranger likes. One that reads itself is not valid, so that all of them end.
        Stack<DetectionRule> waiting = new([rule]);
        while (waiting.TryPeek(out var next))
            if (_known.ContainsKey(next) || next is not { Defect: null, Sigma: { } sigma })
                _known.TryAdd(waiting.Pop(), null);
            else if (next.Reads.Where(read => !_known.ContainsKey(read)).ToArray() is { Length: > 0 } unread)
                foreach (var read in unread)
                    waiting.Push(read);
            else
                _known[waiting.Pop()] = TextOf(next, sigma) is { } text ? DetectionFingerprint.Hash(text).ToLowerInvariant() : null;
        return _known[rule];
    }

    private string? TextOf(DetectionRule rule, SigmaRule sigma) => sigma.Correlation is { } correlation
        ? TextOf(rule, sigma, correlation)
        : DetectionFingerprint.List(Form, [DetectionFingerprint.Of(sigma), .. FiltersOf(rule)]);

    private static IEnumerable<string> FiltersOf(DetectionRule rule) =>
        rule.Filters.Select(filter => DetectionFingerprint.Of(filter.Sigma!)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal); // a filter is Sigma's

    private string? TextOf(DetectionRule rule, SigmaRule sigma, Correlation correlation)
    {
        if (sigma.Root.Find("correlation") is not YamlMapping block)
            return null;
        List<string> reads = [];
        foreach (var reference in correlation.Rules)
        {
            if (rule.Reads.FirstOrDefault(read => Is(read, reference.Value)) is not { } read || _known[read] is not { } content)
                return null;
            reads.Add(DetectionFingerprint.List(reference.Value, [content]));
        }
        // Only one type asks in which order the rules matched.
        IEnumerable<string> ordered = correlation.HasType("temporal_ordered") ? reads : reads.Order(StringComparer.Ordinal);
        return DetectionFingerprint.List(Form, [DetectionFingerprint.Text(block.Without("rules").Without("generate")), .. ordered]);
    }

    private static bool Is(DetectionRule rule, string reference) =>
        string.Equals(rule.Id, reference, StringComparison.OrdinalIgnoreCase) || string.Equals(rule.Sigma?.Name?.Value, reference, StringComparison.OrdinalIgnoreCase);
}
