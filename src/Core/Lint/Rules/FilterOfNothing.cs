using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint.Rules;

internal sealed class FilterOfNothing : SetLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2804",
        Title = "Filter narrows no rule",
        Severity = Severity.Warning,
        Rationale = """
            A filter applies to a rule only if each part of its log source is also part of the rule's, even where it names the rule.
            If that holds for none of the rules, or not for one that the filter names, the false positives stay. A rule that does
            not exist is another finding, MRL2801.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-filters-specification.md",
    };

    public override Preset Presets => FromRecommended;

    public override IEnumerable<Diagnostic> CheckAll(RuleSet rules, LintContext context)
    {
        var filters = rules.Documents.Where(rule => rule is { Kind: SigmaKind.Filter, LogSource: not null }).ToArray();
        if (filters.Length == 0)
            return [];
        var all = rules.Documents.Where(rule => rule.Kind == SigmaKind.Rule && rule.LogSource is not null).ToArray();
        var byName = all.SelectMany(rule => new[] { rule.Id, rule.Name }.OfType<SigmaText>().Select(name => (Name: name.Value, Rule: rule))).ToLookup(pair => pair.Name, pair => pair.Rule, StringComparer.OrdinalIgnoreCase);
        var sources = all.Select(rule => rule.LogSource!).DistinctBy(source => (source.Category?.Value, source.Product?.Value, source.Service?.Value)).ToArray(); // filtered above
        return filters.SelectMany(filter => filter.FilteredRules.IsEmpty ? OfEveryRule(filter, sources) : OfNamedRules(filter, byName));
    }

    private IEnumerable<Diagnostic> OfEveryRule(SigmaRule filter, LogSource[] sources)
    {
        if (!sources.Any(filter.LogSource!.Covers)) // only filters with one come here
            yield return Report((filter.LogSource.Category ?? filter.LogSource.Product ?? filter.LogSource.Service)!.Span, // one part is there
                $"no rule that is read here has log source {filter.LogSource}; correct it, or remove the filter");
    }

    private IEnumerable<Diagnostic> OfNamedRules(SigmaRule filter, ILookup<string, SigmaRule> byName)
    {
        foreach (var reference in filter.FilteredRules)
            if (byName[reference.Value].FirstOrDefault() is { LogSource: { } source } && !filter.LogSource!.Covers(source)) // as above
                yield return Report(reference.Span, $"'{reference}' is a rule of {source}, which the filter's log source {filter.LogSource} does not cover; correct one of them");
    }
}
