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

    /// <returns>SHA-256 in lower-case hexadecimal; null for a rule that is not valid or has no Sigma document.</returns>
    public string? Find(DetectionRule rule)
    {
        if (_known.TryGetValue(rule, out var known))
            return known;
        // A correlation that reads itself is not valid, so nobody waits for this.
        _known[rule] = null;
        return _known[rule] = rule is { Defect: null, Sigma: { } sigma } && TextOf(rule, sigma) is { } text ? DetectionFingerprint.Hash(text).ToLowerInvariant() : null;
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
            if (rule.Reads.FirstOrDefault(read => Is(read, reference.Value)) is not { } read || Find(read) is not { } content)
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
