using System.Collections.Immutable;
using Merlon.Core.Actors.Import;

namespace Merlon.Core.Emulation.Results;

/// <summary>
/// Finds the test that an alert belongs to, at most one. A test that the rule names comes first, else the tests of a technique that the rule is
/// tagged with; of those the latest that began before the alert, on the alert's host, no longer ago than the window. Clocks differ by up to the
/// skew: tests that began so near to the latest one are equally good, and then it is not told which one it was.
/// </summary>
internal sealed class AlertMatching
{
    // A result must not depend on how fast a machine is: what is too much is a number.
    private const int MaxSteps = 20_000_000;

    // An alert is late, rather than about something else, for so many windows.
    private const int LateWindows = 4;

    private readonly ImmutableArray<Execution> _ran;
    private readonly TimeSpan _window;
    private readonly TimeSpan _skew;
    private readonly bool _hasOneHost;
    private readonly Dictionary<(string Rule, string Host), Candidates> _candidates = [];
    private readonly Dictionary<(string Test, string Host), Runs> _runs = [];
    private readonly HashSet<(string Rule, string Host)> _noisy = [];
    private int _steps;

    /// <param name="executions">With techniques as the pinned release calls them. Those that did not run match nothing.</param>
    public AlertMatching(IEnumerable<Execution> executions, TimeSpan window, TimeSpan skew)
    {
        _ran = [.. executions.Where(execution => execution.Skip is null).OrderBy(execution => execution.Start).ThenBy(execution => execution.Key, StringComparer.Ordinal)];
        (_window, _skew) = (window, skew);
        _hasOneHost = _ran.Select(execution => HostName.LabelOf(execution.Host)).Distinct().Count() == 1;
    }

    /// <summary>When the first test began; null where none ran.</summary>
    public DateTimeOffset? Start => _ran is [var first, ..] ? first.Start : null;

    /// <summary>From when on alerts tell which rules are noisy: as long before the first test as alerts were waited for after it.</summary>
    public DateTimeOffset? NoiseStart => Start is { } start ? start - _skew - (_ran.Max(execution => execution.Stop) + _window - start) : null;

    /// <summary>Whether an alert does not say where it happened, and that is needed.</summary>
    public bool LacksHost(Alert alert) => !_hasOneHost && HostName.LabelOf(alert.Host) is null;

    /// <param name="alerts">Each with its rule.</param>
    /// <returns>In the order of the alerts; those that match nothing are left out.</returns>
    /// <exception cref="ImportException">There are more tests in each other's windows than can be looked at.</exception>
    public ImmutableArray<Attribution> Match(IReadOnlyCollection<(Alert Alert, ExercisedRule Rule)> alerts)
    {
        foreach (var (alert, rule) in alerts)
            if (alert.Kind == AlertKind.Alert && alert.Time < Start - _skew && alert.Time >= NoiseStart)
                foreach (var host in HostsOf(alert))
                    _noisy.Add((rule.Id, host));
        return [.. alerts.Select(pair => Match(pair.Alert, pair.Rule)).OfType<Attribution>()];
    }

    /// <summary>The run of a test that a row about it means: the latest one before it.</summary>
    public Execution? FindRun(Alert alert)
    {
        foreach (var host in HostsOf(alert).Where(_ => alert.Test is not null))
        {
            if (!_runs.TryGetValue((alert.Test!, host), out var runs)) // filtered
                _runs[(alert.Test!, host)] = runs = new(_ran.Where(execution => HostOf(execution) == host && execution.Test == alert.Test));
            return Near(runs, alert.Time, _window).LastOrDefault();
        }
        return null;
    }

    private Attribution? Match(Alert alert, ExercisedRule rule)
    {
        foreach (var host in HostsOf(alert))
        {
            if (!_candidates.TryGetValue((rule.Id, host), out var candidates))
                _candidates[(rule.Id, host)] = candidates = new(_ran.Where(execution => HostOf(execution) == host), rule);
            Attribution? Found(MatchKind kind, Runs among, bool isLate) => Near(among, alert.Time, isLate ? _window * LateWindows : _window) is { IsEmpty: false } near
                ? new(alert, rule, kind, near, isLate, _noisy.Contains((rule.Id, host))) : null;
            return Found(MatchKind.Named, candidates.Named, false) ?? Found(MatchKind.Exact, candidates.Exact, false)
                ?? Found(MatchKind.Named, candidates.Named, true) ?? Found(MatchKind.Exact, candidates.Exact, true) ?? Found(MatchKind.Related, candidates.Related, false);
        }
        return null;
    }

    // The host of an alert, as the tests call it. Nobody else can be meant where there is one host, unless another one is named.
    private IEnumerable<string> HostsOf(Alert alert)
    {
        var label = HostName.LabelOf(alert.Host);
        if (!_hasOneHost)
            return label is null ? [] : [label];
        var only = HostOf(_ran[0]);
        return label is null || only.Length == 0 || label == only ? [only] : [];
    }

    private static string HostOf(Execution execution) => HostName.LabelOf(execution.Host) ?? "";

    private ImmutableArray<Execution> Near(Runs runs, DateTimeOffset time, TimeSpan window)
    {
        var near = ImmutableArray.CreateBuilder<Execution>();
        var executions = runs.Executions;
        for (var at = CountUntil(executions, time + _skew) - 1; at >= 0 && time <= executions[at].Start + runs.Longest + window; at--)
        {
            if (++_steps > MaxSteps)
                throw new ImportException("so many tests and alerts lie so close together that matching them takes too long; split the exercise");
            if (time <= executions[at].Stop + window)
                near.Add(executions[at]);
        }
        near.Reverse();
        // The latest that began before for certain, else the first: later ones may have begun before as well.
        var anchor = near.LastOrDefault(execution => execution.Start <= time - _skew) ?? near.FirstOrDefault();
        return anchor is null ? [] : [.. near.Where(execution => execution.Start >= anchor.Start - _skew)];
    }

    private static int CountUntil(ImmutableArray<Execution> executions, DateTimeOffset last)
    {
        var (first, after) = (0, executions.Length);
        while (first < after)
        {
            var middle = (first + after) / 2;
            if (executions[middle].Start <= last)
                first = middle + 1;
            else
                after = middle;
        }
        return first;
    }

    /// <summary>Some tests on one host, by start.</summary>
    private sealed class Runs
    {
        public Runs(IEnumerable<Execution> executions)
        {
            Executions = [.. executions];
            Longest = Executions.Select(one => one.Stop - one.Start).DefaultIfEmpty().Max();
        }

        public ImmutableArray<Execution> Executions { get; }

        /// <summary>How long the longest one took.</summary>
        public TimeSpan Longest { get; }
    }

    /// <summary>The tests on one host that a rule may alert on.</summary>
    private sealed class Candidates(IEnumerable<Execution> executions, ExercisedRule rule)
    {
        public Runs Named { get; } = new(executions.Where(one => IsNamed(one, rule)));

        public Runs Exact { get; } = new(executions.Where(one => IsExact(one, rule)));

        public Runs Related { get; } = new(executions.Where(one => !IsExact(one, rule) && !IsNamed(one, rule) && IsRelated(one, rule)));

        private static bool IsNamed(Execution execution, ExercisedRule rule) => execution.Test is { } test && rule.Tests.Contains(test);

        private static bool IsExact(Execution execution, ExercisedRule rule) => execution.Technique is { } technique && rule.Techniques.Contains(technique);

        private static bool IsRelated(Execution execution, ExercisedRule rule) =>
            execution.Technique is { } technique && rule.Techniques.Any(tagged => tagged.Parent == technique || tagged == technique.Parent);
    }
}
