using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Merlon.Core.Yaml;

namespace Merlon.Core.Lint.Rules;

internal sealed class RuleCorrelatedTwice : DetectionLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2709",
        Title = "Correlation lists the same rule twice",
        Severity = Severity.Warning,
        Rationale = """
            A correlation counts the events of each rule once, however often and by whichever name it is listed. A second entry is
            most likely a slip for another rule, whose events are then missing. In `temporal_ordered` a rule may appear again later
            in the order.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-correlation-rules-specification.md",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> Check(DetectionRule rule, LintContext context)
    {
        if (rule.Sigma is not { Correlation: { } correlation } sigma || correlation.HasType("temporal_ordered"))
            yield break;
        var reads = rule.Reads.SelectMany(read => new[] { read.Id, read.Sigma?.Name?.Value }.OfType<string>().Select(name => (Name: name, Read: read)))
            .ToLookup(pair => pair.Name, pair => pair.Read, StringComparer.OrdinalIgnoreCase);
        HashSet<DetectionRule> seen = [];
        foreach (var listed in correlation.Rules)
            if (reads[listed.Value].FirstOrDefault() is { } read && !seen.Add(read))
                yield return Report(listed.Span, $"'{read.Title}' is listed already; remove '{listed}' or name the rule that is meant", Removal(sigma, listed, correlation.IsTemporal));
    }

    // Only a line that holds nothing but this item. A temporal type may count its rules, so that one fewer changes when it alerts.
    private static Fix? Removal(SigmaRule rule, SigmaText listed, bool isTemporal)
    {
        if (rule.Root.Find("correlation") is not YamlMapping block || block.Find("rules") is not YamlSequence { IsFlow: false, Items: [var first, ..] }
            || listed.Span.Line != listed.Span.EndLine || listed.Span.Column != first.Span.Column)
            return null;
        return new($"Remove '{listed}'", !isTemporal, new Edit(new(listed.Span.Path, listed.Span.Line, 1, listed.Span.Line + 1, 1), ""));
    }
}
