using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Matching;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>Compares a rule with the events of its tests.</summary>
/// <param name="explains">Whether each result says what every part of the rule made of the event.</param>
internal sealed class RuleTester(DetectionRule rule, RuleMatcher matcher, bool explains)
{
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

    /// <summary>Says once that the rule's tests were skipped.</summary>
    public void End()
    {
        if (matcher.NotEvaluated is { } reason)
            _diagnostics.Add(TestDiagnostics.NotEvaluated.At(rule.Span, $"tests of '{rule.Title}' were skipped: {reason}"));
    }

    public void Run(RuleTest test, byte[] bytes)
    {
        List<Diagnostic> findings = [];
        var events = EventReader.Read(test.Path, bytes, findings);
        if (findings.Count > 0)
            Fail(test, [.. findings]);
        if (matcher.NotEvaluated is { } reason)
            foreach (var e in events)
                Add(test, Result(test, e, TestOutcome.Skipped, reason));
        else if (test.Count is { } count)
            RunCounted(test, events, count);
        else
            foreach (var e in events)
                RunEvent(test, e);
    }

    private void RunEvent(RuleTest test, LogEvent e)
    {
        if (WhyUnseen(e) is { } unseen)
            Judge(test, e, isMatch: false, unseen, null);
        else if (matcher.Evaluate(e) is var outcome && outcome == MatchOutcome.NotEvaluated)
            Add(test, Result(test, e, TestOutcome.Failed, matcher.Explain(e).Summary), e);
        else if ((outcome == MatchOutcome.Matched) == test.ExpectsMatch)
            Add(test, Result(test, e, TestOutcome.Passed, null), e);
        else
            Judge(test, e, outcome == MatchOutcome.Matched, matcher.Explain(e).Summary, e);
    }

    // The matching ones are tests; of the others one is, where too few match.
    private void RunCounted(RuleTest test, ImmutableArray<LogEvent> events, ExpectedCount count)
    {
        var matching = events.Where(e => matcher.Sees(e) && matcher.Matches(e)).ToArray();
        foreach (var e in matching)
            Add(test, Result(test, e, TestOutcome.Passed, null), e);
        if (matching.Length < count.Least && events.Except(matching).FirstOrDefault() is { } missed)
        {
            var why = WhyUnseen(missed) ?? matcher.Explain(missed).Summary;
            Judge(test, missed, isMatch: false, events.Length == 1 ? why : $"{matching.Length} of {events.Length} events match and {count.Least} should; {why}", missed);
        }
        else if (matching.Length < count.Least && matching is [.., var last])
            Judge(test, last, isMatch: false, $"{matching.Length} events match, which are all there are, and {count.Least} should", last);
        else if (matching.Length > count.Least && count.IsExact)
            _diagnostics.Add(TestDiagnostics.MoreMatches.At(count.Span, $"{matching.Length} events match '{rule.Title}' where 'match_count' says {count.Least}; look at the rule, or correct the number"));
    }

    private string? WhyUnseen(LogEvent e) => matcher.Sees(e) ? null
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

    private void Judge(RuleTest test, LogEvent e, bool isMatch, string detail, LogEvent? explained)
    {
        if (isMatch == test.ExpectsMatch && test.Count is null)
        {
            Add(test, Result(test, e, TestOutcome.Passed, null), explained);
            return;
        }
        Add(test, Result(test, e, TestOutcome.Failed, detail), explained);
    }

    private static TestResult Result(RuleTest test, LogEvent e, TestOutcome outcome, string? detail) => new(test.Rule, e.Span, e.Index, test.ExpectsMatch, outcome, detail);

    private void Add(RuleTest test, TestResult result, LogEvent? explained = null)
    {
        _tested.Add(new(result, test.Path, explains && explained is not null ? matcher.Explain(explained) : null));
        // What could not be read has its own finding.
        if (result.Outcome == TestOutcome.Failed && !_diagnostics.Any(finding => finding.Span == result.Span && finding.Message == result.Detail))
            _diagnostics.Add(TestDiagnostics.Failed.At(result.Span, $"'{rule.Title}' {(test.ExpectsMatch ? "must match this event and does not" : "must not match this event and does")}: {result.Detail}"));
    }
}
