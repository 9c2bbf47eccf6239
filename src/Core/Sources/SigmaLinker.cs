using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Sources;

/// <summary>Turns Sigma documents into detection rules and connects them: correlations with what they read, filters with what they narrow.</summary>
internal sealed class SigmaLinker(IReadOnlyCollection<RuleFile> files)
{
    private const int MaxHints = 1000;

    private readonly List<Diagnostic> _diagnostics = [];
    private readonly Dictionary<string, DetectionRule> _byName = new(StringComparer.OrdinalIgnoreCase);

    // A filter has no events, so nothing can read or narrow it: known only for the message.
    private readonly Dictionary<string, DetectionRule> _filters = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<Diagnostic> Diagnostics => _diagnostics;

    public ImmutableArray<DetectionRule> Link()
    {
        var all = files.SelectMany(file => file.Sigma!.Rules.Select(document => ToRule(document, file.Source))).ToImmutableArray(); // they are Sigma's
        foreach (var rule in all)
            foreach (var name in new[] { rule.Id, rule.Sigma?.Name?.Value }.OfType<string>())
                (rule.Sigma?.Kind == SigmaKind.Filter ? _filters : _byName).TryAdd(name, rule);
        var correlations = all.Where(rule => rule.Sigma?.Correlation is not null).ToImmutableArray();
        foreach (var correlation in correlations)
            LinkCorrelation(correlation);
        FailCircles(correlations);
        var generating = all.Where(rule => rule.Sigma is { Correlation.Generates: true }).SelectMany(rule => rule.Reads).ToHashSet();
        foreach (var correlation in all)
            foreach (var read in correlation.Reads.Where(read => !generating.Contains(read)))
                read.Silence(correlation);
        var filters = all.Where(rule => rule.Sigma?.Kind == SigmaKind.Filter).ToImmutableArray();
        FilterEffect effect = new();
        foreach (var filter in filters)
            LinkFilter(filter, all, effect);
        effect.Apply();
        return [.. all.Except(filters)];
    }

    private static DetectionRule ToRule(SigmaRule document, RuleSource source)
    {
        DetectionRule rule = new()
        {
            Source = source,
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

    // A correlation that waits for itself never begins.
    private void FailCircles(ImmutableArray<DetectionRule> correlations)
    {
        var circling = correlations.ToHashSet();
        var readBy = correlations.SelectMany(correlation => correlation.Reads.Select(read => (Read: read, By: correlation))).ToLookup(pair => pair.Read, pair => pair.By);
        Peel(circling, correlation => correlation.Reads, read => readBy[read]);
        Peel(circling, read => readBy[read], correlation => correlation.Reads);
        foreach (var correlation in correlations.Where(circling.Contains))
        {
            var reference = correlation.Sigma!.Correlation!.Rules.First(rule => _byName.TryGetValue(rule.Value, out var read) && circling.Contains(read)); // a correlation, and one in a circle
            _diagnostics.Add(SourceDiagnostics.CorrelationCircle.At(reference.Span, _byName[reference.Value] == correlation ? $"correlation reads itself by '{reference}'; remove it from the rules"
                : $"'{reference}' reads this correlation too, directly or through others; remove one reference"));
            correlation.Fail($"it reads itself by way of '{reference}'");
        }
    }

    /// <summary>Takes away, until none is left, what leads to nothing that is left.</summary>
    private static void Peel(HashSet<DetectionRule> rules, Func<DetectionRule, IEnumerable<DetectionRule>> to, Func<DetectionRule, IEnumerable<DetectionRule>> from)
    {
        var ways = rules.ToDictionary(rule => rule, rule => to(rule).Count(rules.Contains));
        Queue<DetectionRule> ended = new(rules.Where(rule => ways[rule] == 0));
        while (ended.TryDequeue(out var rule))
        {
            rules.Remove(rule);
            foreach (var other in from(rule).Where(rules.Contains))
                if (--ways[other] == 0)
                    ended.Enqueue(other);
        }
    }

    private void LinkFilter(DetectionRule filter, ImmutableArray<DetectionRule> all, FilterEffect effect)
    {
        var sigma = filter.Sigma!; // the caller has looked
        var targets = sigma.FilteredRules.IsEmpty
            ? all.Where(rule => rule.Sigma?.Kind == SigmaKind.Rule && rule.LogSource is { } source && sigma.LogSource?.Covers(source) == true)
            : sigma.FilteredRules.Select(reference => Resolve(reference, SourceDiagnostics.UnknownFilteredRule, "filter")).OfType<DetectionRule>();
        foreach (var rule in targets.Distinct().ToArray())
            if (!sigma.IsValid)
                rule.Break(filter);
            else if (rule.LogSource is { } source && sigma.LogSource?.Covers(source) == true)
                effect.Add(rule, filter);
    }

    private DetectionRule? Resolve(SigmaText reference, DiagnosticInfo info, string from)
    {
        if (_byName.TryGetValue(reference.Value, out var rule))
            return rule;
        _diagnostics.Add(info.At(reference.Span, _filters.ContainsKey(reference.Value) ? $"{from} names '{reference}', which is a filter and has no events; name a rule"
            : $"{from} names '{reference}', which is not the id or name of any rule read here{Near(reference.Value)}"));
        return null;
    }

    // Each hint looks at every name there is.
    private string Near(string name) => _diagnostics.Count >= MaxHints ? "" : Spelling.Nearest(name, _byName.Keys) is { } nearest ? $"; did you mean '{nearest}'?" : "";
}
