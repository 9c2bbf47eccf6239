using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Matching;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>Compares a rule with the events of its tests.</summary>
/// <param name="explains">Whether each result says what every part of the rule made of the event.</param>
internal sealed class RuleTester(DetectionRule rule, FieldMappings mappings, bool explains)
{
    private readonly RuleMatcher _matcher = CorrelationTester.Create(rule, mappings);
    private readonly CorrelationTester? _correlation = rule.Sigma?.Correlation is null ? null : new(rule, mappings);
    private readonly List<TestedEvent> _tested = [];
    private readonly List<Diagnostic> _diagnostics = [];

    public IReadOnlyCollection<TestedEvent> Tested => _tested;

    public IReadOnlyCollection<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Says that the events of a test cannot be had: such a test fails.</summary>
    public void Fail(RuleTest test, ImmutableArray<Diagnostic> findings)
    {
        _diagnostics.AddRange(findings);
        Add(test, new(rule, findings[0].Span, 0, test.ExpectsMatch, TestOutcome.Failed, findings[0].Message));
    }

    private string? NotEvaluated => _correlation is null ? _matcher.NotEvaluated : _correlation.NotEvaluated;

    /// <summary>Says once that the rule's tests were skipped.</summary>
    public void End()
    {
        if (NotEvaluated is { } reason)
            _diagnostics.Add(TestDiagnostics.NotEvaluated.At(rule.Span, $"tests of '{rule.Title}' were skipped: {reason}"));
    }

    public void Run(RuleTest test, byte[] bytes)
    {
        List<Diagnostic> findings = [];
        var events = EventReader.Read(test.Path, bytes, findings);
        if (findings.Count > 0)
            Fail(test, [.. findings]);
        if (NotEvaluated is { } reason)
            foreach (var e in events)
                Add(test, Result(test, e, TestOutcome.Skipped, reason));
        else if (_correlation is not null && !events.IsEmpty)
            RunTogether(test, events, _correlation);
        else if (test.Count is { } count)
            RunCounted(test, events, count);
        else
            foreach (var e in events)
                RunEvent(test, e);
    }

    private void RunEvent(RuleTest test, LogEvent e)
    {
        if (WhyUnseen(e) is { } unseen)
            Add(test, test.ExpectsMatch ? Result(test, e, TestOutcome.Failed, unseen) : Result(test, e, TestOutcome.Passed, null));
        else if (_matcher.Evaluate(e) is var outcome && outcome == MatchOutcome.NotEvaluated)
            Add(test, Result(test, e, TestOutcome.Failed, _matcher.Explain(e).Summary), e);
        else if ((outcome == MatchOutcome.Matched) == test.ExpectsMatch)
            Add(test, Result(test, e, TestOutcome.Passed, null), e);
        else
            Add(test, Result(test, e, TestOutcome.Failed, _matcher.Explain(e).Summary), e);
    }

    // The events of a file are one test of a correlation.
    private void RunTogether(RuleTest test, ImmutableArray<LogEvent> events, CorrelationTester correlation)
    {
        var (isMatch, at, detail) = correlation.Evaluate(events, test.Count?.Least ?? 1);
        Add(test, isMatch == test.ExpectsMatch ? Result(test, at, TestOutcome.Passed, null) : Result(test, at, TestOutcome.Failed, detail));
    }

    // The matching ones are tests; of the others one is, where too few match.
    private void RunCounted(RuleTest test, ImmutableArray<LogEvent> events, ExpectedCount count)
    {
        var matching = events.Where(e => _matcher.Sees(e) && _matcher.Matches(e)).ToArray();
        foreach (var e in matching)
            Add(test, Result(test, e, TestOutcome.Passed, null), e);
        if (matching.Length < count.Least && events.Except(matching).FirstOrDefault() is { } missed)
        {
            var why = WhyUnseen(missed) ?? _matcher.Explain(missed).Summary;
            Add(test, Result(test, missed, TestOutcome.Failed, events.Length == 1 ? why : $"{matching.Length} of {events.Length} events match and {count.Least} should; {why}"), missed);
        }
        else if (matching.Length < count.Least && matching is [.., var last])
            Add(test, Result(test, last, TestOutcome.Failed, $"{matching.Length} events match, which are all there are, and {count.Least} should"));
        else if (matching.Length > count.Least && count.IsExact)
            _diagnostics.Add(TestDiagnostics.MoreMatches.At(count.Span, $"{matching.Length} events match '{rule.Title}' where 'match_count' says {count.Least}; look at the rule, or correct the number"));
    }

    private string? WhyUnseen(LogEvent e) => _matcher.Sees(e) ? null
        : $"the log source {rule.LogSource} has no such event ({string.Join(", ", Parts(e.Origin))})";

    private static IEnumerable<string> Parts(EventOrigin origin)
    {
        if (origin.Product is { } product)
            yield return $"product {product}";
        if (origin.Channel is { } channel)
            yield return $"channel {channel}";
        if (origin.EventId is { } id)
            yield return $"event id {id}";
    }

    private static TestResult Result(RuleTest test, LogEvent e, TestOutcome outcome, string? detail) => new(test.Rule, e.Span, e.Index, test.ExpectsMatch, outcome, detail);

    private void Add(RuleTest test, TestResult result, LogEvent? explained = null)
    {
        _tested.Add(new(result, test.Path, explains && explained is not null ? _matcher.Explain(explained) : null));
        // What could not be read has its own finding.
        if (result.Outcome == TestOutcome.Failed && !_diagnostics.Any(finding => finding.Span == result.Span && finding.Message == result.Detail))
            _diagnostics.Add(TestDiagnostics.Failed.At(result.Span, $"'{rule.Title}' {(test.ExpectsMatch ? "must match" : "must not match")} {(_correlation is null ? "this event" : "these events")} and {(test.ExpectsMatch ? "does not" : "does")}: {result.Detail}"));
    }
}
