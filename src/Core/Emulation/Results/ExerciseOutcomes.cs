using System.Collections.Immutable;
using Merlon.Core.Attack;
using Merlon.Core.Evidence;

namespace Merlon.Core.Emulation.Results;

/// <summary>Makes of tests and what alerts had to do with them what is recorded of each rule, test and technique.</summary>
internal sealed class ExerciseOutcomes
{
    private readonly Func<string?, string?> _alias;
    private readonly List<Group> _groups = [];
    private readonly Dictionary<Execution, Group> _groupOf = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string? Rule, TechniqueId, string?, string?), ExerciseResult> _results = [];

    /// <param name="executions">With techniques as the pinned release calls them.</param>
    /// <param name="marks">What rows that are no alerts say of some of them.</param>
    /// <param name="rules">All that can be recorded.</param>
    /// <param name="alias">Of a host as a log names it.</param>
    public ExerciseOutcomes(IEnumerable<Execution> executions, IEnumerable<Attribution> attributions, IEnumerable<(Execution Run, AlertKind Kind)> marks, IEnumerable<ExercisedRule> rules, Func<string?, string?> alias)
    {
        _alias = alias;
        foreach (var runs in executions.GroupBy(execution => (HostName.LabelOf(execution.Host), execution.Key, execution.Technique)))
        {
            Group group = new([.. runs.OrderBy(run => run.Start)]);
            _groups.Add(group);
            foreach (var run in group.Runs)
                _groupOf[run] = group;
        }
        foreach (var (run, kind) in marks)
            _groupOf[run].Mark = kind > _groupOf[run].Mark ? kind : _groupOf[run].Mark;
        foreach (var attribution in attributions)
            Take(attribution);
        var byTest = rules.SelectMany(rule => rule.Tests.Select(test => (test, rule))).ToLookup(pair => pair.test, pair => pair.rule, StringComparer.Ordinal);
        Tests = [.. _groups.Select(group => Judge(group, group.Runs[0].Test is { } test ? byTest[test] : [])).OrderBy(test => test.Technique ?? new(ushort.MaxValue)).ThenBy(test => test.Runs[0].Key, StringComparer.Ordinal).ThenBy(test => test.Host, StringComparer.Ordinal)];
        Results = [.. _results.Values.OrderBy(result => result.Technique).ThenBy(result => result.Test, StringComparer.Ordinal).ThenBy(result => result.Host, StringComparer.Ordinal).ThenBy(result => result.Rule?.Id, StringComparer.Ordinal)];
    }

    public ImmutableArray<ExercisedTest> Tests { get; }

    public ImmutableArray<ExerciseResult> Results { get; }

    private void Take(Attribution attribution)
    {
        var rule = attribution.Rule;
        var groups = attribution.Candidates.Select(candidate => _groupOf[candidate]).Distinct();
        if (attribution.Kind == MatchKind.Related)
        {
            foreach (var group in groups)
                group.Related.Add(rule);
            return;
        }
        var outcome = attribution.IsNoisy ? ValidationOutcome.Noisy : attribution.IsLate ? ValidationOutcome.Late : ValidationOutcome.Alerted;
        if (attribution.Execution is { } execution)
        {
            var direct = _groupOf[execution].Direct;
            direct[rule] = direct.TryGetValue(rule, out var known) && known < outcome ? known : outcome;
            return;
        }
        foreach (var group in groups)
            group.Possible.Add(rule);
        if (attribution.Techniques is not [_] && outcome != ValidationOutcome.Noisy)
            outcome = ValidationOutcome.Ambiguous;
        foreach (var technique in attribution.Techniques.OfType<TechniqueId>())
            Add(new(rule, technique, null, _alias(attribution.Candidates[0].Host), outcome, null));
    }

    private ExercisedTest Judge(Group group, IEnumerable<ExercisedRule> naming)
    {
        var (first, host) = (group.Runs[0], _alias(group.Runs[0].Host));
        ImmutableArray<ExercisedRule> silent = [.. naming.Where(rule => !group.Direct.ContainsKey(rule)).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
        void Record(ExercisedRule? rule, (ValidationOutcome Outcome, string? Reason) result)
        {
            if (first.Technique is { } technique)
                Add(new(rule, technique, first.Test, host, result.Outcome, result.Reason));
        }
        foreach (var (rule, outcome) in group.Direct)
            Record(rule, (outcome, null));
        foreach (var rule in silent)
            Record(rule, group.Rest(group.Possible.Contains(rule)));
        var rest = group.Rest(group.Possible.Count > 0);
        if (group.Direct.Count == 0 && silent.IsEmpty)
            Record(null, rest);
        return new()
        {
            Runs = group.Runs,
            Host = host,
            Outcome = group.Direct.Count > 0 ? group.Direct.Values.Min() : rest.Outcome,
            Reason = group.Direct.Count > 0 ? null : rest.Reason,
            Alerted = [.. group.Direct.Keys.Union(group.Possible).OrderBy(rule => rule.Id, StringComparer.Ordinal)],
            Silent = [.. silent.Where(rule => !group.Possible.Contains(rule))],
            Related = [.. group.Related.OrderBy(rule => rule.Id, StringComparer.Ordinal)],
        };
    }

    // Of several that say different things of the same, the best.
    private void Add(ExerciseResult result)
    {
        var key = (result.Rule?.Id, result.Technique, result.Test, result.Host);
        if (!_results.TryGetValue(key, out var known) || result.Outcome < known.Outcome)
            _results[key] = result;
    }

    /// <summary>The runs of one test on one host.</summary>
    private sealed class Group(ImmutableArray<Execution> runs)
    {
        public ImmutableArray<Execution> Runs => runs;

        /// <summary>Rules whose alerts belong to it.</summary>
        public Dictionary<ExercisedRule, ValidationOutcome> Direct { get; } = [];

        /// <summary>Rules whose alerts may.</summary>
        public HashSet<ExercisedRule> Possible { get; } = [];

        public HashSet<ExercisedRule> Related { get; } = [];

        public AlertKind Mark { get; set; }

        /// <summary>What became of it where no alert belongs to it. Of a test that failed nobody can say that it was missed.</summary>
        public (ValidationOutcome Outcome, string? Reason) Rest(bool mayHaveAlerted) => mayHaveAlerted ? (ValidationOutcome.Ambiguous, null)
            : Mark == AlertKind.Blocked ? (ValidationOutcome.Blocked, null)
            : Mark == AlertKind.Logged ? (ValidationOutcome.LoggedOnly, null)
            : runs.Any(run => run is { Skip: null, Failure: null }) ? (ValidationOutcome.Missed, null)
            : (ValidationOutcome.NotExecuted, runs.Select(run => run.Failure ?? run.Skip).First(reason => reason is not null));
    }
}
