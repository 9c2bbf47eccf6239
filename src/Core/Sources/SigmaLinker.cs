using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Sources;

/// <summary>Turns Sigma documents into detection rules and connects them: correlations with what they read, filters with what they narrow.</summary>
internal sealed class SigmaLinker(IEnumerable<SigmaRule> documents)
{
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly Dictionary<string, DetectionRule> _byName = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<Diagnostic> Diagnostics => _diagnostics;

    public ImmutableArray<DetectionRule> Link()
    {
        var all = documents.Select(document => ToRule(document)).ToImmutableArray();
        foreach (var rule in all)
            foreach (var name in new[] { rule.Id, rule.Sigma?.Name?.Value }.OfType<string>())
                _byName.TryAdd(name, rule);
        foreach (var correlation in all.Where(rule => rule.Sigma?.Correlation is not null))
            LinkCorrelation(correlation);
        var generating = all.Where(rule => rule.Sigma is { Correlation.Generates: true }).SelectMany(rule => rule.Reads).ToHashSet();
        foreach (var correlation in all)
            foreach (var read in correlation.Reads.Where(read => !generating.Contains(read)))
                read.Silence(correlation);
        var filters = all.Where(rule => rule.Sigma?.Kind == SigmaKind.Filter).ToImmutableArray();
        foreach (var filter in filters)
            LinkFilter(filter, all);
        return [.. all.Except(filters)];
    }

    private static DetectionRule ToRule(SigmaRule document)
    {
        DetectionRule rule = new()
        {
            Source = "sigma",
            Span = document.Span,
            Title = document.Title?.Value ?? document.Path,
            Id = document.Id?.Value,
            Status = document.Status?.Value,
            SigmaLevel = document.Level?.Value,
            LogSource = document.LogSource,
            Tags = [.. document.Tags.Select(tag => tag.Value)],
            AttackTags = [.. document.Tags.Where(tag => tag.Value.StartsWith(Namespace, StringComparison.OrdinalIgnoreCase)).Select(ToTag)],
            Sigma = document,
        };
        if (!document.IsValid)
            rule.Fail("the rule is not valid");
        return rule;
    }

    private const string Namespace = "attack.";

    // The span is the whole tag, as a reader sees it; Text leaves the namespace out.
    private static AttackTag ToTag(SigmaText tag) => AttackTag.Parse(tag.Value[Namespace.Length..], tag.Span);

    private void LinkCorrelation(DetectionRule correlation)
    {
        List<DetectionRule> reads = [];
        foreach (var reference in correlation.Sigma!.Correlation!.Rules) // the caller has looked
            if (Resolve(reference, SourceDiagnostics.UnknownCorrelatedRule, "correlation") is not { } read)
                correlation.Fail($"it reads '{reference}', which does not exist");
            else if (!reads.Contains(read))
                reads.Add(read);
        correlation.Link([.. reads]);
    }

    private void LinkFilter(DetectionRule filter, ImmutableArray<DetectionRule> all)
    {
        var sigma = filter.Sigma!; // the caller has looked
        var targets = sigma.FilteredRules.IsEmpty
            ? all.Where(rule => rule.Sigma?.Kind == SigmaKind.Rule && Covers(sigma.LogSource, rule.LogSource))
            : sigma.FilteredRules.Select(reference => Resolve(reference, SourceDiagnostics.UnknownFilteredRule, "filter")).OfType<DetectionRule>();
        foreach (var rule in targets.ToArray())
            if (!sigma.IsValid)
                rule.Break(filter);
    }

    private DetectionRule? Resolve(SigmaText reference, DiagnosticInfo info, string from)
    {
        if (_byName.TryGetValue(reference.Value, out var rule))
            return rule;
        _diagnostics.Add(info.At(reference.Span, $"{from} names '{reference}', which is the id or name of no rule that is read here{Near(reference.Value)}"));
        return null;
    }

    private string Near(string name) => Spelling.Nearest(name, _byName.Keys) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    // A filter for every rule applies where each part that its log source has is the rule's too. Sigma 2.1, filters specification.
    private static bool Covers(LogSource? filter, LogSource? rule) => filter is not null && rule is not null
        && Same(filter.Category, rule.Category) && Same(filter.Product, rule.Product) && Same(filter.Service, rule.Service);

    private static bool Same(SigmaText? filter, SigmaText? rule) => filter is null || filter.Value == rule?.Value;
}
